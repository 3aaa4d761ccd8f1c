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

package com.cometapi.gemini.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Reads an event stream as one response, for gateways that always stream and do not
 * declare it in the content type.
 *
 * <p>
 * The stream is read after its body has ended. A finish reason does not end it: usage,
 * grounding, another candidate or an error may follow. If a gateway holds the body open,
 * the call fails with its time limit.
 */
final class UnexpectedEventStream {

	private static final int CHUNK_SIZE = 64 * 1024;

	private static final int BEGINNING = 64;

	private static final Pattern FIRST_LINE = Pattern
		.compile("\\uFEFF?[\\r\\n]*(:|(data|event|id|retry)([:\\r\\n]|$))");

	private UnexpectedEventStream() {
	}

	/**
	 * Return whether a body starts like an event stream, whatever its content type says.
	 * @param body the body
	 * @return {@code true} if it does
	 */
	static boolean isOne(JsonInput body) {
		String beginning = new String(body.beginning(BEGINNING), StandardCharsets.UTF_8);
		return FIRST_LINE.matcher(beginning).lookingAt();
	}

	/**
	 * Read and merge all events.
	 * @param body the body
	 * @param reader the reader of this response
	 * @param onEvent called for each event
	 * @return the whole response
	 */
	static GenerateContentResponse read(JsonInput body, EventStreamReader reader, Runnable onEvent) {
		try {
			ResponseAccumulator events = new ResponseAccumulator();
			byte[] chunk = new byte[CHUNK_SIZE];
			for (int count = body.read(chunk, 0, CHUNK_SIZE); count > 0; count = body.read(chunk, 0, CHUNK_SIZE)) {
				reader.append(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOf(chunk, count)));
				addAll(reader::next, events, onEvent);
			}
			addAll(reader::last, events, onEvent);
			return events.toResponse();
		}
		finally {
			reader.close();
		}
	}

	private static void addAll(Supplier<@Nullable GenerateContentResponse> source, ResponseAccumulator events,
			Runnable onEvent) {
		for (GenerateContentResponse event = source.get(); event != null; event = source.get()) {
			onEvent.run();
			events.add(event);
		}
	}

}
