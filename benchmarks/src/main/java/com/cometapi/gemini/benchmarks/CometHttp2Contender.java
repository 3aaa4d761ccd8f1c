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

import com.cometapi.gemini.GeminiTemplate;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * This library in a Spring Boot application with {@code cometapi.gemini.http2}.
 */
final class CometHttp2Contender extends CometContender {

	private final ConfigurableApplicationContext application;

	CometHttp2Contender(Endpoint server) {
		this(start(server));
	}

	private CometHttp2Contender(ConfigurableApplicationContext application) {
		super(application.getBean(GeminiTemplate.class));
		this.application = application;
	}

	private static ConfigurableApplicationContext start(Endpoint server) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties(server))
			.run();
	}

	static String[] properties(Endpoint server) {
		return new String[] { "spring.main.banner-mode=off", "spring.main.log-startup-info=false",
				"cometapi.gemini.base-url=" + server.secureUri(), "cometapi.gemini.api-key=" + Prompts.API_KEY,
				"cometapi.gemini.model=" + Prompts.UNARY, "cometapi.gemini.http2=true",
				"cometapi.gemini.pool.max-concurrent-streams=500",
				"cometapi.gemini.pool.pending-acquire-max-count=4000", "cometapi.gemini.ssl.bundle=server",
				"spring.ssl.bundle.jks.server.truststore.location=file:" + server.keyStore(),
				"spring.ssl.bundle.jks.server.truststore.type=PKCS12",
				"spring.ssl.bundle.jks.server.truststore.password=" + Endpoint.PASSWORD };
	}

	@Override
	public void close() {
		this.application.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
