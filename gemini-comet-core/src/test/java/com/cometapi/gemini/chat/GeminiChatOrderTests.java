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

package com.cometapi.gemini.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the order and the threads of the turns of a {@link GeminiChat}.
 */
class GeminiChatOrderTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final GeminiChat chat = GeminiChat.create(this.server.template());

	@Test
	void cancelledTurnDoesNotChangeTheConversation() {
		this.chat.prompt("One").text();
		GeminiConversation before = this.chat.conversation();
		StepVerifier.create(this.chat.prompt("Cancelled").stream()).expectNextCount(1).thenCancel().verify();
		StepVerifier.create(this.chat.prompt("First only").stream().take(1)).expectNextCount(1).verifyComplete();

		assertThat(this.chat.conversation()).isEqualTo(before);
		assertThat(this.chat.prompt("Two").text()).isEqualTo("re: Two");
	}

	@Test
	void streamCompletesAfterTheTurnIsStored() {
		Mono<Integer> size = this.chat.conversationAsync().map((conversation) -> conversation.turns().size());
		Flux<Integer> sizes = this.chat.prompt("One").stream().concatMap((event) -> size).concatWith(size);

		StepVerifier.create(sizes).expectNext(0, 0, 1).verifyComplete();
	}

	@Test
	void turnsOfManyThreadsRunOneAfterTheOther() {
		this.server.delay(Duration.ofMillis(5));
		List<Mono<String>> turns = IntStream.range(0, 20)
			.mapToObj((number) -> (number % 2 == 0) ? this.chat.prompt("t" + number).textAsync()
					: this.chat.prompt("t" + number).streamText().collectList().map((texts) -> String.join("", texts)))
			.toList();
		List<String> answers = Flux.merge(turns).collectList().block(Duration.ofSeconds(30));

		assertThat(answers).hasSize(20);
		assertThat(this.chat.conversation().turns()).hasSize(20)
			.extracting(Turn::earlierTurns)
			.containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
		assertThat(this.server.lastTexts()).matches("(t(\\d+)\\|re: t\\2\\|){19}t\\d+");
	}

	@Test
	void concurrentTurnsOfEveryKindDoNotBlockTheNextTurn() {
		List<Mono<?>> kept = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			kept.add(Mono.fromCallable(() -> this.chat.prompt("Call").text()).subscribeOn(Schedulers.boundedElastic()));
			kept.add(this.chat.prompt("Async").textAsync());
			kept.add(this.chat.prompt("Stream").streamText().then());
			kept.add(this.chat.prompt().textAsync().onErrorComplete());
			this.chat.prompt("Never subscribed").streamText();
			this.chat.prompt("Left").streamText().subscribeWith(withoutDemand()).dispose();
			this.chat.prompt("Broken").streamText().subscribe((text) -> {
				throw new IllegalStateException();
			}, (ex) -> {
			});
		}
		Mono.when(kept).block(Duration.ofSeconds(30));

		assertThat(this.chat.conversation().turns()).hasSize(24)
			.noneMatch((turn) -> turn.contents().get(0).text().matches("Left|Broken|Never.*"));
		assertThat(this.chat.prompt("After").textAsync().block(Duration.ofSeconds(30))).isEqualTo("re: After");
	}

	// Without demand, the turn cannot complete before it is cancelled.
	private static BaseSubscriber<String> withoutDemand() {
		return new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
			}

		};
	}

	@Test
	void turnThatIsCancelledWhileItWaitsIsNeverSent() {
		this.server.hold();
		Mono<String> first = this.chat.prompt("One").textAsync().cache();
		first.subscribe();
		this.chat.prompt("Waits").textAsync().subscribe().dispose();
		CompletableFuture<String> third = this.chat.prompt("Three").textAsync().toFuture();
		this.server.release();

		assertThat(third.join()).isEqualTo("re: Three");
		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Three");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void cancelOfARunningTurnLetsTheNextOneRun() {
		this.server.answer(new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
		var running = this.chat.prompt("Hangs").textAsync().subscribe();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.requests().size() == 1);
		List<String> answers = new ArrayList<>();
		this.chat.prompt("Next").textAsync().subscribe(answers::add);
		running.dispose();

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(answers).containsExactly("re: Next"));
	}

	@Test
	void eachCallAndEachSubscriptionIsATurn() {
		PromptSpec prompt = this.chat.prompt("Again");
		prompt.text();
		Mono<String> text = prompt.textAsync();
		assertThat(this.chat.conversation().turns()).hasSize(1);
		text.block();
		text.block();

		assertThat(this.chat.conversation().turns()).hasSize(3);
	}

	@Test
	void blockingTurnOnAnEventLoopFailsAtOnce() {
		Mono<String> turn = Mono.fromCallable(() -> this.chat.prompt("One").text()).subscribeOn(Schedulers.parallel());

		assertThatIllegalStateException().isThrownBy(turn::block).withMessageContaining("textAsync()");
	}

	@Test
	void conversationInMemoryMayBeReadOnAnEventLoop() {
		this.chat.prompt("One").text();
		Mono<Integer> turns = Mono
			.fromCallable(
					() -> this.chat.conversation().turns().size() + this.chat.fork().conversation().turns().size())
			.subscribeOn(Schedulers.parallel());
		Mono<Boolean> clear = Mono.fromCallable(() -> {
			this.chat.clear();
			return true;
		}).subscribeOn(Schedulers.parallel());

		assertThat(turns.block()).isEqualTo(2);
		assertThatIllegalStateException().isThrownBy(clear::block).withMessageContaining("clearAsync()");
	}

}
