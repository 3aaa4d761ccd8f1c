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

package com.cometapi.gemini.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Detects secrets in property values: API keys, proxy passwords, and the arguments,
 * environment variables and headers of MCP servers. They are detected by the names of
 * their properties; the values of known secrets also within any other value, such as the
 * command line.
 */
final class GeminiSecrets {

	private static final List<String> PROPERTIES = List.of("cometapi.gemini.api-key", "cometapi.gemini.proxy.password");

	private static final Pattern NAME = Pattern
		.compile("cometapikey|cometapigemini(connections.+)?(apikey|proxypassword)"
				+ "|cometapigeminimcpservers.+(args|env|headers|proxypassword).*");

	// Other headers and variables may have values that occur elsewhere.
	private static final Pattern MCP_SECRET = Pattern
		.compile("(?i).+\\.((env|headers)\\..*(auth|credential|key|password|secret|token).*|proxy\\.password)");

	private static final String CONNECTIONS = "cometapi.gemini.connections";

	private static final String MCP_SERVERS = "cometapi.gemini.mcp.servers";

	/**
	 * Minimum length of a secret to search for. Shorter ones occur in unrelated values.
	 */
	private static final int SHORTEST_SECRET = 6;

	private final List<String> secrets;

	private GeminiSecrets(List<String> secrets) {
		this.secrets = secrets;
	}

	boolean occurIn(SanitizableData data) {
		return isSecret(data.getKey()) || containsSecret(String.valueOf(data.getValue()));
	}

	private boolean containsSecret(String value) {
		return this.secrets.stream().anyMatch(value::contains);
	}

	private static boolean isSecret(String name) {
		return NAME.matcher(toUniform(name)).matches();
	}

	static GeminiSecrets of(Environment environment) {
		Binder binder = Binder.get(environment);
		Stream<String> properties = PROPERTIES.stream()
			.flatMap((name) -> Stream.ofNullable(binder.bind(name, String.class).orElse(null)));
		Stream<String> connections = binder.bind(CONNECTIONS, Bindable.mapOf(String.class, String.class))
			.orElseGet(Map::of)
			.entrySet()
			.stream()
			.filter((property) -> isSecret(CONNECTIONS + property.getKey()))
			.map(Map.Entry::getValue);
		Stream<String> servers = binder.bind(MCP_SERVERS, Bindable.mapOf(String.class, String.class))
			.orElseGet(Map::of)
			.entrySet()
			.stream()
			.map((property) -> secretOfServer(property.getKey(), property.getValue()))
			.filter(Objects::nonNull);
		Stream<String> variable = Stream.ofNullable(environment.getProperty("COMETAPI_KEY"));
		return new GeminiSecrets(Stream.of(properties, connections, servers, variable)
			.flatMap(Function.identity())
			.map(String::strip)
			.filter((secret) -> secret.length() >= SHORTEST_SECRET)
			.toList());
	}

	private static @Nullable String secretOfServer(String name, String value) {
		if (name.endsWith(".url")) {
			int query = value.indexOf('?');
			return (query >= 0) ? value.substring(query + 1) : null;
		}
		return MCP_SECRET.matcher(name).matches() ? value : null;
	}

	private static String toUniform(String name) {
		return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
	}

}
