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
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.module.SimpleModule;

/**
 * Registers a {@link TolerantDeserializer} for every message that keeps unknown members.
 */
final class TolerantModule extends SimpleModule {

	TolerantModule() {
		super("gemini-tolerant");
		setDeserializerModifier(new Modifier());
	}

	private static final class Modifier extends ValueDeserializerModifier {

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config,
				BeanDescription.Supplier beanDescription, ValueDeserializer<?> deserializer) {
			Class<?> type = beanDescription.getBeanClass();
			boolean message = type.getPackage() == GenerateContentResponse.class.getPackage()
					&& MessageComponents.hasAdditional(type);
			return message ? new TolerantDeserializer(deserializer, type) : deserializer;
		}

	}

}
