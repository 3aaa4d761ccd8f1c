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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.entity.GeminiEntityValidator;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.prompt.ModelAdapter;
import com.cometapi.gemini.prompt.TurnAdvisor;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.observation.ObservationRegistry;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiClient} and
 * {@link GeminiTemplate}.
 */
@AutoConfiguration(after = WebClientAutoConfiguration.class,
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass({ WebClient.class, HttpClient.class, JsonMapper.class })
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GeminiProperties.class)
@Import(GeminiEntityValidationConfiguration.class)
@ImportRuntimeHints(GeminiRuntimeHints.class)
public final class GeminiAutoConfiguration {

	GeminiAutoConfiguration() {
	}

	@Bean
	static UnknownPropertyDetector geminiUnknownPropertyLogger(Environment environment) {
		return new UnknownPropertyDetector(environment);
	}

	// Lazy like the client: an application with its own GeminiOperations needs no key
	@Bean
	@Lazy
	@ConditionalOnMissingBean(GeminiConnectionDetails.class)
	PropertiesGeminiConnectionDetails geminiConnectionDetails(GeminiProperties properties, Environment environment) {
		return new PropertiesGeminiConnectionDetails(properties, environment);
	}

	@Bean
	GeminiJsonMapperHolder geminiWireMapper(ObjectProvider<GeminiJsonMapperBuilderCustomizer> customizers) {
		JsonMapper.Builder builder = GeminiJsonMapper.builder();
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return new GeminiJsonMapperHolder(builder.build());
	}

	@Bean
	GeminiConnectorFactory geminiConnectorFactory(ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder>> customizers,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<SslBundles> sslBundles) {
		return new GeminiConnectorFactory(connectorBuilder, customizers, settings, sslBundles);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GeminiClient geminiClient(GeminiProperties properties, GeminiConnectionDetails connectionDetails,
			ObjectProvider<WebClient.Builder> webClientBuilder, GeminiConnectorFactory connectorFactory,
			ObjectProvider<GeminiWebClientBuilderCustomizer> customizers,
			ObjectProvider<GeminiRetryListener> retryListeners, GeminiJsonMapperHolder wireMapper,
			ObjectProvider<GeminiExchangeFilter> filters, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<GeminiThreads> threads, ObjectProvider<GeminiObservationConvention> observationConvention) {
		GeminiClientSettings settings = GeminiClientSettingsFactory.create(properties, connectionDetails,
				retryListeners.orderedStream().toList());
		connectorFactory.check(properties);
		GeminiClient client = GeminiClient.create(() -> {
			WebClient.Builder builder = webClientBuilder.getIfUnique(WebClient::builder)
				.clone()
				.defaultHeaders(GeminiAutoConfiguration::removeCredentials)
				.clientConnector(connectorFactory.create(properties));
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder;
		}, wireMapper.jsonMapper(), settings);
		return client.withFilters(filters.orderedStream().toList())
			.withThreads(threads.getIfAvailable(GeminiThreads::shared))
			.withObservations(observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP),
					observationConvention.getIfAvailable(() -> observationConvention(properties.observation())));
	}

	private static GeminiObservationConvention observationConvention(GeminiProperties.Observation properties) {
		int maxModels = PropertyChecks.positive("cometapi.gemini.observation.max-models", properties.maxModels());
		int maxContentLength = PropertyChecks.positive("cometapi.gemini.observation.max-content-length",
				properties.maxContentLength());
		return new DefaultGeminiObservationConvention(maxModels, (properties.includeContent()) ? maxContentLength : 0);
	}

	// The application's default credentials are not meant for this endpoint
	private static void removeCredentials(HttpHeaders headers) {
		headers.remove(HttpHeaders.AUTHORIZATION);
		headers.remove(HttpHeaders.COOKIE);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	ModelAdapter geminiModelAdapter(GeminiProperties properties) {
		return new ModelAdapter(GeminiDefaultsFactory.create(properties).thinking());
	}

	@Bean
	@ConditionalOnMissingBean(GeminiOperations.class)
	GeminiTemplate geminiTemplate(GeminiClient client, GeminiProperties properties,
			ObjectProvider<GeminiFunctions> functions, ObjectProvider<JsonMapper> jsonMapper,
			ObjectProvider<GeminiEntityValidator> entityValidator, ObjectProvider<TurnAdvisor> advisors) {
		return new GeminiTemplate(client, GeminiDefaultsFactory.create(properties)).withFunctions(functions::getObject)
			.withEntities(new GeminiEntitySettings(jsonMapper.getIfUnique(JsonMapper::shared),
					PropertyChecks.notNegative("cometapi.gemini.entity.repairs", properties.entity().repairs()),
					entityValidator.getIfAvailable()))
			.withAdvisors(advisors.orderedStream().toList());
	}

}
