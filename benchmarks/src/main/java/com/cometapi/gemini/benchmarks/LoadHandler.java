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
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Responds to the requests of one connection according to the models that they name.
 */
final class LoadHandler extends SimpleChannelInboundHandler<HttpObject> {

	private static final String MODELS = "/models/";

	private static final int LARGE = 64 * 1024;

	private final Bodies bodies;

	private final Pace pace = new Pace();

	private String model = "";

	private long declared;

	private long received;

	LoadHandler(Bodies bodies) {
		this.bodies = bodies;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
		if (message instanceof HttpRequest request) {
			this.model = model(request.uri());
			this.declared = request.headers().getInt(HttpHeaderNames.CONTENT_LENGTH, -1);
			this.received = 0;
		}
		if (message instanceof HttpContent content) {
			this.received += content.content().readableBytes();
			if (message instanceof LastHttpContent) {
				answer(context);
			}
		}
	}

	private void answer(ChannelHandlerContext context) {
		if (Prompts.isPaced(this.model)) {
			pace(context);
			return;
		}
		if (Fault.isFault(this.model)) {
			Fault.of(this.model).answer(context);
			return;
		}
		if (this.declared >= 0 && this.declared != this.received) {
			throw new IllegalStateException(
					"Content-Length is " + this.declared + ", but " + this.received + " bytes were received");
		}
		ByteBuf answer = switch (this.model) {
			case Prompts.STREAM -> this.bodies.stream;
			case Prompts.PICTURE -> this.bodies.picture;
			default -> (this.received > LARGE && this.declared < 0) ? this.bodies.chunkedUpload : this.bodies.unary;
		};
		context.writeAndFlush(answer.retainedDuplicate());
	}

	private void pace(ChannelHandlerContext context) {
		context.writeAndFlush(buffer(Wire.streamStart()));
		this.pace.start(context.executor(), this.model, (text, last) -> {
			String event = Wire.event(text, last);
			context.writeAndFlush(buffer(last ? event + Wire.streamEnd() : event));
		});
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.pace.stop();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

	static String model(String uri) {
		int start = uri.indexOf(MODELS) + MODELS.length();
		int end = uri.indexOf(':', start);
		return (start >= MODELS.length() && end > start) ? uri.substring(start, end) : "";
	}

	private static ByteBuf buffer(String text) {
		return Unpooled.wrappedBuffer(Wire.ascii(text));
	}

	/**
	 * The responses, built once, outside the heap.
	 */
	static final class Bodies {

		private final ByteBuf unary = direct(Wire.unary(Wire.ANSWER));

		private final ByteBuf chunkedUpload = direct(Wire.unary(Wire.NO_CONTENT_LENGTH));

		private final ByteBuf stream = direct(Wire.stream());

		private final ByteBuf picture = direct(Wire.picture());

		private final ByteBuf plainUnary = direct(Wire.plainUnary(Wire.ANSWER));

		private final ByteBuf plainStream = direct(Samples.events());

		private final ByteBuf plainPicture = direct(Wire.plainPicture());

		/**
		 * Return a response without the head and the chunks of HTTP/1.1.
		 * @param model the model, which selects the response
		 * @return the body, not to be released
		 */
		ByteBuf plain(String model) {
			return switch (model) {
				case Prompts.STREAM -> this.plainStream;
				case Prompts.PICTURE -> this.plainPicture;
				default -> this.plainUnary;
			};
		}

		private static ByteBuf direct(byte[] bytes) {
			return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
		}

	}

}
