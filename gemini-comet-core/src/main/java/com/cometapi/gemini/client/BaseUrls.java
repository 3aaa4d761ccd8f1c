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

package com.cometapi.gemini.client;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Validates and describes base URLs. Any part of a URL except the host may contain a key,
 * so only the host is ever shown.
 */
final class BaseUrls {

	private static final Pattern VERSION_AT_THE_END = Pattern.compile("/v\\d+((alpha|beta)\\d*)?(/models)?/*$");

	private BaseUrls() {
	}

	/**
	 * Validate a base URL.
	 * @param baseUrl the address
	 * @return the reason why it is not valid, without a full stop, or {@code null} if it
	 * is valid
	 */
	static @Nullable String findFault(URI baseUrl) {
		if (!"https".equalsIgnoreCase(baseUrl.getScheme()) && !"http".equalsIgnoreCase(baseUrl.getScheme())) {
			return "it must start with 'https://' or 'http://'";
		}
		if (baseUrl.getRawUserInfo() != null || baseUrl.toString().indexOf('@') >= 0) {
			return "it must not contain a user or a password (it is not shown)";
		}
		if (baseUrl.getHost() == null) {
			return "it must name a host; an underscore is not allowed in it";
		}
		if (baseUrl.getPort() == 0 || baseUrl.getPort() > 65535) {
			return "its port must be from 1 to 65535";
		}
		if (baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
			return "it must not have a query ('?') or a fragment ('#'); the key is sent in a header";
		}
		if (VERSION_AT_THE_END.matcher(baseUrl.getRawPath()).find()) {
			return "it must not end with the API version, which each request adds";
		}
		return null;
	}

	/**
	 * Return a base URL to which a path can be added.
	 * @param baseUrl the address
	 * @return the address without a slash at its end
	 */
	static String withoutSlash(URI baseUrl) {
		return StringUtils.trimTrailingCharacter(baseUrl.toString(), '/');
	}

	/**
	 * Describe a base URL without any part that could be a secret.
	 * @param baseUrl the address
	 * @return the scheme, the host and the port
	 */
	static String describe(URI baseUrl) {
		if (baseUrl.getHost() == null) {
			return "***";
		}
		String port = (baseUrl.getPort() != -1) ? ":" + baseUrl.getPort() : "";
		String path = (baseUrl.getRawPath().length() > 1) ? "/***" : "";
		return "%s://%s%s%s".formatted(baseUrl.getScheme(), baseUrl.getHost(), port, path);
	}

}
