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

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.util.Assert;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Rules for requests that pages of other sites cause in a browser, such as an image whose
 * address is that of a streaming endpoint. The browser hides the response from such a
 * page, but the prompt is sent, and billed.
 *
 * <p>
 * A request is refused if the browser says with {@code Sec-Fetch-Site} that it comes from
 * another origin or, in a browser that does not send this header, if {@code Origin} names
 * another one. Addresses that a user types, and clients other than browsers, are not
 * affected. Browsers send {@code Sec-Fetch-Site} over HTTPS and to the local host only,
 * and leave out {@code Origin} with some {@code GET} requests: over plain HTTP, only
 * {@code POST} is protected.
 *
 * <p>
 * Immutable and thread-safe.
 *
 * @see GeminiCrossSiteFilter
 * @see GeminiCrossSiteWebFilter
 */
public final class GeminiCrossSitePolicy {

	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

	static final String SEC_FETCH_SITE = "Sec-Fetch-Site";

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final List<PathPattern> paths;

	private final Set<String> allowedHosts;

	private final Set<WebOrigin> allowedOrigins;

	/**
	 * Create a policy.
	 * @param paths the patterns of the paths to protect, within the application, such as
	 * {@code /api/**}; a missing first slash is added
	 * @param allowedHosts the host names, without a port, under which these paths may be
	 * requested, or none to allow all names; a page that resolves its own name to the
	 * address of this application (DNS rebinding) is of the same origin for a browser
	 * @param allowedOrigins the other origins whose pages may request these paths, such
	 * as {@code https://app.example.com}; they also need a CORS configuration
	 * @throws IllegalArgumentException if there is no path, or if one of them is not a
	 * pattern, a host name or an origin
	 */
	public GeminiCrossSitePolicy(Collection<String> paths, Collection<String> allowedHosts,
			Collection<String> allowedOrigins) {
		Assert.notEmpty(paths, "'paths' must not be empty");
		this.paths = paths.stream().map(GeminiCrossSitePolicy::parsePath).toList();
		this.allowedHosts = allowedHosts.stream()
			.map(GeminiCrossSitePolicy::parseHost)
			.collect(Collectors.toUnmodifiableSet());
		this.allowedOrigins = allowedOrigins.stream()
			.map(GeminiCrossSitePolicy::parseOrigin)
			.collect(Collectors.toUnmodifiableSet());
	}

	private static PathPattern parsePath(String path) {
		Assert.hasText(path, "'paths' must not contain an empty pattern");
		PathPatternParser parser = PathPatternParser.defaultInstance;
		try {
			return parser.parse(parser.initFullPathPattern(path));
		}
		catch (PatternParseException ex) {
			throw new IllegalArgumentException(
					"'paths' must be patterns such as '/api/**', not '%s': %s".formatted(path, ex.getMessage()), ex);
		}
	}

	private static String parseHost(String host) {
		Assert.isTrue(WebOrigin.isHost(host),
				() -> "'allowedHosts' must be host names without a port, such as 'chat.example.com', not '%s'"
					.formatted(host));
		return host.toLowerCase(Locale.ROOT);
	}

	private static WebOrigin parseOrigin(String origin) {
		WebOrigin parsed = WebOrigin.parse(origin);
		Assert.isTrue(parsed != null,
				() -> "'allowedOrigins' must be origins such as 'https://app.example.com', not '%s'".formatted(origin));
		return parsed;
	}

	boolean isProtected(PathContainer path) {
		return this.paths.stream().anyMatch((pattern) -> pattern.matches(path));
	}

	/**
	 * Check a request to a protected path.
	 * @param target the origin that the request is sent to, or {@code null} if it is
	 * malformed
	 * @param site the header {@code Sec-Fetch-Site}, or {@code null}
	 * @param origin the header {@code Origin}, or {@code null}
	 * @return the reason to refuse the request, or {@code null} if it is allowed
	 */
	@Nullable Refusal check(@Nullable WebOrigin target, @Nullable String site, @Nullable String origin) {
		if (!this.allowedHosts.isEmpty() && (target == null || !this.allowedHosts.contains(target.host()))) {
			return Refusal.HOST;
		}
		// An origin that is malformed, or 'null', is not known to be our own
		WebOrigin source = (origin != null) ? WebOrigin.parse(origin) : null;
		boolean isOwn = (site != null) ? OWN_SITE.contains(site)
				: origin == null || (source != null && source.equals(target));
		return (isOwn || (source != null && this.allowedOrigins.contains(source))) ? null : Refusal.SITE;
	}

	/**
	 * Reason to refuse a request.
	 */
	enum Refusal {

		/**
		 * The host name is not allowed.
		 */
		HOST(HttpStatus.MISDIRECTED_REQUEST, "This host name is not one of the allowed ones"),

		/**
		 * A page of another site has caused the request.
		 */
		SITE(HttpStatus.FORBIDDEN, "The request comes from a page of another site");

		private final HttpStatus status;

		private final String message;

		Refusal(HttpStatus status, String message) {
			this.status = status;
			this.message = message;
		}

		HttpStatus status() {
			return this.status;
		}

		String message() {
			return this.message;
		}

	}

}
