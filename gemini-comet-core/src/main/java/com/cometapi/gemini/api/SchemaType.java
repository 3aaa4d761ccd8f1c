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
 * The kind of value that a {@link Schema} describes.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code SchemaType} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record SchemaType(@JsonValue String value) {

	/**
	 * {@code TYPE_UNSPECIFIED}.
	 */
	public static final SchemaType TYPE_UNSPECIFIED = new SchemaType("TYPE_UNSPECIFIED");

	/**
	 * {@code STRING}.
	 */
	public static final SchemaType STRING = new SchemaType("STRING");

	/**
	 * {@code NUMBER}.
	 */
	public static final SchemaType NUMBER = new SchemaType("NUMBER");

	/**
	 * {@code INTEGER}.
	 */
	public static final SchemaType INTEGER = new SchemaType("INTEGER");

	/**
	 * {@code BOOLEAN}.
	 */
	public static final SchemaType BOOLEAN = new SchemaType("BOOLEAN");

	/**
	 * {@code ARRAY}.
	 */
	public static final SchemaType ARRAY = new SchemaType("ARRAY");

	/**
	 * {@code OBJECT}.
	 */
	public static final SchemaType OBJECT = new SchemaType("OBJECT");

	/**
	 * {@code NULL}.
	 */
	public static final SchemaType NULL = new SchemaType("NULL");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public SchemaType {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static SchemaType of(String name) {
		return new SchemaType(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
