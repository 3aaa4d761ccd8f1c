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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.ModelAdapter;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
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
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiClient} and
 * {@link GeminiTemplate}.
 */
@AutoConfiguration(after = WebClientAutoConfiguration.class,
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass({ WebClient.class, HttpClient.class, JsonMapper.class })
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ GeminiConnectionProperties.class, GeminiProperties.class })
@Import({ GeminiClientFactory.class, GeminiEntityValidationConfiguration.class, GeminiTemplateFactory.class })
@ImportRuntimeHints(GeminiRuntimeHints.class)
public final class GeminiAutoConfiguration {

	GeminiAutoConfiguration() {
	}

	// Eager even in an application with lazy initialization, since no bean depends on it
	@Bean
	@Lazy(false)
	static UnknownPropertyDetector geminiUnknownPropertyDetector(Environment environment) {
		return new UnknownPropertyDetector(environment);
	}

	// Lazy like the client: an application with its own GeminiOperations needs no key
	@Bean
	@Lazy
	@ConditionalOnMissingBean(GeminiConnectionDetails.class)
	PropertiesGeminiConnectionDetails geminiConnectionDetails(GeminiConnectionProperties properties,
			Environment environment) {
		return PropertiesGeminiConnectionDetails.of(properties, environment);
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
	static GeminiConnectionRegistrar geminiConnectionRegistrar(Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		return new GeminiConnectionRegistrar(environment, beanFactory);
	}

	@Bean
	GeminiConnections geminiConnections(Environment environment, GeminiConnectionProperties properties,
			BeanFactory beanFactory, ObjectProvider<GeminiOperations> operations, ObjectProvider<GeminiClient> client) {
		Map<String, Supplier<String>> models = new LinkedHashMap<>();
		models.put(GeminiConnections.DEFAULT, properties::model);
		NamedConnection.findAll(environment)
			.forEach((connection) -> models.put(connection.getName(), connection::getModel));
		return new GeminiConnections(models, beanFactory, operations, client);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GeminiClient geminiClient(GeminiClientFactory factory, GeminiConnectionProperties properties,
			GeminiConnectionDetails connectionDetails) {
		return factory.create(GeminiConnections.DEFAULT, properties, connectionDetails);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	ModelAdapter geminiModelAdapter(GeminiConnectionProperties properties) {
		return new ModelAdapter(GeminiDefaultsFactory.create(properties, "cometapi.gemini.").thinking());
	}

	@Bean
	@ConditionalOnMissingBean(GeminiOperations.class)
	@ConditionalOnSingleCandidate(GeminiClient.class)
	GeminiTemplate geminiTemplate(GeminiTemplateFactory factory, GeminiClient client,
			GeminiConnectionProperties properties) {
		return factory.create(client, properties, "cometapi.gemini.");
	}

}
