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

package com.cometapi.gemini.test.starter;

import java.util.List;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.function.annotation.GeminiFunction;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the starter and nothing else, which prints the responses.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StarterOnlyApplication {

	/**
	 * Start the application, send the prompts and end.
	 * @param args the arguments of the command line
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(StarterOnlyApplication.class, args)) {
			GeminiOperations gemini = context.getBean(GeminiOperations.class);
			System.out.println("text: " + gemini.prompt("One").text());
			System.out.println("stream: " + String.join("", gemini.prompt("Two").streamText().collectList().block()));
			System.out.println("entity: " + gemini.prompt("Three").entity(Planet.class));
			System.out.println("function: " + gemini.prompt("Four").functionNames("weather").text());
		}
	}

	@Bean
	Weather weather() {
		return new Weather();
	}

	record Planet(String name, List<String> moons) {

	}

	static class Weather {

		@GeminiFunction(description = "Current weather in a city")
		String weather(String city) {
			return "sunny in " + city;
		}

	}

}
