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

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the members of a message that are present.
 */
final class PresentMembers {

	private PresentMembers() {
	}

	/**
	 * Return the names of the members that are written to the wire.
	 * @param message the message
	 * @return the names of the members that this version knows
	 */
	static Set<String> present(Record message) {
		Set<String> names = new HashSet<>();
		for (RecordComponent component : message.getClass().getRecordComponents()) {
			Object value = value(component, message);
			if (value != null && value != ImmutableCollections.ABSENT) {
				names.add(component.getName());
			}
		}
		// The component with the unknown members. On the wire, the name has no special
		// meaning.
		names.remove("additional");
		return names;
	}

	private static @Nullable Object value(RecordComponent component, Record message) {
		try {
			return component.getAccessor().invoke(message);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot read '%s' of %s".formatted(component.getName(), message), ex);
		}
	}

}
