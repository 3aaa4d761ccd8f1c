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

package com.cometapi.gemini.client;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.MediaData;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Creates the JSON mapper for requests and responses, which is independent of the
 * application's mapper.
 */
public final class GeminiJsonMapper {

	private GeminiJsonMapper() {
	}

	/**
	 * Return a builder of the mapper. It omits null members, keeps unknown members and
	 * values, keeps all digits of numbers, and limits the length of texts by the size of
	 * the heap only.
	 * @return a new builder
	 */
	public static JsonMapper.Builder builder() {
		return databind().addModule(new SimpleModule("gemini-messages").addSerializer(new RequestSerializer())
			.addDeserializer(GenerateContentResponse.class, new ResponseDeserializer()));
	}

	/**
	 * Return a builder of a slower mapper that also reads messages with unreadable
	 * members: such a member is kept unchanged in {@code additional}. A member that
	 * carries content, such as a text, must be readable.
	 * @return a new builder
	 */
	public static JsonMapper.Builder tolerantBuilder() {
		return databind().addModule(new TolerantModule());
	}

	static JsonMapper.Builder databind() {
		return databind(factory());
	}

	static JsonMapper.Builder databind(JsonFactory factory) {
		return JsonMapper.builder(factory)
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
			.addHandler(new ScalarAsTextHandler())
			.addModule(new SimpleModule("gemini").setSerializerModifier(new LazySerializers())
				.addDeserializer(Object.class, new LosslessValueDeserializer())
				.addDeserializer(String.class, new TextDeserializer())
				.addDeserializer(MediaData.class, new MediaDeserializer())
				.addSerializer(MediaData.class, new MediaSerializer()));
	}

	// The client counts the bytes that arrive; Jackson's own limit would refuse large
	// images.
	static JsonFactory factory() {
		StreamReadConstraints constraints = StreamReadConstraints.builder()
			.maxStringLength(HeapLimits.maxTextLength())
			.build();
		return JsonFactory.builder()
			.streamReadConstraints(constraints)
			.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
			.build();
	}

}
