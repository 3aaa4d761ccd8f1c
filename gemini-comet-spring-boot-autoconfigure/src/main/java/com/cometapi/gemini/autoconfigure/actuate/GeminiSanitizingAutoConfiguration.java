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

package com.cometapi.gemini.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link SanitizingFunction}
 * that hides API keys and passwords.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class GeminiSanitizingAutoConfiguration {

	GeminiSanitizingAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "geminiSanitizingFunction")
	SanitizingFunction geminiSanitizingFunction(Environment environment) {
		GeminiSecrets secrets = GeminiSecrets.of(environment);
		return SanitizingFunction.sanitizeValue().ifMatches(secrets::occurIn);
	}

}
