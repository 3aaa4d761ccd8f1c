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

package com.cometapi.gemini.error;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;

import org.springframework.web.util.HtmlUtils;

/**
 * Removes keys from texts: the keys in use, and everything that looks like a key.
 */
public final class Redactor {

	private static final String MASK = "***";

	/**
	 * Maximum number of characters that are examined.
	 */
	private static final int MAX_INPUT = 16 * 1024;

	/**
	 * Maximum length of a key. As many characters are dropped at the end of a long input,
	 * so that no part of a key remains.
	 */
	private static final int MAX_KEY = 600;

	private static final int MIN_LENGTH_WITHIN_WORDS = 8;

	private static final int MIN_SECRET_LENGTH = 4;

	private static final int MAX_DEPTH = 10;

	private static final int MAX_MEMBERS = 100;

	private static final int MAX_TEXT = 2000;

	private static final Pattern API_KEY = Pattern
		.compile("(?<![A-Za-z0-9])(?:sk-[A-Za-z0-9_*-]{8,}+|AIza[A-Za-z0-9_*-]{8,}+)");

	private static final Pattern HEADER = Pattern
		.compile("(?i)((?:x-goog-api-key|authorization)(?:\\\\?[\"'])?\\s{0,9}[:=]\\s{0,9}(?:\\\\?[\"'\\[]){0,2}"
				+ "(?:(?:bearer|basic|token)\\s{1,9})?)[^\\s\"',\\]}\\\\]++");

	private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s{1,9})[A-Za-z0-9._~+/=*-]{6,}+");

	private static final Pattern PARAMETER = Pattern.compile("(?i)\\b((?:api[_-]?)?key=)[^&\\s\"'<>,)\\\\]++");

	private static final Pattern NAMED = Pattern
		.compile("(?i)(api[ _-]?key(?:\\s{1,9}provided)?(?:\\\\?[\"'])?\\s{0,9}[:=]\\s{0,9}(?:\\\\?[\"'])?)"
				+ "[^\\s\"',)}\\\\]++");

	private static final Pattern BASE64 = Pattern
		.compile("(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{80,}+|[A-Za-z0-9_-]{80,}+)={0,2}");

	private final Set<String> secrets = new TreeSet<>(
			Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

	public Redactor(Collection<String> secrets) {
		for (String secret : secrets) {
			// A header may hold a number, which is not a secret and occurs in ordinary
			// texts.
			if (secret.strip().length() >= MIN_SECRET_LENGTH) {
				addForms(secret.strip());
			}
		}
	}

	private void addForms(String secret) {
		String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
		String escaped = new String(JsonStringEncoder.getInstance().quoteAsCharArray(secret));
		this.secrets.add(secret);
		this.secrets.add(encoded);
		this.secrets.add(encoded.replace("+", "%20"));
		this.secrets.add(lowerCaseEscapes(encoded));
		this.secrets.add(escaped);
		this.secrets.add(escaped.replace("/", "\\/"));
		this.secrets.add(HtmlUtils.htmlEscape(secret));
	}

	private static String lowerCaseEscapes(String encoded) {
		return Pattern.compile("%[0-9A-F]{2}")
			.matcher(encoded)
			.replaceAll((match) -> match.group().toLowerCase(Locale.ROOT));
	}

	/**
	 * Return a text without keys, shortened to a length.
	 * @param text the text
	 * @param maxLength the number of characters to keep
	 * @return the beginning of the text
	 */
	public String redact(String text, int maxLength) {
		String result = redact(text);
		if (result.length() <= maxLength) {
			return result;
		}
		int end = Character.isHighSurrogate(result.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
		return result.substring(0, end) + "…";
	}

	/**
	 * Return whether a text contains no key.
	 * @param text the text
	 * @return {@code true} if redacting would not change it
	 */
	public boolean isClean(String text) {
		return text.equals(redact(text));
	}

	/**
	 * Return a JSON object as a map with redacted, shortened texts.
	 * @param object the object
	 * @return the members, unmodifiable
	 */
	public Map<String, @Nullable Object> redact(JsonNode object) {
		return redact(object, MAX_DEPTH);
	}

	private Map<String, @Nullable Object> redact(JsonNode object, int depth) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		object.properties()
			.stream()
			.limit(MAX_MEMBERS)
			.forEach((member) -> result.put(redact(member.getKey(), MAX_TEXT), value(member.getValue(), depth - 1)));
		return Collections.unmodifiableMap(result);
	}

	private @Nullable Object value(JsonNode node, int depth) {
		if (node.isContainer() && depth <= 0) {
			return "…";
		}
		if (node.isObject()) {
			return redact(node, depth);
		}
		if (node.isArray()) {
			List<@Nullable Object> values = new ArrayList<>();
			node.valueStream().limit(MAX_MEMBERS).forEach((value) -> values.add(value(value, depth - 1)));
			return Collections.unmodifiableList(values);
		}
		if (node.isNumber()) {
			return node.numberValue();
		}
		if (node.isBoolean()) {
			return node.booleanValue();
		}
		return node.isNull() ? null : redact(node.asString(""), MAX_TEXT);
	}

	private String redact(String text) {
		String result = text;
		boolean cut = text.length() > MAX_INPUT;
		if (cut) {
			int longest = this.secrets.isEmpty() ? 0 : this.secrets.iterator().next().length();
			result = text.substring(0, Math.max(0, MAX_INPUT - Math.max(MAX_KEY, longest)));
		}
		for (String secret : this.secrets) {
			result = withoutSecret(result, secret);
		}
		result = API_KEY.matcher(result).replaceAll(MASK);
		result = HEADER.matcher(result).replaceAll("$1" + MASK);
		result = BEARER.matcher(result).replaceAll("$1" + MASK);
		result = PARAMETER.matcher(result).replaceAll("$1" + MASK);
		result = NAMED.matcher(result).replaceAll("$1" + MASK);
		result = BASE64.matcher(result).replaceAll((match) -> "[%d characters]".formatted(match.group().length()));
		return cut ? result + "…" : result;
	}

	private static String withoutSecret(String text, String secret) {
		if (!text.contains(secret)) {
			return text;
		}
		if (secret.length() >= MIN_LENGTH_WITHIN_WORDS) {
			return text.replace(secret, MASK);
		}
		// A shorter secret, as in a test, may occur within ordinary words.
		Pattern pattern = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(secret) + "(?![A-Za-z0-9])");
		return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
	}

}
