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

package com.cometapi.gemini.cost;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.cometapi.gemini.client.ModelId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.PatternMatchUtils;

/**
 * Price table by model. There is no built-in price. Thread-safe.
 *
 * <p>
 * An entry applies to the model with its id and to its versions, whose ids continue with
 * {@code -preview}, {@code -exp}, {@code -latest}, {@code -stable}, a number or a date:
 * the price of {@code gemini-3.5-flash} is also that of {@code gemini-3.5-flash-001} and
 * {@code gemini-3.5-flash-preview-09-2026}, but neither that of
 * {@code gemini-3.5-flash-lite} nor of {@code gemini-3.5-flash-preview-tts}. An entry
 * with {@code *} applies to all ids that it matches. An entry for the id itself takes
 * precedence over one for its versions, and that over a pattern; among several, the
 * longest entry is used. An entry that begins with the name of a connection and a colon,
 * such as {@code google:gemini-3.5-flash}, applies to that connection only and takes
 * precedence over all others.
 */
public final class GeminiPrices {

	private static final Log logger = LogFactory.getLog(GeminiPrices.class);

	private static final Pattern VERSION = Pattern.compile("(-(preview|exp|latest|stable))?(-\\d{2,8})*");

	private static final int MAX_CACHED = 1000;

	private final Map<String, ModelPrice> prices;

	// The models of an application are few, but its users may choose them.
	private final Map<String, Optional<ModelPrice>> found = new ConcurrentHashMap<>();

	private final Set<String> missing = ConcurrentHashMap.newKeySet();

	private GeminiPrices(Map<String, ModelPrice> prices) {
		this.prices = Map.copyOf(prices);
	}

	/**
	 * Find the price of a model. Logs once for each model without one.
	 * @param connection the name of the connection
	 * @param model the id of the model
	 * @return the price, or {@code null} if there is none
	 */
	public @Nullable ModelPrice find(String connection, String model) {
		String key = connection + ":" + model;
		Optional<ModelPrice> found = this.found.get(key);
		if (found == null) {
			found = Optional.ofNullable(search(connection, model));
			if (this.found.size() < MAX_CACHED) {
				this.found.put(key, found);
			}
			if (found.isEmpty()) {
				warn(model);
			}
		}
		return found.orElse(null);
	}

	private void warn(String model) {
		if (this.missing.size() < MAX_CACHED && this.missing.add(model)) {
			logger.warn(("No price for the model '%s': the cost of its calls is not known. "
					+ "Set 'cometapi.gemini.prices.[%s].input' and '.output'")
				.formatted(model, model));
		}
	}

	private @Nullable ModelPrice search(String connection, String model) {
		String id = ModelId.bareId(model);
		ModelPrice price = search(connection + ":", model, id);
		return (price != null) ? price : search("", model, id);
	}

	private @Nullable ModelPrice search(String prefix, String model, String id) {
		for (String exact : new String[] { prefix + model, prefix + id }) {
			ModelPrice price = this.prices.get(exact);
			if (price != null) {
				return price;
			}
		}
		ModelPrice price = longest((entry) -> isVersion(prefix + id, entry));
		return (price != null) ? price : longest((entry) -> entry.indexOf('*') >= 0
				&& entry.contains(":") != prefix.isEmpty() && PatternMatchUtils.simpleMatch(entry, prefix + id));
	}

	private static boolean isVersion(String id, String entry) {
		return id.startsWith(entry) && VERSION.matcher(id).region(entry.length(), id.length()).matches();
	}

	private @Nullable ModelPrice longest(Predicate<String> predicate) {
		return this.prices.entrySet()
			.stream()
			.filter((entry) -> predicate.test(entry.getKey()))
			.max(Comparator.comparingInt((entry) -> entry.getKey().length()))
			.map(Map.Entry::getValue)
			.orElse(null);
	}

	/**
	 * Create a price table.
	 * @param prices the prices by model
	 * @return the table
	 */
	public static GeminiPrices of(Map<String, ModelPrice> prices) {
		Assert.notEmpty(prices, "'prices' must not be empty");
		return new GeminiPrices(prices);
	}

}
