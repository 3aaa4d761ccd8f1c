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
 * Auto-configuration for the client, the template, functions, chats and streaming to
 * browsers.
 *
 * <p>
 * Start with {@link com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration} for the
 * beans and with {@link com.cometapi.gemini.autoconfigure.GeminiProperties} for the
 * properties; the {@code …Factory} classes turn most of them into settings of the core,
 * the auto-configurations the rest. The package may use Spring Boot and every package of
 * the core, and contains no logic beyond the conversion and validation of properties.
 */
@NullMarked
package com.cometapi.gemini.autoconfigure;

import org.jspecify.annotations.NullMarked;
