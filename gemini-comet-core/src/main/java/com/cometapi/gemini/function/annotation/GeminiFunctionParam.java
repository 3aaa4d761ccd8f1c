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
import org.springframework.web.bind.annotation.ValueConstants;

/**
 * Describes a parameter of a {@link GeminiFunction} method to the model.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface GeminiFunctionParam {

	/**
	 * Placeholder for "no default value", since an attribute cannot be {@code null}.
	 */
	String NO_DEFAULT = ValueConstants.DEFAULT_NONE;

	/**
	 * Alias for {@link #name}.
	 * @return the name
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * Name of the argument. Defaults to the name of the parameter.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Description of the argument for the model.
	 * @return the description, empty for none
	 */
	String description() default "";

	/**
	 * Whether the model must supply the argument. Always {@code false} for a parameter
	 * with a default value, of type {@code Optional} or marked {@code @Nullable}.
	 * @return {@code false} if the argument may be left out
	 */
	boolean required() default true;

	/**
	 * Value to use if the model supplies none: a text, number or name as it is, an object
	 * or a list as JSON.
	 * @return the default value
	 */
	String defaultValue() default NO_DEFAULT;

}
