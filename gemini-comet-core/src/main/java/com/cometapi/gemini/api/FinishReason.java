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

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Reason why the model stopped.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code FinishReason} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record FinishReason(@JsonValue String value) {

	private static final Set<String> FILTERED = Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT",
			"SPII", "LANGUAGE", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR",
			"ESCALATION");

	private static final Set<String> FAULTS = Set.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL",
			"TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE", "MALFORMED_RESPONSE", "NO_IMAGE", "IMAGE_OTHER",
			"OTHER");

	/**
	 * {@code FINISH_REASON_UNSPECIFIED}.
	 */
	public static final FinishReason FINISH_REASON_UNSPECIFIED = new FinishReason("FINISH_REASON_UNSPECIFIED");

	/**
	 * {@code STOP}.
	 */
	public static final FinishReason STOP = new FinishReason("STOP");

	/**
	 * {@code MAX_TOKENS}.
	 */
	public static final FinishReason MAX_TOKENS = new FinishReason("MAX_TOKENS");

	/**
	 * {@code SAFETY}.
	 */
	public static final FinishReason SAFETY = new FinishReason("SAFETY");

	/**
	 * {@code RECITATION}.
	 */
	public static final FinishReason RECITATION = new FinishReason("RECITATION");

	/**
	 * {@code LANGUAGE}.
	 */
	public static final FinishReason LANGUAGE = new FinishReason("LANGUAGE");

	/**
	 * {@code OTHER}.
	 */
	public static final FinishReason OTHER = new FinishReason("OTHER");

	/**
	 * {@code BLOCKLIST}.
	 */
	public static final FinishReason BLOCKLIST = new FinishReason("BLOCKLIST");

	/**
	 * {@code PROHIBITED_CONTENT}.
	 */
	public static final FinishReason PROHIBITED_CONTENT = new FinishReason("PROHIBITED_CONTENT");

	/**
	 * {@code SPII}.
	 */
	public static final FinishReason SPII = new FinishReason("SPII");

	/**
	 * {@code MALFORMED_FUNCTION_CALL}.
	 */
	public static final FinishReason MALFORMED_FUNCTION_CALL = new FinishReason("MALFORMED_FUNCTION_CALL");

	/**
	 * {@code IMAGE_SAFETY}.
	 */
	public static final FinishReason IMAGE_SAFETY = new FinishReason("IMAGE_SAFETY");

	/**
	 * {@code IMAGE_PROHIBITED_CONTENT}.
	 */
	public static final FinishReason IMAGE_PROHIBITED_CONTENT = new FinishReason("IMAGE_PROHIBITED_CONTENT");

	/**
	 * {@code IMAGE_OTHER}.
	 */
	public static final FinishReason IMAGE_OTHER = new FinishReason("IMAGE_OTHER");

	/**
	 * {@code NO_IMAGE}.
	 */
	public static final FinishReason NO_IMAGE = new FinishReason("NO_IMAGE");

	/**
	 * {@code IMAGE_RECITATION}.
	 */
	public static final FinishReason IMAGE_RECITATION = new FinishReason("IMAGE_RECITATION");

	/**
	 * {@code UNEXPECTED_TOOL_CALL}.
	 */
	public static final FinishReason UNEXPECTED_TOOL_CALL = new FinishReason("UNEXPECTED_TOOL_CALL");

	/**
	 * {@code TOO_MANY_TOOL_CALLS}.
	 */
	public static final FinishReason TOO_MANY_TOOL_CALLS = new FinishReason("TOO_MANY_TOOL_CALLS");

	/**
	 * {@code MISSING_THOUGHT_SIGNATURE}.
	 */
	public static final FinishReason MISSING_THOUGHT_SIGNATURE = new FinishReason("MISSING_THOUGHT_SIGNATURE");

	/**
	 * {@code MALFORMED_RESPONSE}.
	 */
	public static final FinishReason MALFORMED_RESPONSE = new FinishReason("MALFORMED_RESPONSE");

	/**
	 * {@code ESCALATION}.
	 */
	public static final FinishReason ESCALATION = new FinishReason("ESCALATION");

	/**
	 * {@code MODEL_ARMOR}.
	 */
	public static final FinishReason MODEL_ARMOR = new FinishReason("MODEL_ARMOR");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public FinishReason {
	}

	/**
	 * Return whether this value means that the candidate is not finished yet.
	 * @return {@code true} for {@code FINISH_REASON_UNSPECIFIED} and an empty text
	 */
	public boolean isUnspecified() {
		return this.value.isEmpty() || equals(FINISH_REASON_UNSPECIFIED);
	}

	/**
	 * Return whether the candidate is complete, possibly with function calls.
	 * @return {@code true} for {@code STOP} only
	 */
	public boolean isComplete() {
		return "STOP".equals(this.value);
	}

	/**
	 * Return whether the response was cut off by the limit of output tokens, which
	 * includes thoughts.
	 * @return {@code true} for {@code MAX_TOKENS} only
	 */
	public boolean isCutOff() {
		return "MAX_TOKENS".equals(this.value);
	}

	/**
	 * Return whether a filter ended the response, of which a part may have arrived.
	 * @return {@code true} for {@code SAFETY}, {@code RECITATION} and their like
	 */
	public boolean isFiltered() {
		return FILTERED.contains(this.value);
	}

	/**
	 * Return whether the model or the request was at fault, such as a malformed function
	 * call; there is usually no response.
	 * @return {@code true} for {@code MALFORMED_FUNCTION_CALL}, {@code OTHER} and their
	 * like
	 */
	public boolean isFault() {
		return FAULTS.contains(this.value);
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static FinishReason of(String name) {
		return new FinishReason(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
