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

import java.time.Duration;

import com.cometapi.gemini.web.GeminiErrorEventMapper;
import com.cometapi.gemini.web.GeminiEventStreamFilter;
import com.cometapi.gemini.web.GeminiProblemDetails;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.resume.GeminiStreams;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiServerSentEvents}
 * and {@link GeminiProblemDetails}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBean(GeminiJsonMapperHolder.class)
public final class GeminiWebAutoConfiguration {

	private static final Duration MAX_DEFAULT_LEAD_TIME = Duration.ofSeconds(5);

	GeminiWebAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiServerSentEvents geminiServerSentEvents(GeminiProperties properties, GeminiJsonMapperHolder wireMapper,
			ObjectProvider<GeminiErrorEventMapper> errorMapper, ObjectProvider<JsonMapper> jsonMapper,
			GeminiSseShutdownLifecycle shutdown, ObjectProvider<GeminiStreams> streams) {
		Duration heartbeatInterval = PropertyChecks.positive("cometapi.gemini.sse.heartbeat-interval",
				properties.sse().heartbeatInterval());
		GeminiServerSentEvents events = new GeminiServerSentEvents(wireMapper.jsonMapper(), heartbeatInterval,
				errorMapper.getIfAvailable(GeminiErrorEventMapper::standard))
			.withEntityMapper(jsonMapper.getIfUnique(JsonMapper::shared))
			.withTimeouts(PropertyChecks.positiveIfSet("cometapi.gemini.sse.timeout", properties.sse().timeout()),
					PropertyChecks.positive("cometapi.gemini.sse.write-timeout", properties.sse().writeTimeout()))
			.withShutdown(shutdown.signal());
		GeminiStreams available = streams.getIfAvailable();
		return (available != null) ? events.withStreams(available) : events;
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiProblemDetails geminiProblemDetails(ObjectProvider<GeminiErrorEventMapper> errorMapper) {
		return new GeminiProblemDetails(errorMapper.getIfAvailable(GeminiErrorEventMapper::standard));
	}

	@Bean
	GeminiSseShutdownLifecycle geminiStreamShutdown(GeminiProperties properties,
			ObjectProvider<LifecycleProperties> lifecycleProperties, Environment environment) {
		Duration phase = lifecycleProperties.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase();
		Duration set = PropertyChecks.positiveIfSet("cometapi.gemini.sse.shutdown-lead-time",
				properties.sse().shutdownLeadTime());
		Duration delay = phase.minus((set != null) ? set : defaultLeadTime(phase));
		boolean graceful = Binder.get(environment)
			.bind("server.shutdown", String.class)
			.map((shutdown) -> !shutdown.equalsIgnoreCase("immediate"))
			.orElse(true);
		return new GeminiSseShutdownLifecycle(delay.isNegative() ? Duration.ZERO : delay, graceful);
	}

	private static Duration defaultLeadTime(Duration phase) {
		Duration fifth = Duration.ofMillis(phase.toMillis() / 5);
		return (fifth.compareTo(MAX_DEFAULT_LEAD_TIME) < 0) ? fifth : MAX_DEFAULT_LEAD_TIME;
	}

	/**
	 * Beans for Spring WebFlux only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class WebFluxConfiguration {

		@Bean
		@ConditionalOnMissingBean
		GeminiEventStreamFilter geminiEventStreamFilter() {
			return new GeminiEventStreamFilter();
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "cometapi.gemini.problem-details.enabled", matchIfMissing = true)
		ProblemDetailsAdvice.WebFlux geminiProblemDetailsAdvice(GeminiProblemDetails problemDetails) {
			return new ProblemDetailsAdvice.WebFlux(problemDetails);
		}

	}

}
