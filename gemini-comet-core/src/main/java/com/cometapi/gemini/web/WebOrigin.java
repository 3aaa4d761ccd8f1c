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

package com.cometapi.gemini.web;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Origin of a page or of this application, as browsers compare them.
 *
 * @param scheme the scheme in lower case
 * @param host the host name in lower case, or the IP address, in brackets if it is an
 * IPv6 one
 * @param port the port, or -1 for none
 */
record WebOrigin(String scheme, String host, int port) {

	private static final String HOST = "[a-zA-Z0-9._-]+|\\[[0-9a-fA-F:.]+]";

	private static final Pattern HOST_FORMAT = Pattern.compile(HOST);

	private static final Pattern FORMAT = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(" + HOST + ")(?::(\\d{1,5}))?");

	/**
	 * Parse an origin.
	 * @param origin the text, such as {@code https://app.example.com}
	 * @return the origin, or {@code null} if it is not one
	 */
	static @Nullable WebOrigin parse(String origin) {
		Matcher matcher = FORMAT.matcher(origin);
		if (!matcher.matches()) {
			return null;
		}
		String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
		int port = (matcher.group(3) != null) ? Integer.parseInt(matcher.group(3)) : defaultPort(scheme);
		return new WebOrigin(scheme, matcher.group(2).toLowerCase(Locale.ROOT), port);
	}

	private static int defaultPort(String scheme) {
		return switch (scheme) {
			case "http" -> 80;
			case "https" -> 443;
			default -> -1;
		};
	}

	static boolean isHost(String host) {
		return HOST_FORMAT.matcher(host).matches();
	}

}
