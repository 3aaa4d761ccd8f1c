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

package com.cometapi.gemini.test.readme;

import java.time.Duration;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.cache.GeminiCacheFilter;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the examples of the page on costs, with properties only.
 */
@SpringBootTest(properties = { "cometapi.gemini.prices.[gemini-3.5-flash].input=0.30",
		"cometapi.gemini.prices.[gemini-3.5-flash].cached=0.03",
		"cometapi.gemini.prices.[gemini-3.5-flash].output=2.50", "cometapi.gemini.budgets.tenants.per=tenant",
		"cometapi.gemini.budgets.tenants.limit=5.00", "cometapi.gemini.budgets.tenants.limits.poor=0.000001",
		"cometapi.gemini.cache.name=gemini", "cometapi.gemini.cache.timeout=30s" })
@AutoConfigureGeminiSimulator
class CostDocsTests {

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiChats chats;

	@Autowired
	private GeminiCacheFilter cache;

	@Autowired
	private CacheManager cacheManager;

	@Autowired
	private GeminiSimulator simulator;

	@Test
	void responsesAndTurnsHaveACost() {
		assertThat(CostRecipes.call(this.gemini)).isPositive();
		assertThat(CostRecipes.turn(this.gemini)).isPositive();
	}

	@Test
	void chatsStoreTheCostOfEachTurn() {
		GeminiChat chat = this.chats.chat("costs");
		chat.prompt("Hello").text();
		assertThat(chat.conversation().turns()).singleElement()
			.satisfies((turn) -> assertThat(turn.totalCost()).isPositive());
	}

	@Test
	void tenantsHaveABudgetEach() {
		assertThat(CostRecipes.tenant(this.gemini, "rich")).doesNotContain("used up");
		assertThat(CostRecipes.tenant(this.gemini, "poor")).startsWith("Your budget of 0.000001 is used up until 2");
	}

	@Test
	void cachedResponseIsReturnedWithoutACall() {
		this.simulator.next().text("first");
		this.simulator.next().text("second");
		assertThat(CostRecipes.cached(this.gemini)).isEqualTo("first");
		ConcurrentMapCacheManager caches = (ConcurrentMapCacheManager) this.cacheManager;
		await().atMost(Duration.ofSeconds(30))
			.until(() -> !((Map<?, ?>) caches.getCache("gemini").getNativeCache()).isEmpty());
		assertThat(CostRecipes.cached(this.gemini)).isEqualTo("first");
		assertThat(this.cache.statistics().savedCost()).isPositive();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class CacheConfiguration {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("gemini");
		}

	}

}
