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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;

/**
 * Responds to one HTTP/2 request according to the model that it names.
 */
final class Http2LoadHandler extends SimpleChannelInboundHandler<Http2StreamFrame> {

	private final LoadHandler.Bodies bodies;

	private final Pace pace = new Pace();

	private String model = "";

	Http2LoadHandler(LoadHandler.Bodies bodies) {
		this.bodies = bodies;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
		boolean end = false;
		if (frame instanceof Http2HeadersFrame headers) {
			this.model = LoadHandler.model(headers.headers().path().toString());
			end = headers.isEndStream();
		}
		else if (frame instanceof Http2DataFrame data) {
			end = data.isEndStream();
		}
		if (end) {
			answer(context);
		}
	}

	private void answer(ChannelHandlerContext context) {
		boolean stream = Prompts.isPaced(this.model) || Prompts.STREAM.equals(this.model);
		context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")
			.set("content-type", stream ? "text/event-stream" : "application/json")));
		if (Prompts.isPaced(this.model)) {
			context.flush();
			this.pace.start(context.executor(), this.model, (text, last) -> send(context,
					Unpooled.wrappedBuffer(Wire.ascii(Wire.plainEvent(text, last))), last));
			return;
		}
		send(context, this.bodies.plain(this.model).retainedDuplicate(), true);
	}

	private static void send(ChannelHandlerContext context, ByteBuf data, boolean last) {
		context.writeAndFlush(new DefaultHttp2DataFrame(data, last));
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.pace.stop();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
