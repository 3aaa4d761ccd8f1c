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

import org.springframework.core.log.LogMessage;

/**
 * Reads a message of which some members may be unreadable. Those go to the members that
 * this version does not know, as they came, so that the message can be sent back
 * unchanged. A member that carries the answer must be readable.
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

	TolerantDeserializer(ValueDeserializer<?> delegate, Class<?> type) {
		super(delegate);
		this.type = type;
	}

	@Override
	protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> newDelegatee) {
		return new TolerantDeserializer(newDelegatee, this.type);
	}

	@Override
	public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
		if (!parser.hasToken(JsonToken.START_OBJECT)) {
			return this._delegatee.deserialize(parser, context);
		}
		Map<String, TokenBuffer> members = split(parser, context);
		Map<String, @Nullable Object> unreadable = new LinkedHashMap<>(0);
		if (this.type == FunctionCall.class) {
			members.computeIfPresent("args", (name, args) -> arguments(args, context));
		}
		while (true) {
			try {
				Object message = this._delegatee.deserialize(parser(join(members, context), context), context);
				return unreadable.isEmpty() ? message : RecordMembers.add(message, unreadable);
			}
			catch (JacksonException ex) {
				String name = firstName(ex);
				TokenBuffer value = (name != null && !isRequired(name)) ? members.remove(name) : null;
				if (name == null || value == null) {
					throw ex;
				}
				log(name, ex);
				unreadable.put(name, context.readValue(parser(value, context), Object.class));
			}
		}
	}

	private boolean isRequired(String name) {
		return REQUIRED.getOrDefault(this.type, Set.of()).contains(name);
	}

	private void log(String name, JacksonException ex) {
		String member = this.type.getSimpleName() + "." + name;
		if (logger.isWarnEnabled() && logged.add(member)) {
			logger.warn(LogMessage.format(
					"Cannot read the member '%s' of a response%s. The rest of the response is used, and 'additional'"
							+ " has the member as it came. This is logged once for each member.",
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

	private static Map<String, TokenBuffer> split(JsonParser parser, DeserializationContext context) {
		Map<String, TokenBuffer> members = new LinkedHashMap<>();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			TokenBuffer value = context.bufferForInputBuffering(parser);
			value.copyCurrentStructure(parser);
			members.put(name, value);
		}
		return members;
	}

	private static TokenBuffer join(Map<String, TokenBuffer> members, DeserializationContext context) {
		TokenBuffer object = context.bufferForInputBuffering();
		object.writeStartObject();
		members.forEach((name, value) -> {
			object.writeName(name);
			object.copyCurrentStructure(parser(value, context));
		});
		object.writeEndObject();
		return object;
	}

	private static JsonParser parser(TokenBuffer buffer, DeserializationContext context) {
		return buffer.asParserOnFirstToken(context);
	}

	// Some gateways send arguments as OpenAI does, as JSON in a text, or no arguments as
	// PHP does, as an empty array.
	private static TokenBuffer arguments(TokenBuffer args, DeserializationContext context) {
		JsonParser parser = parser(args, context);
		if (parser.hasToken(JsonToken.START_ARRAY) && parser.nextToken() == JsonToken.END_ARRAY) {
			return join(Map.of(), context);
		}
		if (!parser.hasToken(JsonToken.VALUE_STRING)) {
			return args;
		}
		try (JsonParser text = GeminiJsonMapper.factory().createParser(parser.getString())) {
			text.nextToken();
			TokenBuffer parsed = context.bufferForInputBuffering();
			parsed.copyCurrentStructure(text);
			return (text.nextToken() == null) ? parsed : args;
		}
		catch (JacksonException ex) {
			return args;
		}
	}

	private static @Nullable String firstName(JacksonException ex) {
		return ex.getPath().isEmpty() ? null : ex.getPath().get(0).getPropertyName();
	}

}
