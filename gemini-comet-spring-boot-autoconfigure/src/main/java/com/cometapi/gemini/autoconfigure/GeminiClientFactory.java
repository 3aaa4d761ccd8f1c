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

import com.cometapi.gemini.client.ApplicationCredentials;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Creates the client of a connection. Everything but its properties is the same for all
 * connections: customizers, listeners, filters, threads and observations.
 */
final class GeminiClientFactory {

	private final ObjectProvider<WebClient.Builder> webClientBuilder;

	private final GeminiConnectorFactory connectorFactory;

	private final ObjectProvider<GeminiWebClientBuilderCustomizer> customizers;

	private final ObjectProvider<GeminiRetryListener> retryListeners;

	private final GeminiJsonMapperHolder wireMapper;

	private final ObjectProvider<GeminiExchangeFilter> filters;

	private final ObjectProvider<ObservationRegistry> observationRegistry;

	private final ObjectProvider<GeminiObservationConvention> observationConvention;

	private final ObjectProvider<GeminiThreads> threads;

	private final GeminiProperties.Observation observation;

	private final GeminiConnections connections;

	GeminiClientFactory(ObjectProvider<WebClient.Builder> webClientBuilder, GeminiConnectorFactory connectorFactory,
			ObjectProvider<GeminiWebClientBuilderCustomizer> customizers,
			ObjectProvider<GeminiRetryListener> retryListeners, GeminiJsonMapperHolder wireMapper,
			ObjectProvider<GeminiExchangeFilter> filters, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<GeminiObservationConvention> observationConvention, ObjectProvider<GeminiThreads> threads,
			GeminiProperties properties, GeminiConnections connections) {
		this.webClientBuilder = webClientBuilder;
		this.connectorFactory = connectorFactory;
		this.customizers = customizers;
		this.retryListeners = retryListeners;
		this.wireMapper = wireMapper;
		this.filters = filters;
		this.observationRegistry = observationRegistry;
		this.observationConvention = observationConvention;
		this.threads = threads;
		this.observation = properties.observation();
		this.connections = connections;
	}

	/**
	 * Create the client of a connection.
	 * @param connection the name of the connection
	 * @param properties its properties
	 * @param details its address and key
	 * @return the client, which connects at the first call
	 * @throws InvalidGeminiPropertyException if a property is invalid
	 */
	GeminiClient create(String connection, GeminiConnectionProperties properties, GeminiConnectionDetails details) {
		GeminiClientSettings settings = GeminiClientSettingsFactory.create(connection, properties, details,
				this.retryListeners.orderedStream().toList());
		this.connectorFactory.check(properties);
		GeminiClient client = GeminiClient.create(() -> webClientBuilder(connection, properties),
				this.wireMapper.jsonMapper(), settings);
		return client.withFilters(this.filters.orderedStream().toList())
			.withConnections(this.connections::findClient)
			.withThreads(this.threads.getIfAvailable(GeminiThreads::shared))
			.withObservations(this.observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP),
					this.observationConvention.getIfAvailable(this::observationConvention));
	}

	private WebClient.Builder webClientBuilder(String connection, GeminiConnectionProperties properties) {
		WebClient.Builder builder = ApplicationCredentials
			.removeFrom(this.webClientBuilder.getIfUnique(WebClient::builder).clone())
			.clientConnector(this.connectorFactory.create(connection, properties));
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

	private GeminiObservationConvention observationConvention() {
		int maxModels = PropertyChecks.positive("cometapi.gemini.observation.max-models", this.observation.maxModels());
		int maxContentLength = PropertyChecks.positive("cometapi.gemini.observation.max-content-length",
				this.observation.maxContentLength());
		return new DefaultGeminiObservationConvention(maxModels,
				this.observation.includeContent() ? maxContentLength : 0);
	}

}
