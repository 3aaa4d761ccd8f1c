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

package com.cometapi.gemini.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The server of all contenders, in a process of its own. Writes responses that were built
 * before, on one thread. For each line on standard input, it prints the number of open
 * connections. Ends with the process that started it.
 */
public final class LoadServer {

	static final String ENDPOINT = "ENDPOINT ";

	private static final PrintStream OUT = System.out;

	private static final int BACKLOG = 4096;

	private static final int MAX_STREAMS = 1000;

	private static final int WINDOW = 1024 * 1024;

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final LoadHandler.Bodies bodies = new LoadHandler.Bodies();

	private LoadServer() {
	}

	private int listen() throws InterruptedException {
		return bind(new ChannelInitializer<SocketChannel>() {

			@Override
			protected void initChannel(SocketChannel channel) {
				LoadServer.this.connections.add(channel);
				channel.pipeline().addLast(new HttpRequestDecoder(), new LoadHandler(LoadServer.this.bodies));
			}

		});
	}

	private int listenSecurely(SslContext sslContext) throws InterruptedException {
		return bind(new ChannelInitializer<SocketChannel>() {

			@Override
			protected void initChannel(SocketChannel channel) {
				LoadServer.this.connections.add(channel);
				channel.pipeline()
					.addLast(sslContext.newHandler(channel.alloc()),
							Http2FrameCodecBuilder.forServer()
								.initialSettings(
										new Http2Settings().maxConcurrentStreams(MAX_STREAMS).initialWindowSize(WINDOW))
								.build(),
							new Http2MultiplexHandler(streams()));
			}

		});
	}

	private ChannelInitializer<Channel> streams() {
		return new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel stream) {
				stream.pipeline().addLast(new Http2LoadHandler(LoadServer.this.bodies));
			}

		};
	}

	private int bind(ChannelHandler handler) throws InterruptedException {
		Channel channel = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(handler)
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
		return ((InetSocketAddress) channel.localAddress()).getPort();
	}

	/**
	 * Serve until the standard input ends.
	 * @param args none
	 * @throws IOException if the standard input cannot be read
	 * @throws GeneralSecurityException if there is no TLS
	 * @throws InterruptedException if the process is asked to end
	 */
	public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
		LoadServer server = new LoadServer();
		Path keyStore = LoadServerKeys.create();
		try {
			int securePort = server.listenSecurely(LoadServerKeys.sslContext(keyStore));
			OUT.println(ENDPOINT + new Endpoint(server.listen(), securePort, keyStore).toLine());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
			while (in.readLine() != null) {
				OUT.println(server.connections.size());
			}
		}
		finally {
			Files.delete(keyStore);
		}
		server.group.shutdownGracefully();
	}

}
