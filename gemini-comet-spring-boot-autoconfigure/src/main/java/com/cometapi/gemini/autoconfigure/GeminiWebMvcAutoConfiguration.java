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

import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.GeminiProblemDetails;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.GeminiSseEmitters;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiSseEmitters} and
 * the problem details of Spring MVC.
 */
@AutoConfiguration(after = GeminiWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(SseEmitter.class)
@ConditionalOnBean({ GeminiServerSentEvents.class, GeminiProperties.class })
public final class GeminiWebMvcAutoConfiguration {

	GeminiWebMvcAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiSseEmitters geminiSseEmitters(GeminiServerSentEvents events, ObjectProvider<GeminiThreads> threads) {
		return new GeminiSseEmitters(events, threads.getIfAvailable(GeminiThreads::shared));
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "cometapi.gemini.problem-details.enabled", matchIfMissing = true)
	ProblemDetailsAdvice.WebMvc geminiProblemDetailsAdvice(GeminiProblemDetails problemDetails) {
		return new ProblemDetailsAdvice.WebMvc(problemDetails);
	}

	/**
	 * Beans for the embedded Tomcat only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> geminiTomcatCustomizer() {
			return (factory) -> factory.addEngineValves(new TomcatConnectionCloseValve());
		}

	}

}
