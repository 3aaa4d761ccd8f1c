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

import java.util.function.Supplier;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;

/**
 * Registers a {@link GeminiClient} and a {@link GeminiTemplate} for each connection below
 * {@code cometapi.gemini.connections}, with the name of the connection as their
 * qualifier. The beans are candidates for injection only with this qualifier, so that
 * those of the default connection remain the only candidates without one. A
 * {@code BeanRegistrar} cannot register such beans. Backs off if the application has a
 * bean of the same name.
 */
final class GeminiConnectionRegistrar implements BeanDefinitionRegistryPostProcessor {

	private final Environment environment;

	private final ConfigurableListableBeanFactory beanFactory;

	GeminiConnectionRegistrar(Environment environment, ConfigurableListableBeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (NamedConnection connection : NamedConnection.findAll(this.environment)) {
			String name = connection.getName();
			String clientName = clientName(name);
			register(registry, name, clientName, GeminiClient.class, true,
					() -> connection.createClient(this.beanFactory));
			register(registry, name, templateName(name), GeminiTemplate.class, false, () -> connection
				.createTemplate(this.beanFactory, this.beanFactory.getBean(clientName, GeminiClient.class)));
		}
	}

	private static <T> void register(BeanDefinitionRegistry registry, String connection, String beanName, Class<T> type,
			boolean lazy, Supplier<T> supplier) {
		if (registry.containsBeanDefinition(beanName)) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition(type, supplier);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, connection));
		definition.setDefaultCandidate(false);
		// With AOT, this registrar runs again when the application starts
		definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
		definition.setLazyInit(lazy);
		registry.registerBeanDefinition(beanName, definition);
	}

	static String clientName(String connection) {
		return connection + "GeminiClient";
	}

	static String templateName(String connection) {
		return connection + "GeminiTemplate";
	}

}
