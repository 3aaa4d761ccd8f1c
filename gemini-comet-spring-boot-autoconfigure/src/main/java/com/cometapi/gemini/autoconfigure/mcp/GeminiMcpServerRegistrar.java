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

package com.cometapi.gemini.autoconfigure.mcp;

import java.util.Map;
import java.util.Set;

import com.cometapi.gemini.mcp.GeminiMcpServer;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Registers a {@link GeminiMcpServer} for each server below
 * {@code cometapi.gemini.mcp.servers}, with the name of the server as its qualifier.
 * Backs off if the application has a bean of the same name.
 */
final class GeminiMcpServerRegistrar implements BeanDefinitionRegistryPostProcessor {

	private static final String SERVERS = "cometapi.gemini.mcp.servers";

	private final Environment environment;

	private final ConfigurableListableBeanFactory beanFactory;

	GeminiMcpServerRegistrar(Environment environment, ConfigurableListableBeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	static Set<String> serverNames(Environment environment) {
		return Binder.get(environment)
			.bind(SERVERS, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of)
			.keySet();
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : serverNames(this.environment)) {
			String beanName = name + "GeminiMcpServer";
			if (registry.containsBeanDefinition(beanName)) {
				continue;
			}
			RootBeanDefinition definition = new RootBeanDefinition(GeminiMcpServer.class,
					() -> this.beanFactory.getBean(GeminiMcpServerFactory.class).create(name));
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
			definition.setDestroyMethodName("close");
			// With AOT, this registrar runs again when the application starts
			definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
			registry.registerBeanDefinition(beanName, definition);
		}
	}

}
