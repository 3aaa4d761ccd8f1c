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

package com.cometapi.gemini.schema;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Selects the closest choice for a value without a type id, by its direct members and
 * elements.
 */
final class ChoiceSelector {

	private final SchemaTree tree;

	private final ScalarValidator scalars;

	ChoiceSelector(SchemaTree tree, ScalarValidator scalars) {
		this.tree = tree;
		this.scalars = scalars;
	}

	/**
	 * Return the choice that a value is closest to.
	 * @param choices the resolved choices, all of the JSON type of the value
	 * @param value the value
	 * @return the choice, or {@code null} if several fit equally well
	 */
	@Nullable JsonNode closest(List<JsonNode> choices, JsonNode value) {
		long[] faults = choices.stream().mapToLong((choice) -> faults(choice, value)).toArray();
		int closest = 0;
		boolean several = false;
		for (int i = 1; i < faults.length; i++) {
			several = (faults[i] == faults[closest]) || (several && faults[i] > faults[closest]);
			closest = (faults[i] < faults[closest]) ? i : closest;
		}
		boolean fitsSeveral = several && faults[closest] == 0 && value.isContainer();
		return fitsSeveral ? null : choices.get(closest);
	}

	/**
	 * Return whether no choice has the type id of a value.
	 * @param choices the resolved choices
	 * @param value the value
	 * @return {@code true} if the type id is unknown
	 */
	static boolean isOfUnknownType(List<JsonNode> choices, JsonNode value) {
		return choices.stream().noneMatch((choice) -> SchemaTree.hasTypeId(choice, value));
	}

	private long faults(JsonNode node, JsonNode value) {
		if (value.isObject()) {
			long missing = node.path("required").valueStream().filter((name) -> !value.has(name.asString())).count();
			return missing + value.propertyStream()
				.filter((member) -> !fits(this.tree.member(node, member.getKey()), member.getValue()))
				.count();
		}
		if (value.isArray()) {
			return IntStream.range(0, value.size())
				.filter((i) -> !fits(this.tree.element(node, i), value.get(i)))
				.count();
		}
		return fits(node, value) ? 0 : 1;
	}

	private boolean fits(JsonNode place, JsonNode value) {
		if (SchemaTree.isClosed(place)) {
			return false;
		}
		JsonNode node = this.tree.resolve(place);
		if (SchemaTree.isOpen(node) || node.has("anyOf")) {
			return true;
		}
		if (value.isNull()) {
			return this.tree.isNullable(node);
		}
		return SchemaTree.isOfType(node, value) && (value.isContainer() || this.scalars.read(node, value) != null);
	}

}
