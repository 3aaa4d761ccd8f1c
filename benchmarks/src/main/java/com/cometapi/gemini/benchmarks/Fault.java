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

import java.time.Duration;
import java.util.Arrays;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/**
 * Faults of the server, each selected by a model, with the outcome that is expected of
 * the library.
 */
enum Fault {

	/**
	 * The connection ends instead of a response.
	 */
	NO_ANSWER(GeminiConnectionException.class, "", true),

	/**
	 * The connection ends in the middle of a stream.
	 */
	CUT(GeminiConnectionException.class, Wire.streamStart() + Wire.event("1", false) + Wire.event("2", false), true),

	/**
	 * A stream ends without a finish reason.
	 */
	NO_FINISH_REASON(GeminiProtocolException.class,
			Wire.streamStart() + Wire.event("1", false) + Wire.event("2", false) + Wire.streamEnd(), false),

	/**
	 * There is no response at all.
	 */
	SILENCE(GeminiTimeoutException.class, "", false),

	/**
	 * There are no further events.
	 */
	STALL(GeminiTimeoutException.class, Wire.streamStart() + Wire.event("1", false), false),

	/**
	 * Too many requests.
	 */
	TOO_MANY(GeminiRateLimitException.class,
			head("429 Too Many Requests", "application/json", Fault.ERROR.length()) + Fault.ERROR, false),

	/**
	 * The endpoint is busy.
	 */
	BUSY(GeminiServerException.class,
			head("503 Service Unavailable", "application/json", Fault.ERROR.length()) + Fault.ERROR, false),

	/**
	 * An error where a stream should be.
	 */
	BARE_ERROR(GeminiServerException.class, head("200 OK", "text/event-stream", Fault.ERROR.length()) + Fault.ERROR,
			false),

	/**
	 * An HTML page.
	 */
	PAGE(GeminiProtocolException.class, head("200 OK", "text/html", 13) + "<html></html>", false);

	private static final String ERROR = """
			{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""";

	private static final String PREFIX = "fault-";

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration LONG = Duration.ofSeconds(30);

	private final Class<? extends GeminiException> expected;

	private final byte[] answer;

	private final boolean closes;

	Fault(Class<? extends GeminiException> expected, String answer, boolean closes) {
		this.expected = expected;
		this.answer = Wire.ascii(answer);
		this.closes = closes;
	}

	String model() {
		return PREFIX + name();
	}

	Class<? extends GeminiException> expected() {
		return this.expected;
	}

	/**
	 * Return the time to wait for the response, which may never arrive.
	 * @return the time limit of the call
	 */
	Duration timeout() {
		return (this.expected != GeminiTimeoutException.class) ? LONG : SHORT;
	}

	void answer(ChannelHandlerContext context) {
		ChannelFuture written = context.writeAndFlush(Unpooled.wrappedBuffer(this.answer));
		if (this.closes) {
			written.addListener(ChannelFutureListener.CLOSE);
		}
	}

	static boolean isFault(String model) {
		return model.startsWith(PREFIX);
	}

	static Fault of(String model) {
		return Arrays.stream(values()).filter((fault) -> fault.model().equals(model)).findFirst().orElseThrow();
	}

	private static String head(String status, String contentType, int length) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length + "\r\n\r\n";
	}

}
