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
 * Marks a method as a function that a model may call. Only prompts that name the function
 * or its bean declare it to the model.
 *
 * <p>
 * The parameters of the method are the arguments of the function: records, beans, lists,
 * maps, enums, dates and anything else that the application's {@code JsonMapper} reads.
 * Their names are those of the code, which needs the compiler's option
 * {@code -parameters}, or those of {@link GeminiFunctionParam}. The model may leave out a
 * parameter that is {@code Optional} or {@code @Nullable} or has a default value. A
 * parameter of type {@link com.cometapi.gemini.function.GeminiFunctionContext} is filled
 * by the application and never shown to the model.
 *
 * <p>
 * The return value is the result, see
 * {@link com.cometapi.gemini.function.GeminiFunctionCallback}. A method that returns a
 * {@code Mono}, {@code Flux} or another {@code Publisher} is called on any thread and
 * must not block; any other one may.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface GeminiFunction {

	/**
	 * Alias for {@link #name}.
	 * @return the name
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * Name of the function. Defaults to the name of the method. Starts with a letter or
	 * {@code _}, followed by at most 63 letters, digits, {@code _}, {@code -}, {@code .}
	 * and {@code :}.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Description of the function for the model: its purpose and when to call it.
	 * @return the description, empty for none
	 */
	String description() default "";

}
