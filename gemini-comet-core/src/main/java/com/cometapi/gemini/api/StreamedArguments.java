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

package com.cometapi.gemini.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a function call as a tree that grows with each piece.
 */
final class StreamedArguments {

	private static final Pattern STEP = Pattern
		.compile("\\G(?:\\.([^.\\[\\]]+)|\\[(\\d{1,9})]|\\['([^']*)']|\\[\"([^\"]*)\"])");

	// Deeper than any sensible path; deeper pieces are not merged.
	private static final int MAX_DEPTH = 100;

	private static final double LARGEST_EXACT_INTEGER = 1L << 53;

	private @Nullable Map<String, @Nullable Object> members;

	void addAll(Map<String, @Nullable Object> args) {
		args.forEach((name, value) -> members().put(name, thaw(value)));
	}

	/**
	 * Add a piece at its path.
	 * @param arg the piece
	 * @return {@code false} if its path or its value cannot be understood
	 */
	boolean add(PartialArg arg) {
		List<Object> path = parse(arg.jsonPath());
		if (path.isEmpty()) {
			return false;
		}
		Object container = members();
		for (int i = 0; i < path.size() - 1; i++) {
			container = descend(container, path.get(i), path.get(i + 1) instanceof Integer);
			if (container == null) {
				return false;
			}
		}
		return put(container, path.get(path.size() - 1), arg);
	}

	@Nullable Map<String, @Nullable Object> toMap() {
		return (this.members != null) ? freeze(this.members) : null;
	}

	private Map<String, @Nullable Object> members() {
		if (this.members == null) {
			this.members = new LinkedHashMap<>();
		}
		return this.members;
	}

	private static List<Object> parse(@Nullable String path) {
		if (path == null || !path.startsWith("$")) {
			return List.of();
		}
		List<Object> steps = new ArrayList<>(2);
		Matcher matcher = STEP.matcher(path).region(1, path.length());
		int end = 1;
		while (matcher.find() && steps.size() < MAX_DEPTH) {
			end = matcher.end();
			steps.add((matcher.group(2) != null) ? (Object) Integer.valueOf(matcher.group(2)) : name(matcher));
		}
		return (end == path.length() && !steps.isEmpty() && steps.get(0) instanceof String) ? steps : List.of();
	}

	private static String name(Matcher matcher) {
		if (matcher.group(1) != null) {
			return matcher.group(1);
		}
		return (matcher.group(3) != null) ? matcher.group(3) : matcher.group(4);
	}

	private static @Nullable Object descend(Object container, Object step, boolean toList) {
		if (!isPlace(container, step)) {
			return null;
		}
		Object child = get(container, step);
		if (child == null) {
			child = (toList) ? new ArrayList<>() : new LinkedHashMap<>();
			set(container, step, child);
		}
		return child;
	}

	private static boolean put(Object container, Object step, PartialArg arg) {
		if (!isPlace(container, step)) {
			return false;
		}
		boolean more = Boolean.TRUE.equals(arg.willContinue());
		Object current = get(container, step);
		if (arg.stringValue() != null || (current instanceof Text open && open.more && hasNoValue(arg))) {
			Text text = (current instanceof Text open && open.more) ? open : new Text();
			text.append(arg.stringValue(), more);
			set(container, step, text);
			return true;
		}
		if (hasNoValue(arg) && (more || !arg.additional().isEmpty())) {
			return false;
		}
		set(container, step, (arg.numberValue() != null) ? toNumber(arg.numberValue()) : arg.boolValue());
		return true;
	}

	private static boolean hasNoValue(PartialArg arg) {
		return arg.stringValue() == null && arg.numberValue() == null && arg.boolValue() == null
				&& arg.nullValue() == null;
	}

	private static Number toNumber(double value) {
		if (value != Math.rint(value) || Math.abs(value) > LARGEST_EXACT_INTEGER) {
			return value;
		}
		// A whole number becomes an integer, as it would be without streaming: 3, not
		// 3.0.
		long integer = (long) value;
		return (integer == (int) integer) ? (Number) (int) integer : (Number) integer;
	}

	private static boolean isPlace(Object container, Object step) {
		if (step instanceof Integer index) {
			return container instanceof List<?> list && index <= list.size();
		}
		return container instanceof Map;
	}

	private static @Nullable Object get(Object container, Object step) {
		if (step instanceof Integer index) {
			List<?> list = (List<?>) container;
			return (index < list.size()) ? list.get(index) : null;
		}
		return ((Map<?, ?>) container).get(step);
	}

	@SuppressWarnings("unchecked")
	private static void set(Object container, Object step, @Nullable Object value) {
		if (step instanceof Integer index) {
			List<@Nullable Object> list = (List<@Nullable Object>) container;
			if (index == list.size()) {
				list.add(value);
			}
			else {
				list.set(index, value);
			}
		}
		else {
			((Map<Object, @Nullable Object>) container).put(step, value);
		}
	}

	private static @Nullable Object thaw(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((name, member) -> copy.put(name, thaw(member)));
			return copy;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			list.forEach((element) -> copy.add(thaw(element)));
			return copy;
		}
		return value;
	}

	private static <K> Map<K, @Nullable Object> freeze(Map<K, ?> map) {
		Map<K, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((name, member) -> copy.put(name, freeze(member)));
		return Collections.unmodifiableMap(copy);
	}

	private static @Nullable Object freeze(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return freeze(map);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			list.forEach((element) -> copy.add(freeze(element)));
			return Collections.unmodifiableList(copy);
		}
		return (value instanceof Text text) ? text.text.toString() : value;
	}

	/**
	 * A text that may become longer.
	 */
	private static final class Text {

		private final StringBuilder text = new StringBuilder();

		private boolean more;

		void append(@Nullable String piece, boolean more) {
			if (piece != null) {
				this.text.append(piece);
			}
			this.more = more;
		}

	}

}
