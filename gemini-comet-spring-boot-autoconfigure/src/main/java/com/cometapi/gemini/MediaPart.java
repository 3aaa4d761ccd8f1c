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

package com.cometapi.gemini;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.cometapi.gemini.api.Part;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * A resource that becomes a part when it is needed first. Read once, since not every
 * resource can be read twice.
 */
final class MediaPart {

	private final @Nullable MimeType mimeType;

	private final Resource resource;

	private @Nullable Part part;

	MediaPart(@Nullable MimeType mimeType, Resource resource) {
		Assert.notNull(resource, "'resource' must not be null");
		this.mimeType = mimeType;
		this.resource = resource;
	}

	synchronized Part read() {
		if (this.part == null) {
			byte[] bytes = readBytes();
			this.part = Part.inlineData(
					(this.mimeType != null) ? this.mimeType.toString() : MediaTypes.guess(this.resource, bytes), bytes);
		}
		return this.part;
	}

	private byte[] readBytes() {
		try {
			return this.resource.getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"Could not read the medium of a prompt from " + this.resource.getDescription(), ex);
		}
	}

}
