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

import java.util.Arrays;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.beans.BeanUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the memory that a response needs, and for errors while it is read.
 */
class ResponseMemoryTests {

	private static final String MAX_RESPONSE_SIZE = "cometapi.gemini.max-response-size";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					parts         | {}   | {"candidates":[{"content":{"parts":[%s]},"finishReason":"STOP"}]}
					candidates    | {}   | {"candidates":[%s]}
					ratings       | {}   | {"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP","safetyRatings":[%s]}]}
					arguments     | []   | {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":[%s]}}}]},"finishReason":"STOP"}]}
					unknown       | 1    | {"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"new":[%s]}
					error         | []   | {"error":{"message":"m","code":400,"details":[%s]}}
					""")
	void jsonThatNeedsMuchMoreMemoryIsTooLarge(String name, String element, String json) {
		String body = json.formatted((element + ",").repeat(2_200_000) + element);
		assertThatExceptionOfType(GeminiResponseTooLargeException.class).isThrownBy(() -> ServedBody.of(body).call())
			.withMessageContaining(MAX_RESPONSE_SIZE)
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(400));
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> ServedBody.ofEvents(body).keepOpen().stream(true))
			.withMessageContaining("cometapi.gemini.max-event-size");
	}

	@Test
	void eventsThatTogetherNeedMuchMoreMemoryAreTooLarge() {
		String event = """
				{"candidates":[{"content":{"parts":[%s{}]}}]}""".formatted("{},".repeat(9_999));
		String[] events = new String[12];
		Arrays.fill(events, event);
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> ServedBody.ofEvents(events).maxSize(DataSize.ofMegabytes(4)).keepOpen().stream(true))
			.withMessageContaining(MAX_RESPONSE_SIZE);
	}

	@Test
	void eventsThatWereReadTolerantlyAreCounted() {
		String event = """
				{"usageMetadata":[],"candidates":[{"content":{"parts":[%s{}]}}]}""".formatted("{},".repeat(9_999));
		String[] events = new String[12];
		Arrays.fill(events, event);
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> ServedBody.ofEvents(events).maxSize(DataSize.ofMegabytes(4)).keepOpen().stream(true))
			.withMessageContaining(MAX_RESPONSE_SIZE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fileData", "executableCode", "codeExecutionResult", "videoMetadata", "mediaResolution" })
	void membersBesideATextAreCounted(String member) {
		String event = """
				{"candidates":[{"content":{"parts":[{"text":"a","%s":{"new":[%s{}]}}]}}]}""".formatted(member,
				"{},".repeat(9_999));
		String[] events = new String[12];
		Arrays.fill(events, event);
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> ServedBody.ofEvents(events).maxSize(DataSize.ofMegabytes(4)).stream())
			.withMessageContaining(MAX_RESPONSE_SIZE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 300 })
	void argumentsInTextsThatNeedMuchMoreMemoryAreTooLarge(int calls) {
		String call = "{\"functionCall\":{\"name\":\"f\",\"args\":\"{\\\"a\\\":[%s[]]}\"}},"
			.formatted("[],".repeat(1_200_000 / calls));
		String body = "{\"candidates\":[{\"content\":{\"parts\":[%s{}]}}]}".formatted(call.repeat(calls));
		assertThatExceptionOfType(GeminiResponseTooLargeException.class).isThrownBy(() -> ServedBody.of(body).call())
			.withMessageContaining(MAX_RESPONSE_SIZE);
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> ServedBody.ofEvents(body).keepOpen().stream(true))
			.withMessageContaining("cometapi.gemini.max-event-size");
	}

	@Test
	void endlessCandidatesAreTooLarge() {
		String[] events = new String[2_000];
		Arrays.setAll(events, (i) -> "{\"candidates\":[{\"index\":%d}]}".formatted(i));
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> ServedBody.ofEvents(events).maxSize(DataSize.ofMegabytes(4)).keepOpen().stream(true))
			.withMessageContaining(MAX_RESPONSE_SIZE);
	}

	@Test
	void longStreamsOfTextAreNotTooLarge() {
		String[] events = new String[20_000];
		Arrays.fill(events,
				"""
						{"candidates":[{"content":{"role":"model","parts":[{"text":"a"}]},"index":0}],"usageMetadata":{"promptTokenCount":1,"totalTokenCount":2},"modelVersion":"m"}""");
		events[events.length - 1] = """
				{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}""";
		ResponseAccumulator whole = new ResponseAccumulator();
		ServedBody.ofEvents(events).maxSize(DataSize.ofMegabytes(4)).stream().forEach(whole::add);
		assertThat(whole.toResponse().text()).hasSize(20_000).endsWith("ab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":" })
	void endlessNestingIsRefused(String opening) {
		String json = """
				{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":%s""";
		String body = json.formatted(opening.repeat(200_000));
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> ServedBody.of(body).call())
			.withMessageContaining("nesting depth");
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> ServedBody.ofEvents(body).stream())
			.withMessageContaining("nesting depth");
	}

	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class })
	void errorWhileReadingEndsTheCallAtOnce(Class<? extends Error> type) {
		JsonMapper mapper = GeminiJsonMapper.builder()
			.addModule(new SimpleModule("failing").addDeserializer(GenerateContentResponse.class, new Failing(type)))
			.build();
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> ServedBody.of("{}").mapper(mapper).call())
			.withMessageContaining("reading the response failed with " + type.getSimpleName())
			.withCauseInstanceOf(type);
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> ServedBody.ofEvents("{}").mapper(mapper).keepOpen().stream(true))
			.withMessageContaining("reading the response failed with " + type.getSimpleName())
			.withCauseInstanceOf(type);
	}

	private static final class Failing extends StdDeserializer<GenerateContentResponse> {

		private final Class<? extends Error> type;

		Failing(Class<? extends Error> type) {
			super(GenerateContentResponse.class);
			this.type = type;
		}

		@Override
		public GenerateContentResponse deserialize(JsonParser parser, DeserializationContext context) {
			throw BeanUtils.instantiateClass(this.type);
		}

	}

}
