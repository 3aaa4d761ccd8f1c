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

package com.cometapi.gemini.sample.aot;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.sample.chat.ChatApplication;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The sample with everything that the properties of the library can switch on, for tests
 * of ahead-of-time processing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ ChatApplication.class, AotApplication.Controller.class })
public class AotApplication {

	/**
	 * Properties for the processing and for the start.
	 */
	public static final String[] PROPERTIES = { "--cometapi.gemini.cache.name=responses",
			"--cometapi.gemini.connections.second.model=gemini-3.1-pro-preview",
			"--cometapi.gemini.fallback[0].connection=second", "--cometapi.gemini.limits.concurrent-calls=10",
			"--cometapi.gemini.limits.connections.second.requests-per-minute=1000",
			"--cometapi.gemini.limits.models.[gemini-3.5-flash].tokens-per-minute=1000000",
			"--cometapi.gemini.prices.[*].input=0.3", "--cometapi.gemini.prices.[*].output=2.5",
			"--cometapi.gemini.budgets.all.limit=10", "--cometapi.gemini.budgets.all.period=day",
			"--cometapi.gemini.retry.initial-delay=1ms" };

	/**
	 * Start the application.
	 * @param args the arguments of the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(AotApplication.class, args);
	}

	@Bean
	CacheManager cacheManager() {
		return new ConcurrentMapCacheManager("responses");
	}

	@RestController
	static class Controller {

		private final GeminiOperations gemini;

		private final GeminiOperations second;

		Controller(GeminiOperations gemini, @Qualifier("second") GeminiOperations second) {
			this.gemini = gemini;
			this.second = second;
		}

		@GetMapping("/api/ask")
		String ask(@RequestParam String model) {
			return this.gemini.prompt("Hi").model(model).cacheResponse(true).text();
		}

		@GetMapping("/api/second")
		String second() {
			return this.second.prompt("Hi").text();
		}

	}

}
