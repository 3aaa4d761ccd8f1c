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

package com.cometapi.gemini.autoconfigure.cache;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the response cache.
 *
 * @param name Name of the cache of the application's CacheManager. There is no response
 * cache if not set.
 * @param byDefault Whether calls use the cache unless their options say otherwise.
 * @param maxSize Maximum size of a stored response.
 * @param timeout Time after which a cache that does not respond counts as empty.
 */
@ConfigurationProperties("cometapi.gemini.cache")
public record GeminiCacheProperties(@Nullable String name, @DefaultValue("false") boolean byDefault,
		@DefaultValue("1MB") DataSize maxSize, @DefaultValue("1s") Duration timeout) {

}
