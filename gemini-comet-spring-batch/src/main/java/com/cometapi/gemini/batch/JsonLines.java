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

package com.cometapi.gemini.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;
import org.springframework.util.Assert;

/**
 * Files with one JSON value in each line, read and written by the flat file readers and
 * writers of Spring Batch.
 */
public final class JsonLines {

	private final JsonMapper mapper;

	private final JsonMapper writingMapper;

	/**
	 * Create an instance.
	 * @param mapper reads and writes the values
	 */
	public JsonLines(JsonMapper mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		this.mapper = mapper;
		// A value that the application's mapper indents would be several lines
		this.writingMapper = mapper.rebuild()
			.disable(SerializationFeature.INDENT_OUTPUT)
			.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	/**
	 * Return a reader of a file.
	 * @param name the name of the reader, unique within the step
	 * @param file the file
	 * @param type the type of the values
	 * @param <T> the type of the values
	 * @return the builder of the reader
	 */
	public <T> FlatFileItemReaderBuilder<T> reader(String name, Resource file, Class<T> type) {
		return new FlatFileItemReaderBuilder<T>().name(name)
			.resource(file)
			.comments()
			.lineMapper((line, number) -> this.mapper.readValue(line, type));
	}

	/**
	 * Return a writer of a file. It does not write members that are {@code null}.
	 * @param name the name of the writer, unique within the step
	 * @param file the file
	 * @param <T> the type of the values
	 * @return the builder of the writer
	 */
	public <T> FlatFileItemWriterBuilder<T> writer(String name, WritableResource file) {
		return new FlatFileItemWriterBuilder<T>().name(name)
			.resource(file)
			.lineAggregator(this.writingMapper::writeValueAsString);
	}

}
