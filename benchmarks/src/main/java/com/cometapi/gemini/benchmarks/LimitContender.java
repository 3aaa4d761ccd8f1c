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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The practical limit: Reactor Netty, lines that start with {@code data:}, and a
 * streaming parser that takes the text and the finish reason and nothing else. Knows no
 * errors, no limits and no messages.
 */
final class LimitContender implements Contender {

	private static final String START = "{\"contents\":[{\"parts\":[{\"text\":\"" + Prompts.QUESTION + "\"}";

	private static final byte[] END = "],\"role\":\"user\"}]}".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] PICTURE_START = (START + ",{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"")
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] PICTURE_END = "\"}}],\"role\":\"user\"}]}".getBytes(StandardCharsets.US_ASCII);

	// A multiple of three, so that the pieces need no padding.
	private static final int PIECE = 48 * 1024;

	private final URI server;

	private final HttpClient client;

	LimitContender(URI server) {
		this.server = server;
		this.client = ReactorConnector.httpClient().headers((headers) -> {
			headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
			headers.set("x-goog-api-key", Prompts.API_KEY);
		});
	}

	@Override
	public String unary() {
		return Objects.requireNonNull(text(post(Prompts.UNARY, false)).block());
	}

	@Override
	public CompletableFuture<@Nullable String> unaryAsync() {
		return text(post(Prompts.UNARY, false)).toFuture();
	}

	@Override
	public CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts) {
		LimitFramer framer = new LimitFramer(texts);
		return post(model, true).response((response, body) -> body.doOnNext(framer::append)).then().toFuture();
	}

	@Override
	public String upload(byte[] picture) {
		int length = PICTURE_START.length + (picture.length + 2) / 3 * 4 + PICTURE_END.length;
		HttpClient.ResponseReceiver<?> receiver = this.client.post()
			.uri(ReactorConnector.path(this.server, Prompts.UNARY, false))
			.send((request, out) -> {
				request.header(HttpHeaderNames.CONTENT_LENGTH, "" + length);
				return out.send(pieces(out.alloc(), picture));
			});
		return Objects.requireNonNull(text(receiver).block());
	}

	@Override
	public int download() {
		return Objects.requireNonNull(
				post(Prompts.PICTURE, false).responseSingle((response, body) -> body.map(LimitContender::decodePicture))
					.block());
	}

	private HttpClient.ResponseReceiver<?> post(String model, boolean stream) {
		byte[] start = START.getBytes(StandardCharsets.US_ASCII);
		return this.client.post().uri(ReactorConnector.path(this.server, model, stream)).send((request, out) -> {
			int length = start.length + END.length;
			request.header(HttpHeaderNames.CONTENT_LENGTH, "" + length);
			return out.send(Mono.just(out.alloc().buffer(length).writeBytes(start).writeBytes(END)));
		});
	}

	private static Mono<String> text(HttpClient.ResponseReceiver<?> receiver) {
		return receiver.responseSingle((response, body) -> body.asByteArray())
			.map((bytes) -> LimitParser.text(bytes, 0, bytes.length));
	}

	private static Flux<ByteBuf> pieces(ByteBufAllocator allocator, byte[] picture) {
		byte[] plain = new byte[PIECE];
		byte[] encoded = new byte[PIECE / 3 * 4];
		Flux<ByteBuf> data = Flux.generate(() -> 0, (position, sink) -> {
			if (position == picture.length) {
				sink.complete();
				return position;
			}
			int end = Math.min(position + PIECE, picture.length);
			if (end - position < PIECE) {
				sink.next(allocator.buffer()
					.writeBytes(Base64.getEncoder().encode(ByteBuffer.wrap(picture, position, end - position))));
			}
			else {
				System.arraycopy(picture, position, plain, 0, PIECE);
				Base64.getEncoder().encode(plain, encoded);
				sink.next(allocator.buffer(encoded.length).writeBytes(encoded));
			}
			return end;
		});
		return Flux.concat(Mono.fromCallable(() -> allocator.buffer().writeBytes(PICTURE_START)), data,
				Mono.fromCallable(() -> allocator.buffer().writeBytes(PICTURE_END)));
	}

	private static int decodePicture(ByteBuf body) {
		ByteBuffer picture = ByteBuffer.allocate(body.readableBytes() / 4 * 3);
		try (InputStream in = new ByteBufInputStream(body); OutputStream out = new OutputStream() {

			@Override
			public void write(int value) {
				picture.put((byte) value);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				picture.put(bytes, offset, length);
			}

		}) {
			LimitParser.picture(in, out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return picture.position();
	}

	@Override
	public void close() {
	}

}
