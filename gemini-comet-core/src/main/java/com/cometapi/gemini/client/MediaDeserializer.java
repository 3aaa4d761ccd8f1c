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

import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a medium as bytes if its base64 is canonical, otherwise as text. Decodes directly
 * from the bytes of the body, since the text buffers of the parser would hold several
 * copies.
 */
final class MediaDeserializer extends StdDeserializer<MediaData> {

	MediaDeserializer() {
		super(MediaData.class);
	}

	@Override
	public @Nullable MediaData deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() == JsonToken.VALUE_STRING && parser.streamReadInputSource() instanceof JsonInput in) {
			byte[] bytes = new Base64Reader(in).read(parser.currentTokenLocation().getByteOffset());
			if (bytes != null) {
				return MediaData.of(bytes);
			}
		}
		String text = parser.getValueAsString();
		return (text != null) ? MediaData.ofBase64(text, MediaDeserializer::notBase64)
				: (MediaData) context.handleUnexpectedToken(getValueType(context), parser);
	}

	private static GeminiProtocolException notBase64(IllegalArgumentException ex) {
		return new GeminiProtocolException("A medium of the response is not valid base64: " + ex.getMessage(),
				GeminiError.NONE, 0, ex);
	}

}
