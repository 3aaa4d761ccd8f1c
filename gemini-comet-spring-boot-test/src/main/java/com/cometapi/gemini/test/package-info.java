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

/**
 * A simulator of the Gemini native API for tests and for development without a key.
 *
 * <p>
 * Start with {@link com.cometapi.gemini.test.GeminiSimulator} and
 * {@link com.cometapi.gemini.test.ScriptedResponse}. A request passes
 * {@code SimulatorHandler}, {@code RequestReader} with its {@code …Rules}, and
 * {@code ResponseGenerator} with its {@code …Generator}s. The package uses the
 * {@code api} package of the core and Reactor Netty, but not Spring Boot.
 */
@NullMarked
package com.cometapi.gemini.test;

import org.jspecify.annotations.NullMarked;
