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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.PartialArg;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for functions that fail, and for calls that are incomplete.
 */
class FunctionFailuresTests {

	private final AtomicInteger runs = new AtomicInteger();

	private final GeminiFunctions functions = GeminiFunctions.create(JsonMapper.builder().build());

	@ParameterizedTest
	@MethodSource
	void incompleteCallIsNeverRun(FunctionCall call) {
		GeminiFunctionRunner runner = runner((arguments) -> this.runs.incrementAndGet());
		for (OnError onError : OnError.values()) {
			FunctionResponse response = run(runner.withSettings(runner.settings().toBuilder().onError(onError).build()),
					call);
			assertThat(response).isEqualTo(
					FunctionResponse.of("1", "test", Map.of("error", "The arguments of the call are incomplete")));
		}
		assertThat(this.runs).hasValue(0);
	}

	static Stream<FunctionCall> incompleteCallIsNeverRun() {
		FunctionCall call = FunctionCall.builder().id("1").name("test").args(Map.of("path", "/home")).build();
		PartialArg unplaced = new PartialArg("$..*", null, null, true, null, null, Map.of());
		return Stream.of(call.toBuilder().willContinue(true).build(),
				call.toBuilder().partialArgs(List.of(unplaced)).build());
	}

	@Test
	void completedCallRuns() {
		GeminiFunctionRunner runner = runner((arguments) -> this.runs.incrementAndGet());
		run(runner, FunctionCall.builder().name("test").willContinue(false).build());
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void failureOfOneFunctionCancelsTheOthers() {
		CompletableFuture<Void> running = new CompletableFuture<>();
		AtomicBoolean cancelled = new AtomicBoolean();
		GeminiFunctionRunner runner = runner((call) -> {
			if (call.args().isEmpty()) {
				return Mono.never()
					.doOnSubscribe((subscription) -> running.complete(null))
					.doOnCancel(() -> cancelled.set(true));
			}
			running.join();
			throw new IllegalStateException("broken");
		});
		GeminiFunctionRunner failing = runner.withSettings(runner.settings().toBuilder().onError(OnError.FAIL).build());
		List<FunctionCall> calls = List.of(FunctionCall.of("test", Map.of()), FunctionCall.of("test", Map.of("n", 1)));

		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> failing.run(calls).block(Duration.ofSeconds(30)));
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(cancelled);
	}

	@Test
	void slowFunctionEndsThePromptIfConfigured() {
		AtomicBoolean cancelled = new AtomicBoolean();
		GeminiFunctionRunner runner = runner((call) -> Mono.never().doOnCancel(() -> cancelled.set(true)));
		GeminiFunctionRunner failing = runner
			.withSettings(runner.settings().toBuilder().onError(OnError.FAIL).timeout(Duration.ofMillis(1500)).build());
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> run(failing, FunctionCall.of("test", Map.of())))
			.withMessageContaining("'test' did not complete within 1.5 s ('cometapi.gemini.functions.timeout')");
		assertThat(cancelled).isTrue();
	}

	@Test
	void cancelReachesAFuture() {
		CompletableFuture<String> future = new CompletableFuture<>();
		CompletableFuture<Void> started = new CompletableFuture<>();
		var run = runner((call) -> {
			started.complete(null);
			return future;
		}).run(List.of(FunctionCall.of("test", Map.of()))).subscribe();
		started.join();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> future.getNumberOfDependents() > 0);
		run.dispose();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(future::isCancelled);
	}

	@Test
	void functionWithoutArgumentsGetsAnEmptyMap() {
		assertThat(run(runner(GeminiFunctionCall::args), FunctionCall.builder().name("test").build()).response())
			.isEqualTo(Map.of());
		assertThat(run(runner((call) -> CompletableFuture.completedFuture(null)), FunctionCall.of("test", Map.of()))
			.response()).containsEntry("output", null);
	}

	@Test
	void resourceNeedsContentAndAMediaType() {
		Map<String, Object> media = Map.of("output", Map.of("media", List.of("text/xml")));
		assertThat(run(runner((call) -> new ClassPathResource("/some.xml") {

			@Override
			public InputStream getInputStream() {
				return new ByteArrayInputStream(new byte[] { 1 });
			}

		}), FunctionCall.of("test", Map.of())).response()).isIn(media,
				Map.of("output", Map.of("media", List.of("application/xml"))));
		assertThat(run(runner((call) -> new ClassPathResource("/nowhere.png")), FunctionCall.of("test", Map.of()))
			.response()).isEqualTo(Map.of("error", "The function failed"));
		assertThat(
				run(runner((call) -> new ByteArrayResource(new byte[1])), FunctionCall.of("test", Map.of())).response())
			.isEqualTo(Map.of("error", "The function failed"));
	}

	@Test
	void mediaAmongOtherValuesAreNotSentAsMedia() {
		assertThat(run(runner((call) -> List.of()), FunctionCall.of("test", Map.of())).response())
			.isEqualTo(Map.of("output", List.of()));
		FunctionResponse mixed = run(runner((call) -> List.of("x", Blob.of("image/png", new byte[1]))),
				FunctionCall.of("test", Map.of()));
		assertThat(mixed.parts()).isEmpty();
		FunctionResponse two = run(runner((call) -> GeminiFunctionResult.of(Map.of("n", 1))
			.withMedia(Blob.of("image/png", new byte[1]))
			.withMedia(Blob.of("image/jpeg", new byte[2]))), FunctionCall.of("test", Map.of()));
		assertThat(two.response()).isEqualTo(Map.of("n", 1));
		assertThat(two.parts()).extracting((part) -> part.inlineData().mimeType())
			.containsExactly("image/png", "image/jpeg");
	}

	@Test
	void sizeOfAResultIsLimited() {
		GeminiFunctionRunner runner = runner((call) -> "x".repeat((int) call.args().get("n")));
		GeminiFunctionRunner limited = runner.withSettings(runner.settings().toBuilder().maxResultSize(1000).build());
		assertThat(run(limited, FunctionCall.of("test", Map.of("n", 900))).response()).containsKey("output");
		assertThat(run(limited, FunctionCall.of("test", Map.of("n", 1001))).response())
			.isEqualTo(Map.of("error", "The result is too large: it has more than 1000 characters"));
	}

	@Test
	void nothingRunsWithoutCalls() {
		assertThat(runner((call) -> this.runs.incrementAndGet()).run(List.of()).block()).isEmpty();
		assertThat(this.runs).hasValue(0);
	}

	private GeminiFunctionRunner runner(Function<GeminiFunctionCall, Object> function) {
		return this.functions
			.runner(List.of(GeminiFunctionCallback.of(FunctionDeclaration.of("test", "A test"), function)));
	}

	private static FunctionResponse run(GeminiFunctionRunner runner, FunctionCall call) {
		return runner.run(List.of(call)).block(Duration.ofSeconds(30)).get(0).functionResponse();
	}

}
