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

package com.cometapi.gemini.entity;

import java.util.List;

/**
 * Checks the constraints of an object that was read from a response. May be called on an
 * event loop and must not block.
 */
@FunctionalInterface
public interface GeminiEntityValidator {

	/**
	 * Check a value.
	 * @param entity the value, or an element of it if it is a list or a map
	 * @return the violations, such as {@code price must be greater than 0}; empty if
	 * there are none
	 */
	List<String> validate(Object entity);

}
