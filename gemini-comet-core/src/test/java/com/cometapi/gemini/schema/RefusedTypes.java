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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * Types without a schema, for example because they contain themselves.
 */
final class RefusedTypes {

	private RefusedTypes() {
	}

	record Empty() {

	}

	interface Open {

		String name();

	}

	record Holder(Open open) {

	}

	static class Nested extends ArrayList<Nested> {

	}

	static class Scopes extends HashMap<String, Scopes> {

	}

	static class Ping extends ArrayList<Pong> {

	}

	static class Pong extends ArrayList<Ping> {

	}

	static class Index extends HashMap<String, Entries> {

	}

	static class Entries extends ArrayList<Optional<Index>> {

	}

	record Game(String name, Ping ping) {

	}

	record Growing<T>(T value, @Nullable Growing<List<T>> next) {

	}

	record Garden(Growing<String> growing) {

	}

	static class Heap<T> extends ArrayList<Heap<List<T>>> {

	}

	@JsonFormat(shape = JsonFormat.Shape.ARRAY)
	record Row(String first, String second) {

	}

	record Rows(@JsonFormat(shape = JsonFormat.Shape.ARRAY) ObjectTypes.Address address) {

	}

	sealed interface Chain<T> {

		record End<T>(T value) implements Chain<T> {

		}

		record Link<T>(@Nullable Chain<Optional<T>> next) implements Chain<T> {

		}

	}

}
