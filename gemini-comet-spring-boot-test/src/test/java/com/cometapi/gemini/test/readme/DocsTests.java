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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.TurnAdvisor;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.GeminiDemoModeAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the examples of the pages in docs that are not in the README too.
 */
@SpringBootTest(properties = "cometapi.gemini.retry.max-attempts=1")
@AutoConfigureGeminiSimulator
class DocsTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiClient client;

	@Autowired
	private GeminiChats chats;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private WeatherFunctions weatherFunctions;

	@Autowired
	private Planets planets;

	@Autowired
	private CityClock clock;

	@Autowired
	private Tutor tutor;

	@Autowired
	private Painter painter;

	@Test
	void recipesOfTheFirstPageRespond(@TempDir Path directory) {
		assertThat(this.planets.list()).isNotEmpty();
		assertThat(this.clock.ask("What time is it in Tokyo?")).isNotEmpty();
		assertThat(this.tutor.answer("docs", "What is 2+2?")).isNotEmpty();
		Path file = directory.resolve("comet.png");
		this.painter.paint("A comet over the sea", file);
		assertThat(file).isNotEmptyFile();
	}

	@Test
	void everyExampleForThoseWhoMoveResponds() {
		assertThat(MovingRecipes.call(this.gemini)).isNotEmpty();
		assertThat(MovingRecipes.stream(this.gemini).collectList().block()).isNotEmpty();
		assertThat(MovingRecipes.options(this.gemini)).isNotEmpty();
		assertThat(MovingRecipes.media(this.gemini)).isNotEmpty();
		assertThat(MovingRecipes.entity(this.gemini)).isNotNull();
		assertThat(MovingRecipes.functions(this.gemini, this.weatherFunctions)).isNotEmpty();
		assertThat(MovingRecipes.chat(this.gemini)).isNotEmpty();
		assertThat(MovingRecipes.stored(this.chats)).isNotEmpty();
		this.simulator.next().error(429).retryAfter(Duration.ofSeconds(7));
		assertThat(MovingRecipes.errors(this.gemini)).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void asksWithoutBoot() {
		this.simulator.next().text("It learns from data.");
		assertThat(WithoutBootRecipes.ask(this.simulator.getApiKey(), this.simulator.getBaseUrl()))
			.isEqualTo("It learns from data.");
	}

	@Test
	void demoModeHasPreparedResponses() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GeminiDemoModeAutoConfiguration.class, GeminiAutoConfiguration.class))
			.withUserConfiguration(DemoConfiguration.class)
			.withPropertyValues("COMETAPI_KEY=", "cometapi.gemini.simulator.enabled=true")
			.run((context) -> assertThat(context.getBean(GeminiTemplate.class).prompt("How is the weather?").text())
				.isEqualTo("It is sunny, as always in a demo."));
	}

	@Test
	void auditLogHasALineForEachCall() {
		List<String> log = new CopyOnWriteArrayList<>();
		GeminiTemplate audited = filtered(new AuditLogFilter(log::add));
		audited.prompt("Hello").text();
		audited.prompt("Hello").streamText().blockLast();
		this.simulator.next().error(503);
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> audited.prompt("Hello").text());

		assertThat(log).hasSize(3).allSatisfy((line) -> assertThat(line).startsWith("gemini-3.5-flash"));
		assertThat(log.subList(0, 2)).allSatisfy((line) -> assertThat(line).matches(".*: \\d+ tokens"));
		assertThat(log.get(2)).contains(" failed: ", "503");
	}

	@Test
	void filterSetsTheBudgetKeyOfEachCall() {
		AtomicReference<GeminiCallOptions> options = new AtomicReference<>();
		GeminiExchangeFilter seen = (exchange, next) -> {
			options.set(exchange.options());
			return next.exchange(exchange);
		};
		new GeminiTemplate(this.client.withFilters(new TenantBudgetKeyFilter(() -> "acme"), seen),
				GeminiDefaults.of("gemini-3.5-flash"))
			.prompt("Hello")
			.text();
		assertThat(options.get().budgetKeys()).containsExactly(Map.entry("tenant", "acme"));
	}

	@Test
	void retrievedContextIsSentAndNotStored() {
		TurnAdvisor retrieval = new RetrievalAdvisor((query) -> Mono.just(List.of("A document on " + query)));
		GeminiChat chat = GeminiChat.create(this.gemini.withAdvisors(List.of(retrieval)));
		this.simulator.next().text("They have tails.");
		chat.prompt("comets").text();

		assertThat(this.simulator.takeRequest(WAIT).body())
			.contains("Answer from these documents:\\nA document on comets");
		assertThat(chat.conversation().toJson()).contains("comets", "tails").doesNotContain("document");
	}

	@Test
	void anotherModelRespondsWhenTheFirstOneFails() {
		GeminiTemplate fallback = filtered(new FallbackFilter());
		this.simulator.next().error(503);
		this.simulator.next().text("from the other");
		assertThat(fallback.prompt("Hello").text()).isEqualTo("from the other");
		assertThat(this.simulator.takeRequest(WAIT).path()).contains("gemini-3.5-flash:");
		assertThat(this.simulator.takeRequest(WAIT).path()).contains("gemini-3.1-flash-lite:");
	}

	@Test
	void applicationRunsWithoutAKey() {
		TestApplication.main(new String[] { "--server.port=0", "--spring.main.banner-mode=off" });
		try (ConfigurableApplicationContext context = LatestContext.take()) {
			assertThat(context.getBean(GeminiTemplate.class).prompt("Hello").text()).isNotEmpty();
		}
	}

	private GeminiTemplate filtered(GeminiExchangeFilter filter) {
		return new GeminiTemplate(this.client.withFilters(filter), GeminiDefaults.of("gemini-3.5-flash"));
	}

}
