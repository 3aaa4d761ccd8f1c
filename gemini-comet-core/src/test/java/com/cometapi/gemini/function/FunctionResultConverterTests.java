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

package com.cometapi.gemini.function;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import tools.jackson.core.Base64Variants;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FunctionResultConverter}.
 */
class FunctionResultConverterTests {

	private static final byte[] BYTES = { 1, 2, (byte) 0xff };

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private final GeminiFunctions functions = GeminiFunctions.create(mapper);

	@ParameterizedTest
	@MethodSource
	void resultIsWrittenByTheMapper(Object value, Object expected) {
		assertThat(run(value).response()).isEqualTo(expected);
		assertThat(mapper.readTree(mapper.writeValueAsString(value)))
			.isEqualTo(mapper.valueToTree((value instanceof Sealed) ? expected : ((Map<?, ?>) expected).get("output")));
	}

	static Stream<Arguments> resultIsWrittenByTheMapper() {
		String base64 = "AQL/";
		return Stream.of(Arguments.of(BYTES, Map.of("output", base64)),
				Arguments.of(ByteBuffer.wrap(BYTES), Map.of("output", base64)),
				Arguments.of(List.of(BYTES, BYTES), Map.of("output", List.of(base64, base64))),
				Arguments.of(new byte[0], Map.of("output", "")),
				Arguments.of(new Sealed(BYTES, ByteBuffer.wrap(BYTES), "{\"a\": [1, null, true, \"b\"]}"),
						Map.of("bytes", base64, "buffer", base64, "raw",
								Map.of("a", Arrays.asList(1, null, true, "b")))),
				Arguments.of(new RawValue("[{}]"), Map.of("output", List.of(Map.of()))),
				Arguments.of(JsonNodeFactory.instance.arrayNode().addPOJO(BYTES).addPOJO(List.of("x")),
						Map.of("output", List.of(base64, List.of("x")))));
	}

	@Test
	void rawJsonMayBeTheWholeResultAndKeepsAllDigits() {
		assertThat(run(new RawValue("{\"price\": 1234567890.12345678901234567890, \"none\": null}")).response())
			.containsEntry("price", new BigDecimal("1234567890.12345678901234567890"))
			.containsEntry("none", null);
	}

	@Test
	void emptyFunctionResponseEqualsANullResult() {
		assertThat(run(FunctionResponse.builder().build()).response()).isEqualTo(run((Object) null).response())
			.containsEntry("output", null);
	}

	@Test
	void bytesOfAFluxAreWritten() {
		assertThat(run(Flux.just(BYTES, BYTES)).response()).isEqualTo(Map.of("output", List.of("AQL/", "AQL/")));
	}

	@Test
	void bytesAreWrittenInTheVariantOfTheMapper() {
		GeminiFunctions own = GeminiFunctions
			.create(JsonMapper.builder().defaultBase64Variant(Base64Variants.MODIFIED_FOR_URL).build());
		assertThat(run(own.runner(List.of(function(BYTES)))).response()).isEqualTo(Map.of("output", "AQL_"));
	}

	@Test
	void malformedRawJsonFails() {
		assertThat(run(new Sealed(BYTES, ByteBuffer.wrap(BYTES), "{")).response())
			.isEqualTo(Map.of("error", "The function failed"));
	}

	@ParameterizedTest
	@MethodSource
	void sizeLimitIncludesBytesAndRawJson(Object value) {
		GeminiFunctionSettings settings = GeminiFunctionSettings.DEFAULTS.toBuilder().maxResultSize(1000).build();
		assertThat(run(this.functions.runner(List.of(function(value))).withSettings(settings)).response())
			.isEqualTo(Map.of("error", "The result is too large: it has more than 1000 characters"));
	}

	static Stream<Object> sizeLimitIncludesBytesAndRawJson() {
		byte[] large = new byte[900];
		return Stream.of(large, ByteBuffer.wrap(large), new Sealed(large, ByteBuffer.allocate(0), "1"),
				new RawValue("\"" + "x".repeat(1000) + "\""), Flux.just(new byte[500], new byte[500]),
				GeminiFunctionResult.of(large), FunctionResponse.of("1", "test", Map.of("data", large)));
	}

	@ParameterizedTest
	@CsvSource({ "a.wav, audio/wav", "a.heic, image/heic", "a.md, text/markdown", "a.png, image/png",
			"picture, image/png", "a.bin, image/png", ", image/png" })
	void mediaTypesAreDetectedAsInPrompts(String name, String type) {
		FunctionResponse response = run(
				new ByteArrayResource("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1)) {

					@Override
					public String getFilename() {
						return name;
					}

				});
		assertThat(response.parts()).extracting((part) -> part.inlineData().mimeType()).containsExactly(type);
	}

	private FunctionResponse run(Object value) {
		return run(this.functions.runner(List.of(function(value))));
	}

	private static FunctionResponse run(GeminiFunctionRunner runner) {
		return runner.run(List.of(FunctionCall.of("test", Map.of()))).block().get(0).functionResponse();
	}

	private static GeminiFunctionCallback function(Object value) {
		return GeminiFunctionCallback.of(FunctionDeclaration.of("test", "A test"), (call) -> value);
	}

	record Sealed(byte[] bytes, ByteBuffer buffer, @JsonRawValue String raw) {

	}

}
