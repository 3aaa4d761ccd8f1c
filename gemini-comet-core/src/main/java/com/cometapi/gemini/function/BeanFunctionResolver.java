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

package com.cometapi.gemini.function;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.function.SingletonSupplier;

/**
 * Finds functions among the beans of an application. Beans are inspected and created only
 * when a prompt names a function. Thread-safe.
 *
 * <p>
 * A name is that of a bean or of a single function. The bean is a
 * {@link GeminiFunctionCallback}, a {@code Function}, a {@code BiFunction} with a
 * {@link GeminiFunctionContext}, a {@code Supplier} or a {@code Consumer}, or it has
 * annotated methods. The single function is an annotated method or a
 * {@link GeminiFunctionCallback}.
 */
public final class BeanFunctionResolver implements GeminiFunctionResolver {

	private final ConfigurableListableBeanFactory beanFactory;

	private final SingletonSupplier<Map<String, Set<String>>> beansOfMethods = SingletonSupplier.of(this::indexMethods);

	/**
	 * Create a resolver.
	 * @param beanFactory the bean factory
	 */
	public BeanFunctionResolver(ConfigurableListableBeanFactory beanFactory) {
		Assert.notNull(beanFactory, "'beanFactory' must not be null");
		this.beanFactory = beanFactory;
	}

	@Override
	public List<GeminiFunctionCallback> resolve(String name, GeminiFunctions functions) {
		if (this.beanFactory.containsBean(name)) {
			List<GeminiFunctionCallback> found = resolveBean(name, functions);
			if (!found.isEmpty()) {
				return found;
			}
		}
		return resolveFunction(name, functions);
	}

	private List<GeminiFunctionCallback> resolveBean(String name, GeminiFunctions functions) {
		Object bean = this.beanFactory.getBean(name);
		if (bean instanceof GeminiFunctionCallback function) {
			return List.of(function);
		}
		if (FunctionalBeanAdapter.isSupported(bean)) {
			return List.of(new FunctionalBeanAdapter(name, bean, this.beanFactory).toFunction());
		}
		Class<?> type = this.beanFactory.getType(name);
		return (type != null && hasMethods(type)) ? functions.of(bean) : List.of();
	}

	private List<GeminiFunctionCallback> resolveFunction(String name, GeminiFunctions functions) {
		MultiValueMap<String, GeminiFunctionCallback> found = new LinkedMultiValueMap<>();
		for (String beanName : this.beansOfMethods.obtain().getOrDefault(name, Set.of())) {
			functions.of(this.beanFactory.getBean(beanName))
				.stream()
				.filter((function) -> functions.hasName(function, name))
				.forEach((function) -> found.add(beanName, function));
		}
		if (found.isEmpty()) {
			this.beanFactory.getBeansOfType(GeminiFunctionCallback.class).forEach((beanName, function) -> {
				if (functions.hasName(function, name)) {
					found.add(beanName, function);
				}
			});
		}
		List<GeminiFunctionCallback> all = found.values().stream().flatMap(List::stream).toList();
		Assert.isTrue(all.size() <= 1,
				() -> "There are several functions named '%s', in the beans %s".formatted(name, found.keySet()));
		return all;
	}

	private Map<String, Set<String>> indexMethods() {
		Map<String, Set<String>> index = new HashMap<>();
		for (String beanName : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> type = findType(beanName);
			if (type != null && hasMethods(type)) {
				GeminiFunctions.selectMethods(ClassUtils.getUserClass(type))
					.forEach((method) -> index
						.computeIfAbsent(AnnotatedFunctionMethod.nameOf(method), (key) -> new LinkedHashSet<>())
						.add(beanName));
			}
		}
		return index;
	}

	private @Nullable Class<?> findType(String beanName) {
		BeanDefinition definition = this.beanFactory.getBeanDefinition(beanName);
		// The target of a scoped proxy is found through the proxy.
		return (definition.isAbstract() || !definition.isAutowireCandidate()) ? null
				: this.beanFactory.getType(beanName, false);
	}

	private static boolean hasMethods(Class<?> type) {
		Class<?> userClass = ClassUtils.getUserClass(type);
		return !userClass.getName().startsWith("java.") && !userClass.getName().startsWith("org.springframework.")
				&& !GeminiFunctions.selectMethods(userClass).isEmpty();
	}

	@Override
	public String toString() {
		return "BeanFunctionResolver" + Map.of("beans", this.beanFactory.getBeanDefinitionCount());
	}

}
