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

import java.util.List;

/**
 * Finds the functions that a prompt names, for example among the beans of an application.
 */
@FunctionalInterface
public interface GeminiFunctionResolver {

	/**
	 * A resolver that finds nothing.
	 */
	GeminiFunctionResolver NONE = (name, functions) -> List.of();

	/**
	 * Find functions by name. Called on any thread, each time that a prompt names them.
	 * @param name the name of a function, or of a group of functions such as a bean
	 * @param functions creates the functions of beans
	 * @return the functions, empty if there are none of that name
	 */
	List<GeminiFunctionCallback> resolve(String name, GeminiFunctions functions);

}
