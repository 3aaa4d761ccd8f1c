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

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Names of the existing properties, most of them read from the records to which they are
 * bound.
 */
final class KnownProperties {

	private final List<String> names = new ArrayList<>();

	/**
	 * Properties whose keys are chosen by the application.
	 */
	private final List<String> maps = new ArrayList<>();

	/**
	 * Maps whose values have properties, by the name of the map.
	 */
	private final Map<String, KnownProperties> typedMaps = new LinkedHashMap<>();

	private KnownProperties() {
	}

	/**
	 * Add names.
	 * @param prefix the prefix of the names
	 * @param names the names below it
	 * @return this object
	 */
	KnownProperties and(String prefix, String... names) {
		for (String name : names) {
			this.names.add(prefix + "." + name);
		}
		return this;
	}

	/**
	 * Add names of properties whose keys are chosen by the application.
	 * @param prefix the prefix of the names
	 * @param names the names below it
	 * @return this object
	 */
	KnownProperties andMaps(String prefix, String... names) {
		for (String name : names) {
			this.maps.add(prefix + "." + name);
		}
		return this;
	}

	/**
	 * Add a property whose keys are chosen by the application, without dots, and whose
	 * values have properties.
	 * @param name the name
	 * @param values the names of the properties of a value; those that end with
	 * {@code .*} have keys that are chosen by the application
	 * @return this object
	 */
	KnownProperties andMapOf(String name, String... values) {
		KnownProperties known = new KnownProperties();
		for (String value : values) {
			if (value.endsWith(".*")) {
				known.maps.add(value.substring(0, value.length() - 2));
			}
			else {
				known.names.add(value);
			}
		}
		this.typedMaps.put(name, known);
		return this;
	}

	/**
	 * Add the names of the properties of another record.
	 * @param prefix the prefix of the names
	 * @param type the record, whose only constructor is bound
	 * @return this object
	 */
	KnownProperties and(String prefix, Class<? extends Record> type) {
		add(prefix, type);
		return this;
	}

	/**
	 * Return whether a property exists.
	 * @param property the name of the property
	 * @return {@code true} if it exists
	 */
	boolean contains(ConfigurationPropertyName property) {
		return contains(withoutIndexes(property));
	}

	private boolean contains(String name) {
		return this.names.stream().anyMatch((known) -> toUniform(known).equals(name))
				|| this.maps.stream().anyMatch((map) -> (name + ".").startsWith(toUniform(map) + "."))
				|| this.typedMaps.entrySet().stream().anyMatch((map) -> {
					String rest = below(map.getKey(), name);
					return name.equals(map.getKey())
							|| (rest != null && (rest.isEmpty() || map.getValue().contains(rest)));
				});
	}

	// The part of the name after the map and the key
	private static @Nullable String below(String map, String name) {
		if (!name.startsWith(map + ".")) {
			return null;
		}
		int key = name.indexOf('.', map.length() + 1);
		return (key != -1) ? name.substring(key + 1) : "";
	}

	/**
	 * Return whether a property that was set as an environment variable exists. Variable
	 * names do not distinguish dots from hyphens.
	 * @param property the name of the property
	 * @return {@code true} if it exists
	 */
	boolean containsVariable(ConfigurationPropertyName property) {
		String name = withoutIndexes(property).replace(".", "");
		return this.names.stream().anyMatch((known) -> toUniform(known).replace(".", "").equals(name))
				|| this.maps.stream().anyMatch((map) -> name.startsWith(toUniform(map).replace(".", "")))
				// A key may have any characters in a variable
				|| this.typedMaps.keySet().stream().anyMatch((map) -> name.startsWith(toUniform(map).replace(".", "")));
	}

	/**
	 * Find the existing property with the most similar name.
	 * @param name the unknown name
	 * @return the similar name, or {@code null} if there is none
	 */
	@Nullable String findNearest(String name) {
		for (Map.Entry<String, KnownProperties> map : this.typedMaps.entrySet()) {
			String rest = below(map.getKey(), name);
			if (rest != null) {
				String nearest = map.getValue().findNearest(rest);
				return (nearest != null) ? name.substring(0, name.length() - rest.length()) + nearest : null;
			}
		}
		int limit = 2 + name.substring(name.lastIndexOf('.') + 1).length() / 4;
		return this.names.stream()
			.min(Comparator.comparingInt((known) -> distance(name, known)))
			.filter((known) -> distance(name, known) <= limit)
			.orElse(null);
	}

	private void add(String prefix, Class<?> type) {
		for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(parameter.getName());
			if (parameter.getType().isRecord()) {
				add(name, parameter.getType());
			}
			else if (Map.class.isAssignableFrom(parameter.getType())) {
				this.maps.add(name);
			}
			else {
				this.names.add(name);
			}
		}
	}

	private static String withoutIndexes(ConfigurationPropertyName name) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			if (!name.isNumericIndex(i)) {
				result.append((i > 0) ? "." : "").append(name.getElement(i, Form.UNIFORM));
			}
		}
		return result.toString();
	}

	private static String toUniform(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	// Levenshtein distance
	private static int distance(String first, String second) {
		int[] previous = new int[second.length() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= first.length(); i++) {
			int[] current = new int[previous.length];
			current[0] = i;
			for (int j = 1; j < current.length; j++) {
				int replaced = previous[j - 1] + ((first.charAt(i - 1) != second.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[second.length()];
	}

	/**
	 * Return the names of the properties of a record.
	 * @param prefix the prefix of the names
	 * @param type the record, whose only constructor is bound
	 * @return the names
	 */
	static KnownProperties of(String prefix, Class<? extends Record> type) {
		KnownProperties known = new KnownProperties();
		known.add(prefix, type);
		return known;
	}

}
