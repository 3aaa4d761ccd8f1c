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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * Generic types, and types that refer to themselves.
 */
final class NestedTypes {

	private NestedTypes() {
	}

	record Box<T>(T content, List<T> more) {

	}

	record Boxes(Box<String> texts, Box<Integer> numbers) {

	}

	record Pair<A, B>(A first, B second) {

	}

	record Node(String name, List<Node> children) {

	}

	record Linked(int value, @Nullable Linked next) {

	}

	record Employee(String name, @Nullable @JsonPropertyDescription("Who to report to") Employee boss) {

	}

	record Department(String name, List<Worker> workers) {

	}

	record Worker(String name, Department department) {

	}

	record Company(String name, Department root, Node tree) {

	}

	record Tree(Map<String, Tree> branches) {

	}

	record Forest(List<Forest> trees) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Forest {
		}

	}

	record Branch(String name, Branches branches) {

	}

	static class Branches extends ArrayList<Branch> {

	}

}
