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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;

/**
 * Reads a number as the text of an open enum, since servers send the number of a constant
 * whose name they do not know.
 */
final class ScalarAsTextHandler extends DeserializationProblemHandler {

	@Override
	public @Nullable Object handleMissingInstantiator(DeserializationContext context, Class<?> type,
			@Nullable ValueInstantiator instantiator, JsonParser parser, String message) {
		JsonToken token = parser.currentToken();
		if (instantiator == null || !instantiator.canCreateFromString() || token == null || !token.isScalarValue()) {
			return NOT_HANDLED;
		}
		return instantiator.createFromString(context, parser.getString());
	}

}
