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

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Tests for {@link ProblemDetailsAdvice} in Spring MVC on Tomcat.
 */
class MvcProblemDetailsTests extends AbstractProblemDetailsTests {

	MvcProblemDetailsTests() {
		super(WebApplicationType.SERVLET, MvcConfiguration.class, ProblemDetailsApplication.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class MvcConfiguration {

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
