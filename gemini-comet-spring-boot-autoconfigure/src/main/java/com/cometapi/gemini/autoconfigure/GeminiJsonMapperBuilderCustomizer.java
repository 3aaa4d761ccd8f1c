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

package com.cometapi.gemini.autoconfigure;

import tools.jackson.databind.json.JsonMapper;

/**
 * Callback for customizing the {@link JsonMapper.Builder} of the mapper that writes
 * requests and reads responses. The application's own mapper is not affected. The names
 * and the order of the members of a request, its contents and their parts are fixed.
 * Customizers are applied in bean order.
 */
@FunctionalInterface
public interface GeminiJsonMapperBuilderCustomizer {

	/**
	 * Customize the builder.
	 * @param builder the builder to customize
	 */
	void customize(JsonMapper.Builder builder);

}
