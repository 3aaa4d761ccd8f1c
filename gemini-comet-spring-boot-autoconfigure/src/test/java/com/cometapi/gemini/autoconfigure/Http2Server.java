/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.cometapi.gemini.autoconfigure;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import javax.net.ssl.SSLException;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import okhttp3.tls.HeldCertificate;

/**
 * An HTTP/2 server over TLS whose responses are written by a test, and which can send
 * GOAWAY frames.
 */
final class Http2Server implements AutoCloseable {

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final List<Channel> connections = new CopyOnWriteArrayList<>();

	private final BiConsumer<Stream, Integer> script;

	private final Channel channel;

	private int streams;

	private Http2Server(SslContext sslContext, BiConsumer<Stream, Integer> script) throws InterruptedException {
		this.script = script;
		this.channel = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel connection) {
					Http2Server.this.connections.add(connection);
					connection.pipeline()
						.addLast(sslContext.newHandler(connection.alloc()), Http2FrameCodecBuilder.forServer().build(),
								new Http2MultiplexHandler(new StreamHandler()));
				}

			})
			.bind("localhost", 0)
			.sync()
			.channel();
	}

	static Http2Server start(HeldCertificate certificate, BiConsumer<Stream, Integer> script) {
		try {
			return new Http2Server(
					SslContextBuilder.forServer(certificate.keyPair().getPrivate(), certificate.certificate())
						.applicationProtocolConfig(
								new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
										SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2))
						.build(),
					script);
		}
		catch (SSLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int port() {
		return ((InetSocketAddress) this.channel.localAddress()).getPort();
	}

	int connectionCount() {
		return this.connections.size();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully();
	}

	/**
	 * A stream to which the test writes the response.
	 */
	record Stream(Channel channel) {

		Stream head(String contentType) {
			this.channel.writeAndFlush(new DefaultHttp2HeadersFrame(
					new DefaultHttp2Headers().status("200").set("content-type", contentType)));
			return this;
		}

		Stream informational(String status) {
			this.channel.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status(status)));
			return this;
		}

		Stream data(String text, boolean last) {
			this.channel
				.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), last));
			return this;
		}

		/**
		 * Send a GOAWAY frame: no further stream will be served.
		 * @param served whether this stream is still served
		 */
		Stream goAway(boolean served) {
			int id = ((Http2StreamChannel) this.channel).stream().id();
			ChannelHandlerContext codec = this.channel.parent().pipeline().context(Http2FrameCodec.class);
			((Http2FrameCodec) codec.handler()).goAway(codec, served ? id : id - 2, Http2Error.NO_ERROR.code(),
					Unpooled.EMPTY_BUFFER, codec.newPromise());
			codec.flush();
			return this;
		}

		void cut() {
			this.channel.parent().close();
		}

	}

	@ChannelHandler.Sharable
	private final class StreamHandler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2StreamFrame && isEnd(message)) {
				Http2Server.this.script.accept(new Stream(context.channel()), ++Http2Server.this.streams);
			}
			ReferenceCountUtil.release(message);
		}

		private boolean isEnd(Object frame) {
			return (frame instanceof Http2DataFrame data) ? data.isEndStream()
					: (frame instanceof Http2HeadersFrame headers && headers.isEndStream());
		}

	}

}
