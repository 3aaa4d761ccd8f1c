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

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;

/**
 * Tests for {@link ProblemDetailsAdvice} in Spring WebFlux on Netty.
 */
class WebFluxProblemDetailsTests extends AbstractProblemDetailsTests {

	WebFluxProblemDetailsTests() {
		super(WebApplicationType.REACTIVE, NettyConfiguration.class, ProblemDetailsApplication.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class NettyConfiguration implements WebFluxConfigurer {

		// The handlers block
		@Override
		public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
			configurer.setExecutor(new SimpleAsyncTaskExecutor());
		}

		// The context that is closed first would stop the event loops of the others
		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProblemDetailsApplication extends ErrorMessagesApplication {

		@Bean
		ApplicationAdvice applicationAdvice() {
			return new ApplicationAdvice();
		}

	}

	@ControllerAdvice
	static class ApplicationAdvice extends ResponseEntityExceptionHandler {

	}

}
