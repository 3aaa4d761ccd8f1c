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

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the protection against requests from other sites.
 *
 * @param paths Patterns of the paths that pages of other sites must not request, such as
 * '/api/**'. No requests are checked if not set.
 * @param allowedHosts Host names, without a port, under which these paths may be
 * requested. All if not set.
 * @param allowedOrigins Other origins whose pages may request these paths, such as
 * 'https://app.example.com'.
 */
@ConfigurationProperties("cometapi.gemini.cross-site")
public record GeminiCrossSiteProperties(@DefaultValue Set<String> paths, @DefaultValue Set<String> allowedHosts,
		@DefaultValue Set<String> allowedOrigins) {

}
