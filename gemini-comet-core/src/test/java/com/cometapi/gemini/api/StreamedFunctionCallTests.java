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

package com.cometapi.gemini.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for function calls whose arguments arrive in pieces.
 */
class StreamedFunctionCallTests {

	@Test
	void recordedCallInPiecesBecomesOneSignedCall() {
		List<Part> parts = ResponseAccumulatorTests
			.accumulate(ResponseAccumulatorTests.events("vertex-partial-function-call.sse"))
			.parts();

		assertThat(parts).singleElement().satisfies((part) -> {
			assertThat(part.thoughtSignature()).startsWith("CiQB4/H/");
			assertThat(part.functionCall()).isEqualTo(FunctionCall.of("getCurrentWeather", Map.of("country", "USA",
					"location", "NewYorkCity", "purpose", "to know what to wear today", "unit", "C")));
		});
	}

	@Test
	void callInPiecesIsReadableEvenInAStreamOfOneEvent() {
		assertThat(ResponseAccumulatorTests
			.join("{'functionCall': {'name': 'f', 'partialArgs': [{'jsonPath': '$.a', 'numberValue': 1}]}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("{'functionCall': {'name': 'f', 'args': {'a': 1}}}"));
	}

	@Test
	void callIsReadableWhileItGrows() {
		assertThat(ResponseAccumulatorTests.join("{'functionCall': {'name': 'f', 'willContinue': true}}",
				"{'functionCall': {'partialArgs': [{'jsonPath': '$.a', 'stringValue': 'x', 'willContinue': true}], 'willContinue': true}}"))
			.isEqualTo(ResponseAccumulatorTests
				.parts("{'functionCall': {'name': 'f', 'args': {'a': 'x'}, 'willContinue': true}}"));
	}

	@Test
	void argumentsOfEveryKindAreSet() {
		assertThat(ResponseAccumulatorTests.join(
				"{'functionCall': {'id': '1', 'name': 'f', 'args': {'z': {'y': 1}}, 'willContinue': true}}",
				piece("{'jsonPath': '$.n', 'numberValue': 5}, {'jsonPath': '$.d', 'numberValue': 1.5}"),
				piece("{'jsonPath': '$.b', 'boolValue': false}, {'jsonPath': '$.no', 'nullValue': 'NULL_VALUE'}"),
				piece("{'jsonPath': '$.list[0].name', 'stringValue': 'a', 'willContinue': true}"),
				piece("{'jsonPath': '$.list[0].name', 'stringValue': 'b'}, {'jsonPath': '$.list[1]', 'boolValue': true}"),
				piece("{'jsonPath': '$.z.x', 'numberValue': 12345678901}, {'jsonPath': '$[\\\\'a.b\\\\']', 'stringValue': 'q'}"),
				"{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'id': '1', 'name': 'f', 'args': {'z': {'y': 1, 'x': 12345678901}, 'n': 5,
					 'd': 1.5, 'b': false, 'no': null, 'list': [{'name': 'ab'}, true], 'a.b': 'q'}}}"""));
	}

	@Test
	void pieceThatCannotBeSetIsKept() {
		assertThat(ResponseAccumulatorTests.join("{'functionCall': {'name': 'f', 'willContinue': true}}",
				piece("{'jsonPath': '$.a', 'stringValue': 'x'}, {'jsonPath': '$.a.b', 'stringValue': 'y'}"),
				piece("{'jsonPath': '$.list[999999999]', 'stringValue': 'y'}, {'jsonPath': '$..*', 'boolValue': true}"),
				"{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'name': 'f', 'args': {'a': 'x', 'list': []}, 'partialArgs': [
					 {'jsonPath': '$.a.b', 'stringValue': 'y'}, {'jsonPath': '$.list[999999999]', 'stringValue': 'y'},
					 {'jsonPath': '$..*', 'boolValue': true}]}}"""));
	}

	@Test
	void callsInPiecesAreKeptApart() {
		assertThat(ResponseAccumulatorTests.join(
				"{'functionCall': {'name': 'f', 'willContinue': true}, 'thoughtSignature': 's'}",
				piece("{'jsonPath': '$.a', 'stringValue': 'x'}"), "{'text': ''}",
				"{'functionCall': {'name': 'f', 'willContinue': true}}",
				piece("{'jsonPath': '$.a', 'stringValue': 'y'}"), "{'functionCall': {}}",
				"{'functionCall': {'name': 'g'}}", "{'functionCall': {'name': 'g'}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'name': 'f', 'args': {'a': 'x'}, 'willContinue': true}, 'thoughtSignature': 's'},
					{'text': ''}, {'functionCall': {'name': 'f', 'args': {'a': 'y'}}}, {'functionCall': {'name': 'g'}},
					{'functionCall': {'name': 'g'}}"""));
	}

	@Test
	void piecesOfATextAreJoinedUntilTheLastOne() {
		assertThat(ResponseAccumulatorTests.join("{'functionCall': {'name': 'f', 'willContinue': true}}",
				piece("{'jsonPath': '$.a', 'stringValue': 'x', 'willContinue': true}"),
				piece("{'jsonPath': '$.a', 'willContinue': true}"),
				piece("{'jsonPath': '$.a', 'stringValue': 'y', 'willContinue': true}"), piece("{'jsonPath': '$.a'}"),
				piece("{'jsonPath': '$.b', 'stringValue': 'old'}, {'jsonPath': '$.b', 'stringValue': 'new'}"),
				piece("{'jsonPath': '$.c', 'stringValue': 'x', 'willContinue': true}, {'jsonPath': '$.c', 'numberValue': 1}"),
				piece("{'jsonPath': '$.d', 'stringValue': 'x', 'willContinue': true}, {'jsonPath': '$.d', 'boolValue': true}"),
				piece("{'jsonPath': '$.e', 'stringValue': 'x', 'willContinue': true}, {'jsonPath': '$.e', 'nullValue': 'NULL_VALUE'}"),
				"{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'name': 'f', 'args': {'a': 'xy', 'b': 'new', 'c': 1, 'd': true, 'e': null}}}"""));
	}

	@Test
	void valueOfAnUnknownKindIsKept() {
		assertThat(ResponseAccumulatorTests.join("{'functionCall': {'name': 'f', 'willContinue': true}}",
				piece("{'jsonPath': '$.a', 'dateValue': '2026'}, {'jsonPath': '$.b', 'willContinue': true}"),
				piece("{'jsonPath': '$.c'}"), "{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'name': 'f', 'args': {'c': null}, 'partialArgs': [
					 {'jsonPath': '$.a', 'dateValue': '2026'}, {'jsonPath': '$.b', 'willContinue': true}]}}"""));
	}

	@Test
	void pieceWithAnInvalidPathIsKept() {
		String args = Stream
			.of("'stringValue': 'no path'", "'jsonPath': '$'", "'jsonPath': 'a'", "'jsonPath': '$x'",
					"'jsonPath': '$.a.'", "'jsonPath': '$[0]'", "'jsonPath': '$.s.t.u'", "'jsonPath': '$.l.m'",
					"'jsonPath': '$.o[0]'", "'jsonPath': '$.l[2].x'")
			.map((path) -> "{" + path + ", 'boolValue': true}")
			.collect(Collectors.joining(", "));

		assertThat(ResponseAccumulatorTests.join(
				"{'functionCall': {'name': 'f', 'args': {'s': 'x', 'l': [1], 'o': {}}, 'willContinue': true}}",
				piece(args), "{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests
				.parts("{'functionCall': {'name': 'f', 'args': {'s': 'x', 'l': [1], 'o': {}}, 'partialArgs': [" + args
						+ "]}}"));
	}

	@Test
	void pieceWithATooDeepPathIsKept() {
		String path = "$" + ".a".repeat(100_000);
		List<Part> parts = ResponseAccumulatorTests.join("{'functionCall': {'name': 'f', 'willContinue': true}}",
				piece("{'jsonPath': '" + path + "', 'numberValue': 1}"), "{'functionCall': {}}");
		assertThat(parts.get(0).functionCall().partialArgs()).singleElement()
			.satisfies((arg) -> assertThat(arg.jsonPath()).isEqualTo(path));
	}

	@Test
	void piecesExtendExistingArguments() {
		assertThat(ResponseAccumulatorTests.join(
				"{'functionCall': {'name': 'f', 'args': {'l': [[1], {'a': 1}]}, 'willContinue': true}}",
				piece("{'jsonPath': '$.l[0][1]', 'numberValue': 2}, {'jsonPath': '$.l[1].b', 'numberValue': -3}"),
				piece("{'jsonPath': '$.l[2]', 'numberValue': 1e300}, {'jsonPath': '$.l[0][0]', 'numberValue': 9007199254740993}"),
				piece("{'jsonPath': '$.m[\\\"x y\\\"]', 'numberValue': 0.5}"), "{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'name': 'f', 'args': {'l': [[9007199254740992, 2], {'a': 1, 'b': -3}, 1e300],
					 'm': {'x y': 0.5}}}}"""));
	}

	@Test
	void unknownMembersOfAllPiecesAreKept() {
		assertThat(
				ResponseAccumulatorTests.join("{'functionCall': {'name': 'f', 'willContinue': true, 'a': 1}, 'p': 1}",
						"{'functionCall': {'willContinue': true, 'b': 2}, 'q': 2}",
						"{'functionCall': {'c': 3}, 'r': 3, 'thoughtSignature': 's'}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'name': 'f', 'a': 1, 'b': 2, 'c': 3}, 'p': 1, 'q': 2, 'r': 3,
					 'thoughtSignature': 's'}"""));
	}

	@Test
	void piecesOfAlternatingCallsAreAssignedByTheirIds() {
		assertThat(ResponseAccumulatorTests.join(
				"{'functionCall': {'id': '1', 'name': 'f', 'willContinue': true}, 'thoughtSignature': 's'}",
				"{'functionCall': {'id': '2', 'name': 'g', 'willContinue': true}}",
				"{'functionCall': {'id': '1', 'partialArgs': [{'jsonPath': '$.a', 'stringValue': 'x', 'willContinue': true}], 'willContinue': true}}",
				"{'functionCall': {'id': '2', 'partialArgs': [{'jsonPath': '$.b', 'numberValue': 2}], 'willContinue': true}}",
				"{'functionCall': {'id': '1', 'partialArgs': [{'jsonPath': '$.a', 'stringValue': 'y'}]}}",
				"{'functionCall': {'id': '2'}}", "{'functionCall': {'id': '1', 'name': 'f', 'willContinue': true}}",
				"{'functionCall': {}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'id': '1', 'name': 'f', 'args': {'a': 'xy'}}, 'thoughtSignature': 's'},
					{'functionCall': {'id': '2', 'name': 'g', 'args': {'b': 2}}},
					{'functionCall': {'id': '1', 'name': 'f'}}"""));
	}

	@Test
	void newIdBeginsANewCall() {
		assertThat(ResponseAccumulatorTests.join("{'functionCall': {'id': '1', 'name': 'f', 'willContinue': true}}",
				"{'functionCall': {'id': '1', 'name': 'f', 'willContinue': true,"
						+ " 'partialArgs': [{'jsonPath': '$.a', 'numberValue': 1}]}}",
				"{'functionCall': {'id': '2', 'name': 'f', 'args': {'a': 2}}}"))
			.isEqualTo(ResponseAccumulatorTests.parts("""
					{'functionCall': {'id': '1', 'name': 'f', 'args': {'a': 1}, 'willContinue': true}},
					{'functionCall': {'id': '2', 'name': 'f', 'args': {'a': 2}}}"""));
	}

	private static String piece(String partialArgs) {
		return "{'functionCall': {'partialArgs': [" + partialArgs + "], 'willContinue': true}}";
	}

}
