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

package com.cometapi.gemini.web;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Data of the application in a UI message stream, a {@code data-*} part of the message.
 *
 * @param name the name, the part of its type after {@code data-}
 * @param id the id, or {@code null} for none; a later part with the same name and id
 * replaces it
 * @param data the data, serialized with the mapper of the application
 * @param isTransient whether the page's {@code onData} receives the data without adding
 * them to the message
 */
public record UiDataPart(String name, @Nullable String id, @Nullable Object data, boolean isTransient) {

	/**
	 * Create a part.
	 */
	public UiDataPart {
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * Create a part of the message.
	 * @param name the name, the part of its type after {@code data-}
	 * @param data the data
	 * @return the part
	 */
	public static UiDataPart of(String name, @Nullable Object data) {
		return new UiDataPart(name, null, data, false);
	}

	/**
	 * Return a copy with an id.
	 * @param id the id; a later part with the same name and id replaces this one
	 * @return the copy
	 */
	public UiDataPart withId(String id) {
		return new UiDataPart(this.name, id, this.data, this.isTransient);
	}

	/**
	 * Return a copy that is not added to the message.
	 * @return the copy
	 */
	public UiDataPart asTransient() {
		return new UiDataPart(this.name, this.id, this.data, true);
	}

}
