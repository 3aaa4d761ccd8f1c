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

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of the pages in docs that are not in the README too.
 */
@SpringBootTest(properties = "cometapi.gemini.retry.max-attempts=1")
@AutoConfigureGeminiSimulator
class DocsTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

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
	void anotherModelRespondsWhenTheFirstOneFails() {
		GeminiTemplate fallback = new GeminiTemplate(this.client.withFilters(new FallbackFilter()),
				GeminiDefaults.of("gemini-3.5-flash"));
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

}
