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

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.NamedBeanHolder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.StringUtils;

/**
 * Finds the {@link GeminiConnectionDetails} of a {@link NamedConnection}: a bean with its
 * name as qualifier, otherwise those that the details of the default connection return
 * for it, otherwise its properties. Details of the default connection that are primary,
 * such as those of a simulator in a test, come first.
 */
final class NamedConnectionDetails {

	private final NamedConnection connection;

	private final GeminiConnectionProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	NamedConnectionDetails(NamedConnection connection, GeminiConnectionProperties properties,
			ConfigurableListableBeanFactory beanFactory) {
		this.connection = connection;
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	GeminiConnectionDetails find() {
		NamedBeanHolder<GeminiConnectionDetails> defaults = this.beanFactory
			.resolveNamedBean(GeminiConnectionDetails.class);
		String qualified = findQualified(defaults.getBeanName());
		GeminiConnectionDetails named = (qualified == null || isPrimary(defaults.getBeanName()))
				? defaults.getBeanInstance().forConnection(this.connection.getName()) : null;
		if (named != null) {
			return named;
		}
		if (qualified != null) {
			return this.beanFactory.getBean(qualified, GeminiConnectionDetails.class);
		}
		URI baseUrl = findBaseUrl(defaults.getBeanInstance());
		return new PropertiesGeminiConnectionDetails(baseUrl, () -> findApiKey(baseUrl, defaults.getBeanInstance()));
	}

	private @Nullable String findQualified(String defaults) {
		for (String bean : this.beanFactory.getBeanNamesForType(GeminiConnectionDetails.class)) {
			if (BeanFactoryAnnotationUtils.isQualifierMatch(this.connection.getName()::equals, bean,
					this.beanFactory)) {
				if (bean.equals(defaults)) {
					throw ofDefaultConnection(bean);
				}
				return bean;
			}
		}
		return null;
	}

	// Prompts of the default connection must not reach another endpoint because of a
	// qualifier
	private InvalidGeminiPropertyException ofDefaultConnection(String bean) {
		String name = this.connection.getName();
		return new InvalidGeminiPropertyException("cometapi.gemini.connections." + name, null,
				"its GeminiConnectionDetails bean '%s' would also be that of the default connection".formatted(bean),
				"Declare the bean with '@Bean(defaultCandidate = false)'. For the same details on purpose, return them "
						+ "from 'forConnection(\"%s\")' of a bean without this name as its qualifier.".formatted(name));
	}

	private boolean isPrimary(String bean) {
		return this.beanFactory.containsBeanDefinition(bean)
				&& this.beanFactory.getMergedBeanDefinition(bean).isPrimary();
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
			// A key must not be sent to another host because its own key was forgotten
			throw MissingGeminiApiKeyException.ofOtherHost(name.toString(), this.connection.getName());
		}
		return defaults.getApiKey();
	}

}
