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

package com.cometapi.gemini.function.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Says more of a parameter of a {@link GeminiFunction}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface GeminiFunctionParam {

	/**
	 * A default value that stands for none.
	 */
	String NO_DEFAULT = "\n\t\t\n\t\t\n\uE000\uE001\uE002\n\t\t\t\t\n";

	/**
	 * Alias for {@link #description}.
	 * @return the description
	 */
	@AliasFor("description")
	String value() default "";

	/**
	 * What the argument means, for the model to read.
	 * @return the description, empty for none
	 */
	@AliasFor("value")
	String description() default "";

	/**
	 * Name of the argument, that of the parameter if empty.
	 * @return the name
	 */
	String name() default "";

	/**
	 * Whether the model must give the argument.
	 * @return {@code false} if it may be left out; also assumed for a parameter with a
	 * default value, of type {@code Optional} or marked {@code @Nullable}
	 */
	boolean required() default true;

	/**
	 * Value to use if the model gives none: a text, number or name as it is, an object or
	 * a list as JSON.
	 * @return the value
	 */
	String defaultValue() default NO_DEFAULT;

}
