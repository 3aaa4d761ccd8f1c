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

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.PartialArg;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.util.TokenBuffer;

import org.springframework.beans.BeanInstantiationException;
import org.springframework.core.log.LogMessage;

/**
 * Reads a message with unreadable members. They are kept with the unknown members, so
 * that the message can be sent back unchanged. A member that carries content must be
 * readable.
 */
final class TolerantDeserializer extends DelegatingDeserializer {

	private static final Log logger = LogFactory.getLog(TolerantDeserializer.class);

	private static final Map<Class<?>, Set<String>> REQUIRED = Map.of(GenerateContentResponse.class,
			Set.of("candidates"), Candidate.class, Set.of("content"), Content.class, Set.of("role", "parts"),
			Part.class, Set.of("text", "inlineData", "functionCall", "thought"), Blob.class, Set.of("data"),
			FunctionCall.class, Set.of("name", "args", "partialArgs", "willContinue"), PartialArg.class,
			Set.of("jsonPath", "stringValue", "numberValue", "boolValue", "nullValue", "willContinue"));

	// Names of members of our own messages, so there are not many.
	private static final Set<String> logged = ConcurrentHashMap.newKeySet();

	private final Class<?> type;

	private final MessageComponents members;

	TolerantDeserializer(ValueDeserializer<?> delegate, Class<?> type) {
		this(delegate, type, MessageComponents.of(type));
	}

	private TolerantDeserializer(ValueDeserializer<?> delegate, Class<?> type, MessageComponents members) {
		super(delegate);
		this.type = type;
		this.members = members;
	}

	@Override
	protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> newDelegatee) {
		return new TolerantDeserializer(newDelegatee, this.type, this.members);
	}

	@Override
	public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
		if (!parser.hasToken(JsonToken.START_OBJECT)) {
			return this._delegatee.deserialize(parser, context);
		}
		@Nullable Object[] values = new Object[this.members.count()];
		Map<String, @Nullable Object> additional = new LinkedHashMap<>(0);
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			Integer index = this.members.indexOf(name);
			additional.remove(name);
			if (index == null) {
				additional.put(name, value(parser, context, Object.class));
				continue;
			}
			// If a member occurs twice, the last one counts.
			values[index] = null;
			if (token != JsonToken.VALUE_NULL) {
				values[index] = member(name, this.members.type(index), parser, context, additional);
			}
		}
		try {
			return this.members.create(values, additional);
		}
		catch (BeanInstantiationException ex) {
			throw context.instantiationException(this.type, ex);
		}
	}

	private @Nullable Object member(String name, Type type, JsonParser parser, DeserializationContext context,
			Map<String, @Nullable Object> additional) {
		if (isRequired(name)) {
			try {
				boolean args = this.type == FunctionCall.class && name.equals("args");
				return value((args) ? arguments(parser, context) : parser, context, type);
			}
			catch (JacksonException ex) {
				throw ex.prependPath(this.type, name);
			}
		}
		TokenBuffer value = copy(parser, context);
		try {
			return value(value.asParserOnFirstToken(context), context, type);
		}
		catch (JacksonException ex) {
			log(name, ex);
			additional.put(name, value(value.asParserOnFirstToken(context), context, Object.class));
			return null;
		}
	}

	private static @Nullable Object value(JsonParser parser, DeserializationContext context, Type type) {
		return parser.hasToken(JsonToken.VALUE_NULL) ? null
				: context.readValue(parser, context.getTypeFactory().constructType(type));
	}

	private boolean isRequired(String name) {
		return REQUIRED.getOrDefault(this.type, Set.of()).contains(name);
	}

	private void log(String name, JacksonException ex) {
		String member = this.type.getSimpleName() + "." + name;
		if (logger.isWarnEnabled() && logged.add(member)) {
			logger.warn(LogMessage.format(
					"Cannot read the member '%s' of a response%s. The rest of the response is used, and 'additional'"
							+ " contains the unchanged member. This is logged once for each member.",
					member, expected(ex)));
		}
	}

	// Without the value, which may be anything.
	private static String expected(JacksonException ex) {
		Class<?> type = (ex instanceof MismatchedInputException mismatch) ? mismatch.getTargetType() : null;
		if (type == null) {
			return "";
		}
		return " as " + (Collection.class.isAssignableFrom(type) ? "List" : type.getSimpleName());
	}

	// Some gateways send arguments as OpenAI does, as JSON in a text, or no arguments as
	// PHP does, as an empty array.
	private static JsonParser arguments(JsonParser parser, DeserializationContext context) {
		if (!parser.hasToken(JsonToken.START_ARRAY) && !parser.hasToken(JsonToken.VALUE_STRING)) {
			return parser;
		}
		TokenBuffer args = copy(parser, context);
		JsonParser copy = args.asParserOnFirstToken(context);
		if (copy.hasToken(JsonToken.VALUE_STRING)) {
			TokenBuffer parsed = parse(copy.getString(), context);
			return ((parsed != null) ? parsed : args).asParserOnFirstToken(context);
		}
		if (copy.nextToken() == JsonToken.END_ARRAY) {
			args = context.bufferForInputBuffering();
			args.writeStartObject();
			args.writeEndObject();
		}
		return args.asParserOnFirstToken(context);
	}

	private static @Nullable TokenBuffer parse(String json, DeserializationContext context) {
		if (!textTokens(context).add(json)) {
			return null;
		}
		try (JsonParser parser = GeminiJsonMapper.factory().createParser(json)) {
			parser.nextToken();
			return copy(parser, context);
		}
	}

	private static EmbeddedJsonTokenCounter textTokens(DeserializationContext context) {
		return (context.getAttribute(EmbeddedJsonTokenCounter.class) instanceof EmbeddedJsonTokenCounter tokens)
				? tokens : new EmbeddedJsonTokenCounter(Long.MAX_VALUE);
	}

	private static TokenBuffer copy(JsonParser parser, DeserializationContext context) {
		TokenBuffer copy = context.bufferForInputBuffering(parser);
		copy.copyCurrentStructure(parser);
		return copy;
	}

}
