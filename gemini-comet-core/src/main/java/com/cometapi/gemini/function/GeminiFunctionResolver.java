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
 * Finds functions by name, such as among the beans of an application, when a prompt names
 * them.
 */
@FunctionalInterface
public interface GeminiFunctionResolver {

	/**
	 * A resolver that knows no function.
	 */
	GeminiFunctionResolver NONE = (name, functions) -> List.of();

	/**
	 * Find functions. May be called by any thread, as often as prompts name them.
	 * @param name the name of a function, or another name that stands for some
	 * @param functions makes functions of beans
	 * @return the functions, empty if there are none of that name
	 */
	List<GeminiFunctionCallback> resolve(String name, GeminiFunctions functions);

}
