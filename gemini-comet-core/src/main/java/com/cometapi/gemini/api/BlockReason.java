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

package com.cometapi.gemini.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Reason why a prompt was blocked.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code BlockReason} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record BlockReason(@JsonValue String value) {

	/**
	 * {@code BLOCK_REASON_UNSPECIFIED}.
	 */
	public static final BlockReason BLOCK_REASON_UNSPECIFIED = new BlockReason("BLOCK_REASON_UNSPECIFIED");

	/**
	 * {@code BLOCKED_REASON_UNSPECIFIED}, the same in the spelling of Vertex AI.
	 */
	public static final BlockReason BLOCKED_REASON_UNSPECIFIED = new BlockReason("BLOCKED_REASON_UNSPECIFIED");

	/**
	 * {@code SAFETY}.
	 */
	public static final BlockReason SAFETY = new BlockReason("SAFETY");

	/**
	 * {@code OTHER}.
	 */
	public static final BlockReason OTHER = new BlockReason("OTHER");

	/**
	 * {@code BLOCKLIST}.
	 */
	public static final BlockReason BLOCKLIST = new BlockReason("BLOCKLIST");

	/**
	 * {@code PROHIBITED_CONTENT}.
	 */
	public static final BlockReason PROHIBITED_CONTENT = new BlockReason("PROHIBITED_CONTENT");

	/**
	 * {@code IMAGE_SAFETY}.
	 */
	public static final BlockReason IMAGE_SAFETY = new BlockReason("IMAGE_SAFETY");

	/**
	 * {@code MODEL_ARMOR}.
	 */
	public static final BlockReason MODEL_ARMOR = new BlockReason("MODEL_ARMOR");

	/**
	 * {@code JAILBREAK}.
	 */
	public static final BlockReason JAILBREAK = new BlockReason("JAILBREAK");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public BlockReason {
	}

	/**
	 * Return whether this value means that the prompt was not blocked.
	 * @return {@code true} for the unspecified value in both spellings and an empty text
	 */
	public boolean isUnspecified() {
		return this.value.isEmpty() || equals(BLOCK_REASON_UNSPECIFIED) || equals(BLOCKED_REASON_UNSPECIFIED);
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static BlockReason of(String name) {
		return new BlockReason(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
