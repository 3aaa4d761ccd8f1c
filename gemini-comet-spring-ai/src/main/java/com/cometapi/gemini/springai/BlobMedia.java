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

package com.cometapi.gemini.springai;

import com.cometapi.gemini.api.Blob;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * {@link Media} of a response. Shares its data with the content of the model, and decodes
 * it when the bytes are read.
 */
final class BlobMedia extends Media {

	private static final ByteArrayResource EMPTY = new ByteArrayResource(new byte[0]);

	private final Blob blob;

	BlobMedia(Blob blob) {
		super(mimeType(blob), EMPTY);
		this.blob = blob;
	}

	private static MimeType mimeType(Blob blob) {
		return (blob.mimeType() != null) ? MimeTypeUtils.parseMimeType(blob.mimeType())
				: MimeTypeUtils.APPLICATION_OCTET_STREAM;
	}

	Blob blob() {
		return this.blob;
	}

	@Override
	public Object getData() {
		return getDataAsByteArray();
	}

	@Override
	public byte[] getDataAsByteArray() {
		return this.blob.asBytes();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BlobMedia that && this.blob.equals(that.blob);
	}

	@Override
	public int hashCode() {
		return this.blob.hashCode();
	}

}
