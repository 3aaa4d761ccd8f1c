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

import com.cometapi.gemini.function.BeanFunctionResolver;
import com.cometapi.gemini.function.GeminiFunctionSettings;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.thread.GeminiThreads;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiFunctions}.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GeminiProperties.class)
public final class GeminiFunctionsAutoConfiguration {

	GeminiFunctionsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiThreads geminiThreads(GeminiProperties properties, Environment environment) {
		GeminiProperties.Threads threads = properties.threads();
		return GeminiThreads.builder()
			.functions(PropertyChecks.positive("cometapi.gemini.threads.functions", threads.functions()))
			.stores(PropertyChecks.positive("cometapi.gemini.threads.stores", threads.stores()))
			.media(PropertyChecks.positive("cometapi.gemini.threads.media", threads.media()))
			.filters(PropertyChecks.notNegative("cometapi.gemini.threads.filters", threads.filters()))
			.browsers(PropertyChecks.positive("cometapi.gemini.threads.browsers", threads.browsers()))
			.maxWait(PropertyChecks.positive("cometapi.gemini.threads.max-wait", threads.maxWait()))
			.virtual(Threading.VIRTUAL.isActive(environment))
			.build();
	}

	// Not lazy, so that the properties are checked at startup
	@Bean
	@ConditionalOnMissingBean
	GeminiFunctionSettings geminiFunctionSettings(GeminiProperties properties) {
		GeminiProperties.Functions functions = properties.functions();
		return GeminiFunctionSettings.DEFAULTS.toBuilder()
			.maxRounds(PropertyChecks.positive("cometapi.gemini.functions.max-rounds", functions.maxRounds()))
			.maxConcurrency(
					PropertyChecks.positive("cometapi.gemini.functions.max-concurrency", functions.maxConcurrency()))
			.timeout(PropertyChecks.positive("cometapi.gemini.functions.timeout", functions.timeout()))
			.maxResultSize(
					PropertyChecks.positive("cometapi.gemini.functions.max-result-size", functions.maxResultSize())
						.toBytes())
			.onError(functions.onError())
			.echoIds(functions.echoIds())
			.build();
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GeminiFunctions geminiFunctions(ObjectProvider<JsonMapper> jsonMapper, GeminiFunctionSettings settings,
			GeminiThreads threads, ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<GeminiFunctionSource> sources, ObjectProvider<BuilderCustomizer> customizers) {
		GeminiFunctions.Builder builder = GeminiFunctions
			.builder(jsonMapper.getIfUnique(() -> JsonMapper.builder().build()))
			.settings(settings)
			.threads(threads)
			.resolver(new BeanFunctionResolver(beanFactory))
			.sources(sources.orderedStream().toList());
		customizers.ifAvailable((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	/**
	 * Keeps the optional type {@code Validator} out of the signatures above.
	 */
	interface BuilderCustomizer {

		void customize(GeminiFunctions.Builder builder);

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Validator.class)
	static class ValidationConfiguration {

		@Bean
		BuilderCustomizer geminiFunctionsValidation(ObjectProvider<Validator> validator) {
			return (builder) -> builder.validator(validator.getIfUnique());
		}

	}

}
