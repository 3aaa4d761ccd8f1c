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

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The service tier of a call, in lower case on the wire.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code ServiceTier} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record ServiceTier(@JsonValue String value) {

	/**
	 * {@code unspecified}.
	 */
	public static final ServiceTier UNSPECIFIED = new ServiceTier("unspecified");

	/**
	 * {@code standard}.
	 */
	public static final ServiceTier STANDARD = new ServiceTier("standard");

	/**
	 * {@code flex}.
	 */
	public static final ServiceTier FLEX = new ServiceTier("flex");

	/**
	 * {@code priority}.
	 */
	public static final ServiceTier PRIORITY = new ServiceTier("priority");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ServiceTier {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static ServiceTier of(String name) {
		return new ServiceTier(EnumNames.of(name).toLowerCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
