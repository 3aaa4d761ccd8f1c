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

package com.cometapi.gemini.benchmarks;

import java.util.Arrays;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiOperations;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Two Spring Boot applications with this library: one with HTTP/1.1, one with HTTP/2.
 *
 * @param first the one with HTTP/1.1
 * @param second the one with HTTP/2
 */
record SoakApplications(ConfigurableApplicationContext first,
		ConfigurableApplicationContext second) implements AutoCloseable {

	private static final String[] PROPERTIES = { "logging.level.reactor.netty=off",
			"logging.level.io.netty.handler.codec.http2=warn", "cometapi.gemini.first-event-timeout=2m",
			"cometapi.gemini.idle-timeout=2m", "cometapi.gemini.retry.max-attempts=2",
			"cometapi.gemini.retry.initial-delay=50ms", "cometapi.gemini.pool.max-idle-time=3s",
			"cometapi.gemini.pool.max-life-time=20s", "cometapi.gemini.pool.evict-in-background=1s" };

	GeminiOperations plain() {
		return this.first.getBean(GeminiOperations.class);
	}

	GeminiOperations http2() {
		return this.second.getBean(GeminiOperations.class);
	}

	@Override
	public void close() {
		this.first.close();
		this.second.close();
	}

	static SoakApplications start(Endpoint endpoint, PoolGauges pools) {
		return new SoakApplications(
				start(pools, CometHttp2Contender.properties(endpoint), "cometapi.gemini.http2=false",
						"cometapi.gemini.base-url=" + endpoint.uri()),
				start(pools, CometHttp2Contender.properties(endpoint)));
	}

	private static ConfigurableApplicationContext start(PoolGauges pools, String[] properties, String... more) {
		return new SpringApplicationBuilder(CometHttp2Contender.Application.class).web(WebApplicationType.NONE)
			.initializers((GenericApplicationContext context) -> context.registerBean(PoolGauges.class, () -> pools))
			.properties(Stream.of(properties, PROPERTIES, more).flatMap(Arrays::stream).toArray(String[]::new))
			.run();
	}

}
