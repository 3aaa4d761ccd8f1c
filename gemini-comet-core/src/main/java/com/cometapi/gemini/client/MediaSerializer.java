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

import java.io.IOException;
import java.io.InputStream;

import com.cometapi.gemini.api.MediaData;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes a medium as base64 without its text in memory, or adds it to the
 * {@link RequestBody} that is being written.
 */
final class MediaSerializer extends StdSerializer<MediaData> {

	MediaSerializer() {
		super(MediaData.class);
	}

	@Override
	public void serialize(MediaData data, JsonGenerator generator, SerializationContext context) {
		Object target = generator.streamWriteOutputTarget();
		if (target instanceof RequestBody.Output output && output.takes(data)) {
			generator.writeRawValue("\"");
			generator.flush();
			output.add(data);
			generator.writeRaw('"');
		}
		else if (data.isBase64() || target == null) {
			// Text also for a tree, whose binary nodes are not equal to text nodes.
			generator.writeString(data.asBase64());
		}
		else {
			writeBinary(data, generator);
		}
	}

	private void writeBinary(MediaData data, JsonGenerator generator) {
		try (InputStream in = data.openStream()) {
			generator.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, in, Math.toIntExact(data.length()));
		}
		catch (IOException ex) {
			throw JacksonIOException.construct(ex, generator);
		}
	}

}
