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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.web.GeminiSseEmitters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the connections and threads that an application has right after its start, in
 * a JVM of its own.
 */
@Tag("slow")
class StartTests {

	@Test
	void startMakesNoConnectionAndNoThread(@TempDir Path folder) throws Exception {
		Path report = folder.resolve("report");
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		try (ServerSocketChannel endpoint = ServerSocketChannel.open().bind(address)) {
			endpoint.configureBlocking(false);
			int port = ((InetSocketAddress) endpoint.getLocalAddress()).getPort();
			ForkedJvm.run(Application.class, folder, (entry) -> true, List.of("-XX:+UseSerialGC"), report.toString(),
					"--server.port=0", "--cometapi.gemini.api-key=sk-test",
					"--cometapi.gemini.base-url=http://127.0.0.1:" + port);
			assertThat(Files.readAllLines(report)).contains("main")
				.noneMatch((name) -> name.startsWith("gemini") || name.startsWith("reactor")
						|| name.startsWith("parallel") || name.startsWith("boundedElastic"));
			assertThat(endpoint.accept()).isNull();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] args) throws IOException {
			try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
				context.getBean(GeminiTemplate.class);
				context.getBean(GeminiFunctions.class);
				context.getBean(GeminiChats.class).chat("a");
				context.getBean(GeminiSseEmitters.class);
				Files.write(Path.of(args[0]),
						Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList());
			}
		}

	}

}
