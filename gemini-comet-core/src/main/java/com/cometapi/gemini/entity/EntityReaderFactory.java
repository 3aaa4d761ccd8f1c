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

package com.cometapi.gemini.entity;

import java.lang.reflect.Type;

import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.schema.GeminiSchemaGenerator;

/**
 * Creates the {@link EntityReader} of a type. Thread-safe; the schemas of types are
 * generated once.
 */
public final class EntityReaderFactory {

	private final GeminiEntitySettings settings;

	private final GeminiSchemaGenerator generator;

	/**
	 * Create a factory.
	 * @param settings the mapper and the validator of the application
	 */
	public EntityReaderFactory(GeminiEntitySettings settings) {
		this.settings = settings;
		this.generator = new GeminiSchemaGenerator(settings.jsonMapper());
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public GeminiEntitySettings settings() {
		return this.settings;
	}

	/**
	 * Return the reader of a type.
	 * @param type the type
	 * @param <T> the type
	 * @return the reader
	 * @throws IllegalArgumentException if the type cannot be described by a schema
	 */
	public <T> EntityReader<T> forType(Type type) {
		GeminiSchema schema = this.generator.generate(type);
		return new EntityReader<>(this.generator.jsonMapper(), this.generator.jsonMapper().constructType(type), schema,
				this.settings.validator());
	}

}
