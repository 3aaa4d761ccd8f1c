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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import io.micrometer.context.ContextRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class GeminiFunctionRunnerTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final GeminiFunctions functions = GeminiFunctions.create(JsonMapper.builder().build());

	@ParameterizedTest
	@MethodSource
	void resultIsSentAsAnObject(Object value, String expected) {
		FunctionResponse response = run(runner((call) -> value), call("test", Map.of()));
		assertThat(json(response)).isEqualTo(mapper.readTree(expected));
	}

	static Stream<Arguments> resultIsSentAsAnObject() {
		String scalar = "{\"name\": \"test\", \"response\": {\"output\": %s}}";
		String weather = "{\"name\": \"test\", \"response\": {\"city\": \"Paris\", \"degrees\": 18}}";
		String image = """
				{"name": "test", "response": %s, "parts": [{"inlineData": {"mimeType": "image/png", "data": "AQI="}}]}""";
		Blob blob = Blob.of("image/png", new byte[] { 1, 2 });
		return Stream.of(Arguments.of(new Weather("Paris", 18), weather),
				Arguments.of(Mono.just(new Weather("Paris", 18)), weather),
				Arguments.of(CompletableFuture.completedFuture(new Weather("Paris", 18)), weather),
				Arguments.of(future(() -> new Weather("Paris", 18)), weather),
				Arguments.of(Map.of(), "{\"name\": \"test\", \"response\": {}}"),
				Arguments.of("sunny", scalar.formatted("\"sunny\"")), Arguments.of(1.50, scalar.formatted("1.5")),
				Arguments.of(true, scalar.formatted("true")), Arguments.of(null, scalar.formatted("null")),
				Arguments.of(Mono.empty(), scalar.formatted("null")),
				Arguments.of(List.of(1, 2), scalar.formatted("[1, 2]")),
				Arguments.of(Flux.just(1, 2), scalar.formatted("[1, 2]")),
				Arguments.of(Flux.empty(), scalar.formatted("[]")),
				Arguments.of(blob, image.formatted("{\"output\": {\"media\": [\"image/png\"]}}")),
				Arguments.of(Flux.just(blob), image.formatted("{\"output\": {\"media\": [\"image/png\"]}}")),
				Arguments.of(new NamedResource(), image.formatted("{\"output\": {\"media\": [\"image/png\"]}}")),
				Arguments.of(GeminiFunctionResult.of("a chart").withMedia(MimeTypeUtils.IMAGE_PNG, blob.data()),
						image.formatted("{\"output\": \"a chart\"}")),
				Arguments.of(FunctionResponse.builder().name("other").id("own").response(Map.of("a", 1)).build(),
						"{\"name\": \"test\", \"response\": {\"a\": 1}}"));
	}

	@Test
	void resultsOfConcurrentCallsKeepTheirOrder() {
		CyclicBarrier barrier = new CyclicBarrier(3);
		GeminiFunctionRunner runner = runner((call) -> {
			await(barrier);
			return call.args().get("n");
		});
		List<FunctionCall> calls = IntStream.range(0, 3)
			.mapToObj(
					(number) -> FunctionCall.builder().id("c" + number).name("test").args(Map.of("n", number)).build())
			.toList();
		List<Part> parts = runner.run(calls).block(Duration.ofSeconds(30));
		assertThat(parts).extracting((part) -> part.functionResponse().id()).containsExactly("c0", "c1", "c2");
		assertThat(parts).extracting((part) -> part.functionResponse().response().get("output"))
			.containsExactly(0, 1, 2);
	}

	@Test
	void concurrencyIsLimited() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		GeminiFunctionRunner runner = runner((call) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			return Mono.delay(Duration.ofMillis(5)).doOnTerminate(running::decrementAndGet);
		});
		GeminiFunctionRunner bounded = runner.withSettings(runner.settings().toBuilder().maxConcurrency(2).build());
		List<Part> parts = bounded.run(IntStream.range(0, 20).mapToObj((number) -> call("test", Map.of())).toList())
			.block(Duration.ofSeconds(30));
		assertThat(parts).hasSize(20);
		assertThat(most).hasValueBetween(1, 2);
	}

	@Test
	void blockingFunctionDoesNotRunOnAnEventLoop() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		GeminiFunctionRunner runner = runner((call) -> {
			thread.set(Thread.currentThread());
			return 1;
		});
		runner.run(List.of(call("test", Map.of()))).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
		assertThat(thread.get()).isNotNull().isNotInstanceOf(NonBlocking.class);
	}

	@Test
	void cancelInterruptsARunningFunctionWithoutAWarning(CapturedOutput output) {
		CountDownLatch started = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		GeminiFunctionRunner runner = runner((call) -> hang(started, interrupted));
		Disposable run = runner.run(List.of(call("test", Map.of()))).subscribe();
		await(started);
		run.dispose();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(interrupted);
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void cancelReachesAReactiveFunction() {
		AtomicBoolean cancelled = new AtomicBoolean();
		CountDownLatch started = new CountDownLatch(1);
		GeminiFunctionRunner runner = runner((call) -> Mono.never()
			.doOnSubscribe((subscription) -> started.countDown())
			.doOnCancel(() -> cancelled.set(true)));
		Disposable run = runner.run(List.of(call("test", Map.of()))).subscribe();
		await(started);
		run.dispose();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(cancelled);
	}

	@Test
	void futureOfAFunctionThatTakesTooLongIsCancelled(CapturedOutput output) {
		FutureTask<Object> future = new FutureTask<>(() -> "never runs");
		GeminiFunctionRunner runner = runner((call) -> future);
		GeminiFunctionRunner limited = runner
			.withSettings(runner.settings().toBuilder().timeout(Duration.ofMillis(500)).build());
		assertThat(run(limited, call("test", Map.of())).response())
			.isEqualTo(Map.of("error", "The function timed out"));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(future::isCancelled);
		assertThat(output).doesNotContain("onErrorDropped");
	}

	@Test
	void slowFunctionIsInterruptedAndReportedToTheModel() {
		AtomicBoolean interrupted = new AtomicBoolean();
		GeminiFunctionRunner runner = runner((call) -> hang(new CountDownLatch(1), interrupted));
		GeminiFunctionRunner limited = runner
			.withSettings(runner.settings().toBuilder().timeout(Duration.ofMillis(500)).build());
		assertThat(run(limited, call("test", Map.of())).response())
			.isEqualTo(Map.of("error", "The function timed out"));
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(interrupted);
	}

	@Test
	void failureIsReportedWithoutItsMessage(CapturedOutput output) {
		GeminiFunctionRunner runner = runner((call) -> {
			throw new IllegalStateException("jdbc:secret");
		});
		assertThat(run(runner, call("test", Map.of())).response()).isEqualTo(Map.of("error", "The function failed"));
		assertThat(output).contains("The function 'test' failed").contains("jdbc:secret");
	}

	@ParameterizedTest
	@MethodSource
	void everyKindOfFailureIsReported(GeminiFunctionCallback function, String text) {
		GeminiFunctionRunner runner = this.functions.runner(List.of(function));
		assertThat(run(runner, call("test", Map.of("n", "x"))).response()).isEqualTo(Map.of("error", text));
		GeminiFunctionRunner failing = runner.withSettings(runner.settings().toBuilder().onError(OnError.FAIL).build());
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> run(failing, call("test", Map.of("n", "x"))))
			.satisfies((ex) -> assertThat(ex.getFunctionName()).isEqualTo("test"));
	}

	static Stream<Arguments> everyKindOfFailureIsReported() {
		return Stream.of(Arguments.of(function((call) -> endless(0)), "The function failed"),
				Arguments.of(function((call) -> Mono.error(new IllegalStateException("x"))), "The function failed"),
				Arguments.of(function((call) -> CompletableFuture.failedFuture(new IllegalStateException("x"))),
						"The function failed"),
				Arguments.of(function((call) -> cycle()), "The function failed"), Arguments.of(function((call) -> {
					throw new GeminiFunctionException("No such city");
				}), "No such city"), Arguments.of(function((call) -> future(() -> {
					throw new GeminiFunctionException("No such city");
				})), "No such city"), Arguments.of(function((call) -> future(() -> endless(0))), "The function failed"),
				Arguments.of(function((call) -> Mono.error(new GeminiFunctionException("No such city"))),
						"No such city"),
				Arguments.of(GeminiFunctionCallback.of("test", "A test", Numbers.class, (numbers) -> 1),
						"Invalid arguments: 'n' must be an integer, but was \"x\""),
				Arguments.of(GeminiFunctionCallback.of("test", "A test", String.class, (text) -> 1),
						"Invalid arguments: 'input' is missing"),
				Arguments.of(function((call) -> "x".repeat(9_000_000)),
						"The result is too large: it has more than 8000000 characters"),
				Arguments.of(function((call) -> Flux.range(0, Integer.MAX_VALUE)),
						"The result is too large: it has more than 8000000 characters"));
	}

	@Test
	void unknownFunctionIsReportedEvenIfFailuresEndThePrompt() {
		GeminiFunctionRunner runner = runner((call) -> 1);
		GeminiFunctionRunner failing = runner.withSettings(runner.settings().toBuilder().onError(OnError.FAIL).build());
		FunctionResponse response = run(failing, FunctionCall.builder().id("c1").name("other").build());
		assertThat(response).isEqualTo(FunctionResponse.of("c1", "other",
				Map.of("error", "There is no function with this name. The available functions are: test")));
	}

	@Test
	void namesReportedForAnUnknownFunctionAreLimited() {
		List<GeminiFunctionCallback> functions = IntStream.range(0, 100)
			.mapToObj((i) -> GeminiFunctionCallback.of("f" + i, "A test", () -> 1))
			.toList();
		assertThat(run(this.functions.runner(functions), FunctionCall.of("other", Map.of())).response().get("error"))
			.asString()
			.startsWith("There is no function with this name. The available functions are: f0, f1, ")
			.endsWith(", f31 and 68 more");
	}

	@Test
	void nothingRunsIfTheArgumentsOfOneCallEndThePrompt() {
		AtomicInteger runs = new AtomicInteger();
		GeminiFunctionRunner runner = this.functions.runner(List
			.of(GeminiFunctionCallback.of("test", "A test", Numbers.class, (numbers) -> runs.incrementAndGet())));
		GeminiFunctionRunner failing = runner.withSettings(runner.settings().toBuilder().onError(OnError.FAIL).build());
		List<FunctionCall> calls = List.of(call("test", Map.of("n", 1)), call("test", Map.of("n", "x")));
		assertThatExceptionOfType(GeminiFunctionFailedException.class).isThrownBy(() -> failing.run(calls).block());
		assertThat(runs).hasValue(0);
		assertThat(runner.run(calls).block()).hasSize(2);
		assertThat(runs).hasValue(1);
	}

	@Test
	void approvalMayAllowChangeAndRefuseCalls() {
		GeminiFunctionRunner runner = runner((call) -> call.args().get("n"))
			.withContext(GeminiFunctionContext.of("user", "jo"))
			.withApproval(GeminiFunctionApproval.blocking((call) -> {
				assertThat(call.context().getRequired("user", String.class)).isEqualTo("jo");
				return switch ((int) call.args().get("n")) {
					case 1 -> GeminiFunctionDecision.allow();
					case 2 -> GeminiFunctionDecision.allow(Map.of("n", 20));
					default -> GeminiFunctionDecision.refuse("Not today");
				};
			}));
		assertThat(run(runner, call("test", Map.of("n", 1))).response()).isEqualTo(Map.of("output", 1));
		assertThat(run(runner, call("test", Map.of("n", 2))).response()).isEqualTo(Map.of("output", 20));
		assertThat(run(runner, call("test", Map.of("n", 3))).response()).isEqualTo(Map.of("error", "Not today"));
	}

	@Test
	void nothingRunsWithoutADecision() {
		AtomicInteger runs = new AtomicInteger();
		GeminiFunctionRunner runner = runner((call) -> runs.incrementAndGet());
		assertThat(run(runner.withApproval((call) -> Mono.empty()), call("test", Map.of())).response())
			.isEqualTo(Map.of("error", "The call was not allowed"));
		assertThat(run(runner.withApproval(GeminiFunctionApproval.blocking((call) -> null)), call("test", Map.of()))
			.response()).isEqualTo(Map.of("error", "The call was not allowed"));
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> run(runner.withApproval((call) -> Mono.error(new IllegalStateException())),
					call("test", Map.of())));
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> run(runner.withApproval((call) -> {
				throw new IllegalStateException();
			}), call("test", Map.of())));
		assertThat(runs).hasValue(0);
	}

	@Test
	void argumentsOfTheApprovalAreChecked() {
		GeminiFunctionRunner runner = this.functions
			.runner(List.of(GeminiFunctionCallback.of("test", "A test", Numbers.class, Numbers::n)))
			.withApproval((call) -> Mono.just(GeminiFunctionDecision.allow(Map.of("n", "x"))));
		assertThat(run(runner, call("test", Map.of("n", 1))).response())
			.isEqualTo(Map.of("error", "Invalid arguments: 'n' must be an integer, but was \"x\""));
	}

	@Test
	void argumentsOfTheApprovalAreNotCheckedOnAnEventLoop() {
		List<Boolean> checkedOnEventLoop = new CopyOnWriteArrayList<>();
		GeminiFunctionCallback function = new GeminiFunctionCallback() {

			@Override
			public FunctionDeclaration declaration(GeminiFunctionTypes types) {
				return FunctionDeclaration.of("test", "A test");
			}

			@Override
			public Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types) {
				checkedOnEventLoop.add(Schedulers.isInNonBlockingThread());
				return () -> Mono.just(call.args());
			}

			@Override
			public boolean isBlocking() {
				return false;
			}

		};
		GeminiFunctionRunner runner = this.functions.runner(List.of(function))
			.withApproval((call) -> Mono.just(GeminiFunctionDecision.allow(Map.of("n", 2)))
				.delayElement(Duration.ofMillis(1)));
		assertThat(run(runner, call("test", Map.of("n", 1))).response()).isEqualTo(Map.of("n", 2));
		assertThat(checkedOnEventLoop).containsExactly(false, false);
	}

	@Test
	void threadLocalsOfTheCallerReachFunctions() {
		ThreadLocal<String> user = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("test.user", user);
		try {
			AtomicReference<String> seen = new AtomicReference<>();
			GeminiFunctionRunner runner = runner((call) -> {
				seen.set(user.get());
				return 1;
			});
			user.set("jo");
			runner.run(List.of(call("test", Map.of()))).contextCapture().block(Duration.ofSeconds(30));
			assertThat(seen).hasValue("jo");
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("test.user");
		}
	}

	@Test
	void idsAreLeftOutIfConfigured() {
		GeminiFunctionRunner runner = runner((call) -> 1);
		FunctionCall call = FunctionCall.builder().id("c1").name("test").build();
		assertThat(run(runner, call).id()).isEqualTo("c1");
		assertThat(run(runner.withSettings(runner.settings().toBuilder().echoIds(false).build()), call).id()).isNull();
	}

	@Test
	void duplicateAndInvalidNamesAreRefused() {
		GeminiFunctionCallback function = function((call) -> 1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.runner(List.of(function, function)))
			.withMessageContaining("two functions named 'test'");
		for (String name : List.of("", "1st", "with space", "ü", "a".repeat(129))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> GeminiFunctionCallback.of(name, "A test", String.class, (text) -> 1))
				.withMessageContaining("is not a valid function name");
		}
	}

	@Test
	void toStringOfTheContextDoesNotShowItsValues() {
		assertThat(GeminiFunctionContext.of("token", "secret")).hasToString("GeminiFunctionContext[token]");
	}

	private static Object cycle() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		return list;
	}

	private static Object endless(int depth) {
		return endless(depth + 1) + "";
	}

	private static Future<Object> future(Callable<Object> work) {
		FutureTask<Object> future = new FutureTask<>(work);
		future.run();
		return future;
	}

	private static Object hang(CountDownLatch started, AtomicBoolean interrupted) {
		started.countDown();
		try {
			new CountDownLatch(1).await();
			return null;
		}
		catch (InterruptedException ex) {
			interrupted.set(true);
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private GeminiFunctionRunner runner(Function<GeminiFunctionCall, Object> function) {
		return this.functions.runner(List.of(function(function)));
	}

	private static GeminiFunctionCallback function(Function<GeminiFunctionCall, Object> function) {
		return GeminiFunctionCallback.of(FunctionDeclaration.of("test", "A test"), function);
	}

	private static FunctionCall call(String name, Map<String, Object> args) {
		return FunctionCall.of(name, args);
	}

	private static FunctionResponse run(GeminiFunctionRunner runner, FunctionCall call) {
		return runner.run(List.of(call)).block(Duration.ofSeconds(30)).get(0).functionResponse();
	}

	private static JsonNode json(FunctionResponse response) {
		return mapper.readTree(mapper.writeValueAsString(response));
	}

	record Weather(String city, int degrees) {

	}

	record Numbers(int n) {

	}

	private static final class NamedResource extends ByteArrayResource {

		NamedResource() {
			super(new byte[] { 1, 2 });
		}

		@Override
		public String getFilename() {
			return "chart.png";
		}

	}

}
