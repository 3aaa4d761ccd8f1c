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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.error.GeminiRateLimitException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ClassPathResource;

/**
 * Our sides of the pages for those who move from another library.
 */
final class MovingRecipes {

	private MovingRecipes() {
	}

	static String call(GeminiOperations gemini) {
		String text = gemini.prompt("Hello!").text();
		return text;
	}

	static Flux<String> stream(GeminiOperations gemini) {
		Flux<String> pieces = gemini.prompt("Hello!").streamText();
		return pieces;
	}

	static String options(GeminiOperations gemini) {
		String text = gemini.prompt("Who won the euro 2024?")
			.model("gemini-3.5-flash")
			.system("Be brief.")
			.temperature(0.2)
			.thinkingLevel(ThinkingLevel.LOW)
			.googleSearch()
			.text();
		return text;
	}

	static String media(GeminiOperations gemini) {
		String text = gemini.prompt("What is on this picture?").media(new ClassPathResource("cat.png")).text();
		return text;
	}

	static Planet entity(GeminiOperations gemini) {
		Planet planet = gemini.prompt("Name a planet").entity(Planet.class);
		return planet;
	}

	static String functions(GeminiOperations gemini, WeatherFunctions weatherFunctions) {
		String text = gemini.prompt("Weather in Paris?")
			.functionsOf(weatherFunctions)
			.functionContext("user", "jo")
			.text();
		return text;
	}

	static String chat(GeminiOperations gemini) {
		GeminiChat chat = GeminiChat.create(gemini);
		String first = chat.prompt("What is 2+2?").text();
		String second = chat.prompt("And twice as much?").text();
		return first + second;
	}

	static String stored(GeminiChats chats) {
		String text = chats.chat("a").prompt("And twice as much?").text();
		return text;
	}

	static @Nullable Duration errors(GeminiOperations gemini) {
		Duration wait = null;
		try {
			gemini.prompt("Hello!").text();
		}
		catch (GeminiRateLimitException ex) {
			wait = ex.getRetryAfter();
		}
		return wait;
	}

	record Planet(String name) {

	}

}
