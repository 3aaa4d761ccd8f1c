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

package com.cometapi.gemini.cache;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.cost.GeminiCostFilter;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.ModelPrice;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.UsageResponses;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.cache.Cache;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GeminiCacheFilter}, whatever the cache.
 */
abstract class AbstractGeminiCacheFilterTests {

	private static final GeminiPrices PRICES = GeminiPrices
		.of(Map.of("gemini-3.5-flash", ModelPrice.of(new BigDecimal("1"), new BigDecimal("10"))));

	@AutoClose
	final GeminiServer server = new GeminiServer();

	private CountingCache cache;

	private GeminiCacheFilter filter;

	private GeminiTemplate gemini;

	/**
	 * Return an empty cache.
	 */
	protected abstract Cache cache();

	@BeforeEach
	void createFilter() {
		this.cache = new CountingCache(cache());
		this.filter = filter().build();
		this.gemini = template(this.filter);
	}

	private GeminiCacheFilter.Builder filter() {
		return GeminiCacheFilter.builder(this.cache).timeout(Duration.ofSeconds(30));
	}

	private GeminiTemplate template(GeminiExchangeFilter... filters) {
		List<GeminiExchangeFilter> all = new ArrayList<>(List.of(filters));
		all.add(new GeminiCostFilter(PRICES, new GeminiCosts()));
		return this.server.template(all.toArray(GeminiExchangeFilter[]::new));
	}

	private PromptSpec prompt(String text) {
		return this.gemini.prompt(text).cacheResponse(true);
	}

	private void awaitStored(int count) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(this.cache.stored()).isEqualTo(count));
	}

	@Test
	void repeatedCallIsServedFromTheCache() {
		this.server.answer(UsageResponses.text("One", 100, 20));
		GenerateContentResponse first = prompt("Hi").call();
		awaitStored(1);
		GenerateContentResponse second = prompt("Hi").call();
		assertThat(this.server.requestCount()).isOne();
		assertThat(first.origin())
			.isEqualTo(ResponseOrigin.ofModel("default", "gemini-3.5-flash").withCost(new BigDecimal("0.000300")));
		assertThat(second.origin()).isEqualTo(
				new ResponseOrigin(ResponseOrigin.Kind.CACHE, "default", "gemini-3.5-flash", false, BigDecimal.ZERO));
		assertThat(second.toBuilder().origin(first.origin()).build()).isEqualTo(first);
		assertThat(this.filter.statistics().hits()).isOne();
		assertThat(this.filter.statistics().misses()).isOne();
		assertThat(this.filter.statistics().savedCost()).isEqualByComparingTo("0.0003");
	}

	@Test
	void timeoutMayExceedTheRangeOfNanoseconds() {
		this.server.reply((text) -> "re");
		this.gemini = template(filter().timeout(ChronoUnit.FOREVER.getDuration()).build());
		prompt("Hi").call();
		awaitStored(1);
		prompt("Hi").call();
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void repeatedStreamHasTheSameEvents() {
		this.server.answerFile("thinking.sse");
		List<GenerateContentResponse> first = prompt("Hi").stream().collectList().block();
		awaitStored(1);
		List<GenerateContentResponse> second = prompt("Hi").stream().collectList().block();
		assertThat(second).hasSameSizeAs(first).hasSizeGreaterThan(1);
		for (int i = 0; i < first.size(); i++) {
			assertThat(second.get(i).origin().kind()).isEqualTo(ResponseOrigin.Kind.CACHE);
			assertThat(second.get(i).toBuilder().origin(first.get(i).origin()).build()).isEqualTo(first.get(i));
		}
		assertThat(prompt("Hi").call().text()).isEqualTo(text(first));
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void callWhoseResponseAStreamHasStoredHasOneEventForTheFiltersOutside() {
		List<GenerateContentResponse> seen = new ArrayList<>();
		this.gemini = template((exchange, next) -> next.exchange(exchange).doOnNext(seen::add), this.filter);
		this.server.answerFile("thinking.sse");
		List<GenerateContentResponse> streamed = prompt("Hi").stream().collectList().block();
		awaitStored(1);
		seen.clear();
		GenerateContentResponse response = prompt("Hi").call();
		assertThat(response.text()).isEqualTo(text(streamed));
		assertThat(seen).containsExactly(response);
	}

	private static String text(List<GenerateContentResponse> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append(event.text()));
		return text.toString();
	}

	@Test
	void differentRequestsModelsAndSettingsAreDifferentEntries() {
		this.server.reply((text) -> "re");
		prompt("A").call();
		prompt("B").call();
		prompt("A").model("gemini-3.1-pro-preview").call();
		prompt("A").temperature(0.5).call();
		awaitStored(4);
		assertThat(this.server.requestCount()).isEqualTo(4);
	}

	@Test
	void callsUseTheCacheOnlyIfEnabled() {
		this.server.reply((text) -> "re");
		this.gemini.prompt("Hi").call();
		this.gemini.prompt("Hi").cacheResponse(false).call();
		assertThat(this.cache.loaded()).isZero();
		this.gemini = template(filter().byDefault(true).build());
		this.gemini.prompt("Hi").call();
		awaitStored(1);
		this.gemini.prompt("Hi").call();
		this.gemini.prompt("Hi").cacheResponse(false).call();
		assertThat(this.server.requestCount()).isEqualTo(4);
	}

	@Test
	void callsWithFunctionsKeysHeadersOrSinksDoNotUseTheCache() {
		this.server.reply((text) -> "re");
		prompt("Hi").functions(GeminiFunctionCallback.of("f", "A test", () -> 1)).call();
		prompt("Hi").functions(GeminiFunctionCallback.of("f", "A test", () -> 1)).stream().blockLast();
		prompt("Hi").apiKey("sk-other").call();
		prompt("Hi").header("x-tenant", "a").call();
		PromptSpec toSink = prompt("Hi").mediaSink((mimeType) -> OutputStream.nullOutputStream());
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(toSink::call);
		assertThat(this.cache.loaded()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "MAX_TOKENS", "SAFETY", "OTHER" })
	void responseThatDidNotEndWellIsNotStored(String finishReason) {
		this.server.answer(GeminiServer.textResponse("A", finishReason)).answerText("B");
		prompt("Hi").call();
		prompt("Hi").call();
		awaitStored(1);
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Test
	void cancelledAndCutStreamsAreNotStored() {
		this.server.answerTextEvents("A", "B")
			.answerEvents(GeminiServer.textResponse("A", null))
			.answerTextEvents("A", "B");
		StepVerifier.create(prompt("Hi").stream(), 1).expectNextCount(1).thenCancel().verify();
		StepVerifier.create(prompt("Hi").stream()).expectNextCount(1).verifyError();
		prompt("Hi").stream().blockLast();
		awaitStored(1);
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@Test
	void responseOfAnotherModelIsNotStored() {
		this.server.answerText("A").answerText("B");
		GeminiExchangeFilter fallback = (exchange, next) -> next.exchange(exchange.withModel("gemini-other"));
		this.gemini = template(this.filter, fallback);
		prompt("Hi").call();
		this.gemini = template(this.filter);
		assertThat(prompt("Hi").call().text()).isEqualTo("B");
	}

	@Test
	void largeResponseIsNotStored() {
		this.gemini = template(filter().maxSize(DataSize.ofBytes(2000)).build());
		this.server.answerTextEvents("a".repeat(1500), "b".repeat(1500)).answerText("c");
		prompt("Large").stream().blockLast();
		prompt("Small").call();
		awaitStored(1);
	}

	@Test
	void failedCacheCountsAsEmpty() {
		this.server.reply((text) -> "re");
		this.cache.fail();
		assertThat(prompt("Hi").call().text()).isEqualTo("re");
		assertThat(prompt("Hi").stream().collectList().block()).hasSize(2);
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Test
	void foreignValueCountsAsEmpty() {
		this.server.answerText("A").answerText("B");
		GeminiExchangeFilter clutter = (exchange, next) -> {
			this.cache.put(CacheKey.of(exchange), "{\"format\":0}".getBytes());
			return next.exchange(exchange);
		};
		this.gemini = template(clutter, this.filter);
		assertThat(prompt("Hi").call().text()).isEqualTo("A");
	}

	@Test
	void keyDependsOnContentAndNotOnTheOrderOfMembers() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("b", "1");
		members.put("a", "2");
		GeminiExchange exchange = exchange(members);
		assertThat(CacheKey.of(exchange)).hasSize(64)
			.isEqualTo(CacheKey.of(exchange(new TreeMap<>(members))))
			.isNotEqualTo(CacheKey.of(exchange(Map.of("a", "2", "b", "3"))))
			.isNotEqualTo(CacheKey.of(exchange.withConnection("other")))
			.isNotEqualTo(CacheKey.of(exchange.withModel("other")));
	}

	private GeminiExchange exchange(Map<String, Object> members) {
		List<GeminiExchange> exchanges = new ArrayList<>();
		this.server.template((exchange, next) -> {
			exchanges.add(exchange);
			return Flux.just(GenerateContentResponse.builder().build());
		}).prompt("Hi").request((request) -> request.additional(members)).call();
		return exchanges.get(0);
	}

}
