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

package com.cometapi.gemini.autoconfigure;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications with lazy initialization and with virtual threads.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationModesTests {

	private static final int VIRTUAL_THREADS = 21;

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@ParameterizedTest
	@CsvSource({ "false,false", "true,false", "false,true", "true,true" })
	void everythingWorksWithLazyInitializationAndVirtualThreads(boolean lazy, boolean virtual, CapturedOutput output) {
		respond("{\"functionCall\":{\"name\":\"thread\"}}");
		respond("{\"text\":\"Hello\"}");
		respond("{\"text\":\"Hello again\"}");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApplication.class)
			.web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--spring.main.lazy-initialization=" + lazy,
					"--spring.threads.virtual.enabled=" + virtual, "--cometapi.gemini.api-key=sk-test",
					"--cometapi.gemini.modle=gemini-3.5-flash", "--cometapi.gemini.base-url=" + this.server.url())) {
			ThreadFunctions functions = new ThreadFunctions();

			assertThat(context.getBean(GeminiOperations.class).prompt("Hi").functionsOf(functions).text())
				.isEqualTo("Hello");
			assertThat(context.getBean(GeminiChats.class).chat("a").prompt("Hi").text()).isEqualTo("Hello again");

			boolean expected = virtual && Runtime.version().feature() >= VIRTUAL_THREADS;
			assertThat(functions.thread.toString().startsWith("VirtualThread")).isEqualTo(expected);
			assertThat(output).contains("The property 'cometapi.gemini.modle'");
		}
	}

	private void respond(String part) {
		this.server.answer(new MockResponse.Builder().setHeader("Content-Type", "application/json")
			.body("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + part
					+ "]},\"finishReason\":\"STOP\"}]}")
			.build());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TestApplication {

	}

	public static class ThreadFunctions {

		private volatile Thread thread;

		@GeminiFunction(description = "Remember the thread")
		public String thread() {
			this.thread = Thread.currentThread();
			return "ok";
		}

	}

}
