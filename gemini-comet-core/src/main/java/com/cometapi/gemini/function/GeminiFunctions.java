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

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.cometapi.gemini.schema.ConstraintChecker;
import com.cometapi.gemini.schema.GeminiSchemaGenerator;
import com.cometapi.gemini.thread.GeminiThreads;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * Creates functions from the beans of an application, and runners for them. Thread-safe.
 */
public final class GeminiFunctions {

	private final GeminiFunctionTypes types;

	private final GeminiFunctionResolver resolver;

	private final Map<String, GeminiFunctionSource> sources;

	private final GeminiFunctionSettings settings;

	private final GeminiThreads threads;

	private final Map<Class<?>, List<AnnotatedFunctionMethod>> methods = new ConcurrentReferenceHashMap<>();

	private GeminiFunctions(Builder builder) {
		GeminiSchemaGenerator generator = (builder.schemaGenerator != null) ? builder.schemaGenerator
				: new GeminiSchemaGenerator(builder.jsonMapper);
		this.types = new GeminiFunctionTypes(generator, builder.constraints);
		this.resolver = builder.resolver;
		this.sources = builder.sources;
		this.settings = builder.settings;
		this.threads = (builder.threads != null) ? builder.threads : GeminiThreads.shared();
	}

	/**
	 * Return the functions of the bean methods annotated with
	 * {@link com.cometapi.gemini.function.annotation.GeminiFunction}.
	 * @param beans the beans, which may be proxies
	 * @return the functions of each bean, ordered by the names of their methods
	 * @throws IllegalArgumentException if a bean has no such method, or an unsuitable one
	 * @throws IllegalStateException if a method cannot be called through its proxy
	 */
	public List<GeminiFunctionCallback> of(Object... beans) {
		List<GeminiFunctionCallback> functions = new ArrayList<>();
		for (Object bean : beans) {
			Assert.isTrue(!(bean instanceof Class<?>),
					() -> "Pass the bean whose methods are functions instead of its %s".formatted(bean));
			Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
			List<AnnotatedFunctionMethod> found = this.methods.computeIfAbsent(type, this::introspect);
			Assert.isTrue(!found.isEmpty(), () -> "%s has no method with @GeminiFunction".formatted(type));
			found.forEach((method) -> functions.add(new MethodFunctionCallback(bean, method)));
		}
		return functions;
	}

	private List<AnnotatedFunctionMethod> introspect(Class<?> type) {
		return selectMethods(type).stream()
			// Reflection has no fixed order, but endpoints cache the start of requests,
			// so that the order of declarations should not change.
			.sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
			.map((method) -> new AnnotatedFunctionMethod(method, type, this.types))
			.toList();
	}

	static Set<Method> selectMethods(Class<?> type) {
		return MethodIntrospector
			.selectMethods(type,
					(MethodIntrospector.MetadataLookup<Boolean>) (
							method) -> (AnnotatedFunctionMethod.find(method) != null) ? true : null)
			.keySet();
	}

	/**
	 * Return the functions with the given names.
	 * @param names the names of functions or beans
	 * @return the functions, in the order of the names
	 * @throws IllegalArgumentException if a name is unknown
	 */
	public List<GeminiFunctionCallback> named(String... names) {
		List<GeminiFunctionCallback> functions = new ArrayList<>();
		for (String name : names) {
			List<GeminiFunctionCallback> found = this.resolver.resolve(name, this);
			Assert.isTrue(!found.isEmpty(), () -> "There is no function named '%s'".formatted(name));
			functions.addAll(found);
		}
		return functions;
	}

	/**
	 * Return the source of functions with the given name.
	 * @param name the name of the source
	 * @return the source
	 * @throws IllegalArgumentException if the name is unknown
	 */
	public GeminiFunctionSource source(String name) {
		GeminiFunctionSource source = this.sources.get(name);
		Assert.isTrue(source != null,
				() -> "There is no source of functions (such as an MCP server) named '%s'. Sources: %s".formatted(name,
						this.sources.keySet()));
		return source;
	}

	boolean hasName(GeminiFunctionCallback function, String name) {
		return name.equals(function.declaration(this.types).name());
	}

	/**
	 * Create a runner for function calls.
	 * @param functions the functions that the model may call
	 * @return the runner, without context or approval yet
	 * @throws IllegalArgumentException if two functions have the same name
	 */
	public GeminiFunctionRunner runner(List<? extends GeminiFunctionCallback> functions) {
		return GeminiFunctionRunner.of(functions, this.types, this.settings, this.threads);
	}

	/**
	 * Return the default settings of prompts.
	 * @return the settings
	 */
	public GeminiFunctionSettings settings() {
		return this.settings;
	}

	/**
	 * Create an instance with default settings and without a resolver or a validator.
	 * @param jsonMapper the application's mapper
	 * @return the functions
	 */
	public static GeminiFunctions create(JsonMapper jsonMapper) {
		return builder(jsonMapper).build();
	}

	/**
	 * Return a builder.
	 * @param jsonMapper the application's mapper, which reads arguments and writes
	 * results
	 * @return a new builder
	 */
	public static Builder builder(JsonMapper jsonMapper) {
		Assert.notNull(jsonMapper, "'jsonMapper' must not be null");
		return new Builder(jsonMapper);
	}

	/**
	 * Builder for {@link GeminiFunctions}, not thread-safe.
	 */
	public static final class Builder {

		private final JsonMapper jsonMapper;

		private @Nullable GeminiSchemaGenerator schemaGenerator;

		private @Nullable ConstraintChecker constraints;

		private GeminiFunctionResolver resolver = GeminiFunctionResolver.NONE;

		private Map<String, GeminiFunctionSource> sources = Map.of();

		private GeminiFunctionSettings settings = GeminiFunctionSettings.DEFAULTS;

		private @Nullable GeminiThreads threads;

		private Builder(JsonMapper jsonMapper) {
			this.jsonMapper = jsonMapper;
		}

		/**
		 * Set the generator for the schemas of Java types.
		 * @param schemaGenerator the generator, or {@code null} for one with the mapper
		 * @return this builder
		 */
		public Builder schemaGenerator(@Nullable GeminiSchemaGenerator schemaGenerator) {
			this.schemaGenerator = schemaGenerator;
			return this;
		}

		/**
		 * Set the validator that checks arguments against their Bean Validation
		 * constraints.
		 * @param validator the validator, or {@code null} for no check
		 * @return this builder
		 */
		public Builder validator(@Nullable Validator validator) {
			this.constraints = (validator != null) ? new ConstraintChecker(validator) : null;
			return this;
		}

		/**
		 * Set the resolver that finds functions by name.
		 * @param resolver the resolver
		 * @return this builder
		 */
		public Builder resolver(GeminiFunctionResolver resolver) {
			this.resolver = resolver;
			return this;
		}

		/**
		 * Set the sources of functions that prompts may name.
		 * @param sources the sources
		 * @return this builder
		 * @throws IllegalArgumentException if two sources have the same name
		 */
		public Builder sources(List<? extends GeminiFunctionSource> sources) {
			Map<String, GeminiFunctionSource> byName = new LinkedHashMap<>();
			for (GeminiFunctionSource source : sources) {
				Assert.isTrue(byName.put(source.name(), source) == null,
						() -> "There are two sources of functions named '%s'".formatted(source.name()));
			}
			this.sources = byName;
			return this;
		}

		/**
		 * Set the default settings of prompts.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(GeminiFunctionSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set the threads for functions and approvals that may block.
		 * @param threads the threads, those of {@link GeminiThreads#shared()} if not set
		 * @return this builder
		 */
		public Builder threads(GeminiThreads threads) {
			this.threads = threads;
			return this;
		}

		/**
		 * Build the functions.
		 * @return the functions
		 */
		public GeminiFunctions build() {
			return new GeminiFunctions(this);
		}

	}

}
