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

import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cometapi.gemini.client.GeminiClientSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Adapts {@link GeminiConnectionProperties} to {@link GeminiConnectionDetails}.
 */
final class PropertiesGeminiConnectionDetails implements GeminiConnectionDetails {

	private static final String API_KEY = "cometapi.gemini.api-key";

	private static final String BASE_URL = "cometapi.gemini.base-url";

	// Boot does not replace a placeholder that cannot be resolved.
	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

	private final URI baseUrl;

	private final Supplier<String> apiKey;

	PropertiesGeminiConnectionDetails(URI baseUrl, Supplier<String> apiKey) {
		this.baseUrl = baseUrl;
		this.apiKey = apiKey;
	}

	@Override
	public URI getBaseUrl() {
		return this.baseUrl;
	}

	@Override
	public String getApiKey() {
		return this.apiKey.get();
	}

	@Override
	public String toString() {
		return "PropertiesGeminiConnectionDetails[host=%s]".formatted(this.baseUrl.getHost());
	}

	// The key is looked up when it is needed: other connections may have their own
	static PropertiesGeminiConnectionDetails of(GeminiConnectionProperties properties, Environment environment) {
		return new PropertiesGeminiConnectionDetails(parseBaseUrl(BASE_URL, properties.baseUrl()),
				() -> findApiKey(properties.apiKey(), environment.getProperty("COMETAPI_KEY")));
	}

	private static String findApiKey(@Nullable String property, @Nullable String variable) {
		if (StringUtils.hasText(property)) {
			return checkApiKey(API_KEY, property.strip());
		}
		if (StringUtils.hasText(variable)) {
			return checkApiKey("COMETAPI_KEY", variable.strip());
		}
		throw MissingGeminiApiKeyException.ofDefaultConnection();
	}

	static String checkApiKey(String name, String apiKey) {
		if (PLACEHOLDER.matcher(apiKey).matches()) {
			throw MissingGeminiApiKeyException.ofPlaceholder(name, apiKey);
		}
		if (apiKey.startsWith("\"") || apiKey.startsWith("'")) {
			throw new InvalidGeminiPropertyException(name, null,
					"it starts with a quotation mark, which would be sent as part of the key (value not shown)",
					"Remove the quotation marks around the key.");
		}
		if (!apiKey.chars().allMatch((character) -> character > ' ' && character < 0x7f)) {
			throw new InvalidGeminiPropertyException(name, null,
					"it contains a space, a line break or another invalid character (value not shown)",
					"Copy the key again. It consists of letters, digits, '-' and '_'.");
		}
		return apiKey;
	}

	static URI parseBaseUrl(String name, String baseUrl) {
		Matcher placeholder = PLACEHOLDER.matcher(baseUrl);
		if (placeholder.find()) {
			throw new InvalidGeminiPropertyException(name, null,
					"it contains %s, which is not set".formatted(placeholder.group()),
					"Set '%s', or remove it from the property.".formatted(placeholder.group(1)));
		}
		try {
			return GeminiClientSettings.parseBaseUrl(baseUrl);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidGeminiPropertyException(name, null, String.valueOf(ex.getMessage()), """
					Set it to the address of an endpoint, without the API version, for example:

					    %s=https://api.cometapi.com""".formatted(name));
		}
	}

}
