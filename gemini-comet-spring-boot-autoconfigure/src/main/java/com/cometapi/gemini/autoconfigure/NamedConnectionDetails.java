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

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.StringUtils;

/**
 * Finds the {@link GeminiConnectionDetails} of a {@link NamedConnection}: a bean with its
 * name as qualifier, those that the details of the default connection have for it, or its
 * properties.
 */
final class NamedConnectionDetails {

	private final NamedConnection connection;

	private final GeminiConnectionProperties properties;

	private final ListableBeanFactory beanFactory;

	NamedConnectionDetails(NamedConnection connection, GeminiConnectionProperties properties,
			ListableBeanFactory beanFactory) {
		this.connection = connection;
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	GeminiConnectionDetails find() {
		GeminiConnectionDetails qualified = findQualified();
		if (qualified != null) {
			return qualified;
		}
		GeminiConnectionDetails defaults = this.beanFactory.getBean(GeminiConnectionDetails.class);
		GeminiConnectionDetails named = defaults.forConnection(this.connection.getName());
		if (named != null) {
			return named;
		}
		URI baseUrl = findBaseUrl(defaults);
		return new PropertiesGeminiConnectionDetails(baseUrl, () -> findApiKey(baseUrl, defaults));
	}

	private @Nullable GeminiConnectionDetails findQualified() {
		for (String bean : this.beanFactory.getBeanNamesForType(GeminiConnectionDetails.class)) {
			if (BeanFactoryAnnotationUtils.isQualifierMatch(this.connection.getName()::equals, bean,
					this.beanFactory)) {
				return this.beanFactory.getBean(bean, GeminiConnectionDetails.class);
			}
		}
		return null;
	}

	private URI findBaseUrl(GeminiConnectionDetails defaults) {
		ConfigurationPropertyName name = this.connection.getPropertyName("base-url");
		return this.connection.isSet(name)
				? PropertiesGeminiConnectionDetails.parseBaseUrl(name.toString(), this.properties.baseUrl())
				: defaults.getBaseUrl();
	}

	private String findApiKey(URI baseUrl, GeminiConnectionDetails defaults) {
		ConfigurationPropertyName name = this.connection.getPropertyName("api-key");
		String apiKey = this.connection.isSet(name) ? this.properties.apiKey() : null;
		if (StringUtils.hasText(apiKey)) {
			return PropertiesGeminiConnectionDetails.checkApiKey(name.toString(), apiKey.strip());
		}
		if (!baseUrl.getHost().equalsIgnoreCase(defaults.getBaseUrl().getHost())) {
			// A key must not reach a stranger because somebody forgot to set another one
			throw MissingGeminiApiKeyException.ofOtherHost(name.toString(), this.connection.getName());
		}
		return defaults.getApiKey();
	}

}
