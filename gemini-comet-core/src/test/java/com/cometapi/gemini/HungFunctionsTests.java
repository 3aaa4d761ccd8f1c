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

package com.cometapi.gemini;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.chat.FaultyRepository;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChatException;
import com.cometapi.gemini.chat.GeminiChatNotSavedException;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.thread.GeminiThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for prompts while functions and stores hang and ignore their interruption.
 */
@Tag("slow")
@Tag("java25")
// A prompt that waits for a hung function would never end.
@Timeout(120)
class HungFunctionsTests extends AbstractRoundsTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicInteger begun = new AtomicInteger();

	private final GeminiFunctionCallback hung = weather((call) -> {
		this.begun.incrementAndGet();
		hang();
		return "late";
	});

	private final GeminiFunctionCallback quick = weather((call) -> Thread.currentThread().getName());

	private GeminiThreads threads = GeminiThreads.builder().functions(2).stores(1).maxWait(SHORT).build();

	@AfterEach
	void endHungFunctions() {
		this.end.countDown();
		this.threads.close();
	}

	private void hang() {
		while (this.end.getCount() > 0) {
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				// Ignored, as some functions do.
			}
		}
	}

	private GeminiTemplate template() {
		return this.gemini
			.withFunctions(() -> GeminiFunctions.builder(JsonMapper.shared()).threads(this.threads).build());
	}

	private void hangIn(GeminiTemplate template) {
		this.server.answerParts(CALL);
		int before = this.begun.get();
		var running = template.prompt("Hang").functions(this.hung).textAsync().subscribe();
		await().atMost(Duration.ofSeconds(30)).until(() -> this.begun.get() > before);
		running.dispose();
	}

	private String callQuickFunction(GeminiTemplate template) {
		this.server.answerParts(CALL).answerText("done");
		return template.prompt("Quick")
			.functions(this.quick)
			.functionSettings((settings) -> settings.timeout(Duration.ofSeconds(30)))
			.text();
	}

	@Test
	void functionThatIgnoresItsInterruptionDoesNotBlockOtherPrompts() {
		GeminiTemplate template = template();
		hangIn(template);
		for (int i = 0; i < 3; i++) {
			assertThat(callQuickFunction(template)).isEqualTo("done");
		}
	}

	@Test
	void twoHundredHungFunctionsDoNotBlockOtherPrompts() {
		int count = 200;
		this.threads = GeminiThreads.builder().build();
		for (int i = 0; i < count; i++) {
			this.server.answerParts(CALL);
		}
		CountDownLatch begun = new CountDownLatch(count);
		GeminiFunctionCallback counted = weather((call) -> {
			begun.countDown();
			hang();
			return "late";
		});
		GeminiTemplate template = template();
		var running = Flux.range(0, count)
			.flatMap((i) -> template.prompt("Hang").functions(counted).textAsync(), count)
			.subscribe();
		await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);
		running.dispose();
		assertThat(callQuickFunction(template)).isEqualTo("done");
	}

	@Test
	void functionWithoutAFreeThreadFailsAfterItsTimeoutWithTheProperty() {
		GeminiTemplate template = template();
		hangIn(template);
		hangIn(template);
		this.server.answerParts(CALL);
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> template.prompt("Quick")
				.functions(this.quick)
				.functionSettings((settings) -> settings.timeout(SHORT))
				.text())
			.withMessageContaining("All 2 threads")
			.withMessageContaining("cometapi.gemini.threads.functions");
	}

	@Test
	void waitForAThreadCountsInTheTotalTimeout() {
		GeminiTemplate template = template();
		hangIn(template);
		hangIn(template);
		this.server.answerParts(CALL);
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> template.prompt("Quick").functions(this.quick).totalTimeout(SHORT).text());
	}

	@Test
	void waitingFunctionGetsTheThreadThatBecomesIdle() {
		GeminiTemplate template = template();
		hangIn(template);
		hangIn(template);
		this.server.answerParts(CALL).answerText("done");
		var answer = template.prompt("Quick").functions(this.quick).textAsync().toFuture();
		assertThat(answer).isNotDone();
		this.end.countDown();
		assertThat(answer).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("done");
	}

	@Test
	void hungFunctionsDoNotBlockStores() {
		this.threads = GeminiThreads.builder().functions(2).stores(1).build();
		GeminiTemplate template = template();
		hangIn(template);
		hangIn(template);
		FaultyRepository repository = new FaultyRepository();
		this.server.answerText("done");
		assertThat(chat(template, repository).prompt("One").text()).isEqualTo("done");
		assertThat(repository.threads()).allMatch((name) -> name.startsWith("gemini-store-"));
	}

	@Test
	void storeWithoutAFreeThreadFailsBeforeAnythingIsSent() {
		FaultyRepository repository = new FaultyRepository();
		GeminiChat chat = chat(this.gemini, repository);
		repository.beforeFind(this::hang);
		var first = chat.conversationAsync().subscribe();
		await().atMost(Duration.ofSeconds(30)).until(() -> !repository.threads().isEmpty());
		assertThatExceptionOfType(GeminiChatException.class).isThrownBy(() -> chat.prompt("One").text())
			.havingCause()
			.isInstanceOf(GeminiThreadsExhaustedException.class)
			.withMessageContaining("cometapi.gemini.threads.stores");
		assertThat(this.server.requestCount()).isZero();
		first.dispose();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void waitForAStoreCountsInTheTotalTimeout(boolean stream) {
		this.threads = GeminiThreads.builder().stores(1).maxWait(Duration.ofMinutes(1)).build();
		FaultyRepository repository = new FaultyRepository();
		GeminiChat chat = chat(this.gemini, repository);
		repository.beforeFind(this::hang);
		chat.conversationAsync().subscribe();
		await().atMost(Duration.ofSeconds(30)).until(() -> !repository.threads().isEmpty());
		PromptSpec prompt = chat.prompt("One").totalTimeout(SHORT);
		assertThatExceptionOfType(GeminiTimeoutException.class).isThrownBy(
				() -> ((stream) ? prompt.streamText() : prompt.textAsync().flux()).blockLast(Duration.ofSeconds(30)))
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(GeminiTimeLimit.TOTAL));
		assertThat(this.server.requestCount()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "false, false", "true, false", "false, true", "true, true" })
	void responseIsNotLostWhenTheTotalTimeoutExpiresWhileItIsStored(boolean stream, boolean sourced) {
		FaultyRepository repository = new FaultyRepository();
		repository.beforeAppend(this::hang);
		warmUp();
		PromptSpec prompt = chat(this.gemini, repository).prompt("One").totalTimeout(Duration.ofSeconds(3));
		if (sourced) {
			prompt.functionsFrom(new TestSource(List.of(this.quick)));
		}
		if (stream) {
			this.server.answerTextEvents("done");
		}
		else {
			this.server.answerText("done");
		}
		assertThatExceptionOfType(GeminiChatNotSavedException.class).isThrownBy(
				() -> ((stream) ? prompt.streamText() : prompt.textAsync().flux()).blockLast(Duration.ofSeconds(30)))
			.withCauseInstanceOf(GeminiTimeoutException.class)
			.satisfies((ex) -> {
				assertThat(ex.getTurn().response().text()).isEqualTo("done");
				assertThat(ex.mayHaveBeenStored()).isTrue();
			});
		this.end.countDown();
		await().atMost(Duration.ofSeconds(30)).until(() -> repository.target().find("a").isPresent());
	}

	@Test
	void approvalWithoutAFreeThreadWaitsAsLongAsConfigured() {
		GeminiTemplate template = template();
		this.server.answerParts(CALL);
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> template.prompt("Ask").functions(this.quick).functionApprovalAsync((call) -> {
				for (int i = 0; i < 2; i++) {
					this.threads.onFunctionThread(Mono.fromRunnable(this::hang)).subscribe();
				}
				return GeminiFunctionApproval.blocking((asked) -> GeminiFunctionDecision.allow()).decide(call);
			}).textAsync().block(Duration.ofSeconds(30)));
	}

	@Test
	void nestedPromptWithoutAFreeThreadFailsAfterItsTimeout() {
		this.threads = GeminiThreads.builder().functions(1).build();
		GeminiTemplate template = template();
		this.server.answerParts(CALL).answerParts(CALL);
		GeminiFunctionCallback asking = weather((call) -> template.prompt("Inner")
			.functions(this.quick)
			.functionSettings((settings) -> settings.timeout(SHORT))
			.text());
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> template.prompt("Outer").functions(asking).textAsync().block(Duration.ofSeconds(30)));
	}

	@Test
	void functionMaySendAPromptOnItsThread() {
		GeminiTemplate template = template();
		this.server.answerParts(CALL).answerParts(CALL).answerText("inner").answerText("outer");
		GeminiFunctionCallback asking = weather((call) -> template.prompt("Inner").functions(this.quick).text());
		assertThat(template.prompt("Outer").functions(asking).textAsync().block(Duration.ofSeconds(30)))
			.isEqualTo("outer");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads take Java 21")
	void threadsMayBeVirtual() {
		this.threads = GeminiThreads.builder().functions(2).virtual(true).build();
		GeminiTemplate template = template();
		hangIn(template);
		assertThat(callQuickFunction(template)).isEqualTo("done");
		this.server.takeBody();
		this.server.takeBody();
		assertThat(this.server.takeBody()).contains("gemini-function-");
	}

	private GeminiChat chat(GeminiTemplate template, FaultyRepository repository) {
		return new GeminiChats(template, repository, GeminiChatWindow.ALL, this.threads).chat("a");
	}

	private record TestSource(List<GeminiFunctionCallback> functions) implements GeminiFunctionSource {

		@Override
		public String name() {
			return "test";
		}

		@Override
		public Mono<List<GeminiFunctionCallback>> functions(List<String> names) {
			return Mono.just(this.functions);
		}

	}

}
