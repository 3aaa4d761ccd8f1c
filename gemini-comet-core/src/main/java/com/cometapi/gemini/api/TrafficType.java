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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Billing type of a call (Vertex AI only).
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code TrafficType} of Vertex AI {@code v1}.
 *
 * @param value the text on the wire
 */
public record TrafficType(@JsonValue String value) {

	/**
	 * {@code TRAFFIC_TYPE_UNSPECIFIED}.
	 */
	public static final TrafficType TRAFFIC_TYPE_UNSPECIFIED = new TrafficType("TRAFFIC_TYPE_UNSPECIFIED");

	/**
	 * {@code ON_DEMAND}.
	 */
	public static final TrafficType ON_DEMAND = new TrafficType("ON_DEMAND");

	/**
	 * {@code ON_DEMAND_PRIORITY}.
	 */
	public static final TrafficType ON_DEMAND_PRIORITY = new TrafficType("ON_DEMAND_PRIORITY");

	/**
	 * {@code ON_DEMAND_FLEX}.
	 */
	public static final TrafficType ON_DEMAND_FLEX = new TrafficType("ON_DEMAND_FLEX");

	/**
	 * {@code PROVISIONED_THROUGHPUT}.
	 */
	public static final TrafficType PROVISIONED_THROUGHPUT = new TrafficType("PROVISIONED_THROUGHPUT");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public TrafficType {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static TrafficType of(String name) {
		return new TrafficType(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
