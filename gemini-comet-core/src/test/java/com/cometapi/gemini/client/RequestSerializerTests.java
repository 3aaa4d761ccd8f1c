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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.JsonErrorDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that {@link RequestSerializer} writes the same JSON as databind.
 */
class RequestSerializerTests {

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private static final JsonMapper DATABIND = GeminiJsonMapper.databind().build();

	@ParameterizedTest
	@MethodSource
	void everyRecordedRequestIsWrittenAsDatabindWritesIt(String request) {
		assertWritten(request);
	}

	static Stream<String> everyRecordedRequestIsWrittenAsDatabindWritesIt() throws IOException, URISyntaxException {
		try (Stream<Path> files = Files.list(Path.of(RequestSerializerTests.class.getResource("/wire").toURI()))) {
			return files.filter((file) -> file.toString().endsWith(".request.json"))
				.sorted()
				.map(RequestSerializerTests::read)
				.toList()
				.stream();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource
	void everyMemberIsWrittenAsDatabindWritesIt(String name, String request) {
		assertThat(assertWritten(request)).contains("\"" + name + "\":");
	}

	static Stream<Arguments> everyMemberIsWrittenAsDatabindWritesIt() {
		return Stream
			.of(members(GenerateContentRequest.class, "{%s}"), members(Content.class, "{\"contents\":[{%s}]}"),
					members(Content.class, "{\"systemInstruction\":{%s}}"),
					members(Part.class, "{\"contents\":[{\"parts\":[{%s}]}]}"))
			.flatMap((members) -> members);
	}

	private static Stream<Arguments> members(Class<?> message, String request) {
		return Arrays.stream(message.getRecordComponents())
			// The model is a part of the address, and the unknown members have names of
			// their own.
			.filter((member) -> !List.of("model", "additional").contains(member.getName()))
			.map((member) -> Arguments.of(member.getName(),
					request.formatted("\"" + member.getName() + "\":" + sample(member))));
	}

	private static String sample(RecordComponent member) {
		Class<?> type = member.getType();
		if (type == List.class) {
			return "[{},{\"unknown\":1}]";
		}
		if (type == Map.class) {
			return "{\"key\":\"value\"}";
		}
		if (type == Boolean.class) {
			return "false";
		}
		boolean isText = type == String.class || type.getRecordComponents()[0].getName().equals("value");
		return isText ? "\"é \\u0001 text\"" : "{\"unknown\":[1,null]}";
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"contents\":[]}", "{\"tools\":[],\"safetySettings\":[]}",
			"{\"contents\":[{}],\"systemInstruction\":{}}", "{\"contents\":[{\"parts\":[]}]}",
			"{\"contents\":[{\"parts\":[{}]}]}", "{\"labels\":{}}", "{\"unknown\":{\"a\":[null,1.5]}}",
			"{\"unknown\":null}", "{\"contents\":[{\"parts\":[{\"partMetadata\":{\"a\":null,\"b\":[],\"c\":{}}}]}]}",
			"{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}]}]}" })
	void emptyAndUnknownMembersAreWrittenAsDatabindWritesThem(String request) {
		assertThat(assertWritten(request)).isEqualTo(request);
	}

	@Test
	void unknownMembersAreOrderedIfThoseOfMapsAre() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("b", 1);
		members.put("a", 2);
		GenerateContentRequest request = GenerateContentRequest.builder().additional(members).build();
		JsonMapper ordering = MAPPER.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

		assertThat(MAPPER.writeValueAsString(request)).isEqualTo("{\"b\":1,\"a\":2}");
		assertThat(ordering.writeValueAsString(request)).isEqualTo("{\"a\":2,\"b\":1}");
	}

	@Test
	void failureNamesItsPlaceInTheRequest() {
		Object unwritable = new Unwritable("name");
		Part part = Part.builder()
			.functionCall(FunctionCall.builder().name("f").args(Map.of("person", unwritable)).build())
			.build();
		GenerateContentRequest nested = GenerateContentRequest.builder()
			.contents(List.of(Content.user("Hello"), Content.user(part)))
			.build();
		GenerateContentRequest unknown = GenerateContentRequest.builder()
			.additional(Map.of("person", unwritable))
			.build();

		assertThat(failure(nested)).isEqualTo("Not known at 'contents[1].parts[0].functionCall.args.person.name'");
		assertThat(failure(unknown)).isEqualTo("Not known at 'person.name'");
	}

	private static String failure(GenerateContentRequest request) {
		return JsonErrorDescription
			.of(catchThrowableOfType(JacksonException.class, () -> MAPPER.writeValueAsBytes(request)));
	}

	private static String assertWritten(String json) {
		GenerateContentRequest request = DATABIND.readValue(json, GenerateContentRequest.class);
		String written = MAPPER.writeValueAsString(request);
		assertThat(written).isEqualTo(DATABIND.writeValueAsString(request));
		return written;
	}

	private record Unwritable(String name) {

		@Override
		public String name() {
			throw new IllegalStateException("Not known");
		}

	}

}
