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
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of a call against the constraints of the code.
 */
interface ArgumentValidator {

	/**
	 * Return what is wrong with an object.
	 * @param input the object
	 * @return a text for each constraint that is violated
	 */
	Set<String> validate(Object input);

	/**
	 * Return what is wrong with the arguments of a method.
	 * @param bean the object whose method it is
	 * @param method the method
	 * @param arguments the arguments
	 * @param names the names of the arguments as the model knows them
	 * @return a text for each constraint that is violated
	 */
	Set<String> validate(Object bean, Method method, @Nullable Object[] arguments, List<String> names);

}
