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

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SharedThreads} in a JVM whose application has a class loader of its
 * own, as with DevTools.
 */
@Tag("slow")
class SharedThreadsTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	@Test
	void threadsThatOutliveTheApplicationDoNotKeepItsClassLoader(@TempDir Path folder) throws Exception {
		ForkedJvm.run(Application.class, folder, (entry) -> true, List.of(), this.server.url().toString());
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] args) throws Exception {
			ClassLoader library = Application.class.getClassLoader();
			try (URLClassLoader replaced = new URLClassLoader(new URL[0], library)) {
				Thread.currentThread().setContextClassLoader(replaced);
				try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.resourceLoader(new DefaultResourceLoader(replaced))
					.properties("cometapi.gemini.api-key=sk-test-0123456789", "cometapi.gemini.base-url=" + args[0],
							"cometapi.gemini.pool.evict-in-background=10ms", "spring.main.web-application-type=none")
					.run()) {
					GeminiOperations gemini = context.getBean(GeminiOperations.class);
					for (int i = 0; i < 3; i++) {
						assertThat(gemini.prompt("Hi").text()).isEqualTo("re: Hi");
					}
					for (String name : List.of("parallel-", "reactor-netty-pool-maintenance-")) {
						Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !threads(name).isEmpty());
						assertThat(threads(name)).extracting(Thread::getContextClassLoader).containsOnly(library);
					}
				}
			}
		}

		private static List<Thread> threads(String name) {
			return Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith(name))
				.toList();
		}

	}

}
