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

package com.cometapi.gemini.prompt;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.media.MediaTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * A resource that is read when its part is first needed. A large resource that can be
 * read again is not held in memory; any other is read once.
 */
final class MediaPart {

	// Below this the bytes cost less than opening the resource once more.
	private static final long SMALL_MEDIUM = 64 * 1024;

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
			try {
				MediaData data = readData();
				this.part = Part.inlineData(Blob.of(mediaType(data), data));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(
						"Could not read the medium of a prompt from " + this.resource.getDescription(), ex);
			}
		}
		return this.part;
	}

	private String mediaType(MediaData data) throws IOException {
		String type = (this.mimeType != null) ? this.mimeType.toString() : MediaTypes.find(this.resource, data);
		if (type == null) {
			throw new IllegalArgumentException(
					"Cannot detect the media type of %s by its name or its first bytes: set it with 'media(mimeType, resource)'"
						.formatted(this.resource.getDescription()));
		}
		return type;
	}

	private MediaData readData() throws IOException {
		if (this.resource instanceof ByteArrayResource bytes) {
			return MediaData.of(bytes.getByteArray());
		}
		if (canBeReadAgain()) {
			long length = this.resource.contentLength();
			if (length >= SMALL_MEDIUM) {
				return MediaData.of(length, this.resource::getInputStream);
			}
		}
		return MediaData.of(this.resource.getContentAsByteArray());
	}

	// A URL may return another medium the next time.
	private boolean canBeReadAgain() {
		return !this.resource.isOpen() && (this.resource.isFile() || !(this.resource instanceof UrlResource));
	}

}
