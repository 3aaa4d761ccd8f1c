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

package com.cometapi.gemini.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Base class for tests with a running server whose streams the tests control.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractServerTests {

	static final Duration SLOW = Duration.ofMinutes(1);

	static final Duration FAST = Duration.ofMillis(300);

	// Less than the slow heartbeat, and no claim about how fast a machine is.
	static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Map<String, ResponseSource> sources = new ConcurrentHashMap<>();

	private static final AtomicInteger names = new AtomicInteger();

	private final Class<?> application;

	private final WebApplicationType type;

	private final String[] properties;

	private ConfigurableApplicationContext context;

	/**
	 * Create the tests of an application. Its {@code /slow?source=…} and
	 * {@code /fast?source=…} are streams with a heartbeat of {@link #SLOW} and
	 * {@link #FAST}.
	 */
	AbstractServerTests(Class<?> application, WebApplicationType type, String... properties) {
		this.application = application;
		this.type = type;
		this.properties = properties;
	}

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(this.application).web(this.type)
			.properties("server.port=0", "cometapi.gemini.enabled=false", "spring.main.banner-mode=off",
					// Must not change what the browser gets
					"spring.jackson.property-naming-strategy=SNAKE_CASE",
					"spring.jackson.default-property-inclusion=always")
			.properties(this.properties)
			.run();
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	final RawBrowser open(String heartbeat, ResponseSource source) throws IOException {
		return RawBrowser.open(port(), uri(heartbeat, source));
	}

	final String uri(String heartbeat, ResponseSource source) {
		return "/" + heartbeat + "?source=" + register(source);
	}

	final int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	static Flux<GenerateContentResponse> responses(String name) {
		return sources.get(name).flux();
	}

	static String register(ResponseSource source) {
		String name = "s" + names.incrementAndGet();
		sources.put(name, source);
		return name;
	}

	static void awaitStandstill(LongSupplier number) {
		AtomicLong last = new AtomicLong(-1);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.during(Duration.ofMillis(500))
			.until(() -> last.getAndSet(number.getAsLong()) == last.get());
	}

	static void await(Duration limit, BooleanSupplier condition) {
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.pollInterval(Duration.ofMillis(5))
			.atMost(limit)
			.until(condition::getAsBoolean);
	}

}
