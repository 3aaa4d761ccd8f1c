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

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

/**
 * Adapts a bean of one of Java's functional interfaces to a function: takes the name from
 * the bean, the description from {@code @Description} and the input type from the bean
 * definition.
 */
final class FunctionalBeanAdapter {

	private final String name;

	private final Object bean;

	private final @Nullable String description;

	private final @Nullable BeanDefinition definition;

	FunctionalBeanAdapter(String name, Object bean, ConfigurableListableBeanFactory beanFactory) {
		this.name = name;
		this.bean = bean;
		boolean defined = beanFactory.containsBeanDefinition(name);
		this.description = (defined) ? beanFactory.getBeanDefinition(name).getDescription() : null;
		this.definition = (defined) ? beanFactory.getMergedBeanDefinition(name) : null;
	}

	static boolean isSupported(Object bean) {
		return bean instanceof Function || bean instanceof BiFunction || bean instanceof Supplier
				|| bean instanceof Consumer;
	}

	@SuppressWarnings("unchecked")
	GeminiFunctionCallback toFunction() {
		if (this.bean instanceof Function<?, ?> function) {
			Function<Object, ?> typed = (Function<Object, ?>) function;
			return create(Function.class, 0, 1, (input, context) -> typed.apply(input));
		}
		if (this.bean instanceof BiFunction<?, ?, ?> function) {
			Assert.isTrue(generic(BiFunction.class, 1).toClass() == GeminiFunctionContext.class,
					() -> "The bean '%s' must take a GeminiFunctionContext as its second argument to be a function"
						.formatted(this.name));
			BiFunction<Object, GeminiFunctionContext, ?> typed = (BiFunction<Object, GeminiFunctionContext, ?>) function;
			return create(BiFunction.class, 0, 2, typed);
		}
		if (this.bean instanceof Supplier<?> supplier) {
			return create(Supplier.class, -1, 0, (input, context) -> supplier.get());
		}
		Consumer<Object> consumer = (Consumer<Object>) this.bean;
		return create(Consumer.class, 0, -1, (input, context) -> {
			consumer.accept(input);
			return null;
		});
	}

	private GeminiFunctionCallback create(Class<?> kind, int input, int output,
			BiFunction<Object, GeminiFunctionContext, ? extends @Nullable Object> function) {
		boolean reactive = output >= 0 && Publisher.class.isAssignableFrom(generic(kind, output).toClass());
		return new TypedFunctionCallback<>(this.name, this.description,
				(input >= 0) ? inputType(kind, input) : Void.class, function, !reactive);
	}

	private Type inputType(Class<?> kind, int index) {
		ResolvableType type = generic(kind, index);
		Assert.isTrue(type.resolve() != null && type.resolve() != Object.class,
				() -> ("The input type of the bean '%s' is unknown: declare the bean as %s<...> with its type arguments,"
						+ " or make it a GeminiFunctionCallback")
					.formatted(this.name, kind.getSimpleName()));
		return resolve(type);
	}

	// Replaces the type variables of supertypes, which only the type of the bean
	// resolves.
	private static Type resolve(ResolvableType type) {
		Class<?> raw = type.resolve();
		if (raw == null || type.hasUnresolvableGenerics()
				|| (type.isArray() && type.getComponentType().hasGenerics())) {
			return type.getType();
		}
		return (type.hasGenerics())
				? ResolvableType
					.forClassWithGenerics(raw,
							Arrays.stream(type.getGenerics())
								.map((generic) -> ResolvableType.forType(resolve(generic)))
								.toArray(ResolvableType[]::new))
					.getType()
				: raw;
	}

	private ResolvableType generic(Class<?> kind, int index) {
		if (this.definition != null) {
			ResolvableType declared = this.definition.getResolvableType().as(kind).getGeneric(index);
			if (declared.resolve() != null) {
				return declared;
			}
		}
		return ResolvableType.forClass(this.bean.getClass()).as(kind).getGeneric(index);
	}

}
