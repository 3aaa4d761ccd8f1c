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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

import org.springframework.util.StringUtils;

/**
 * A member of the messages that {@link ResponseDeserializer} reads. The parser recognizes
 * a name by its bytes, and a switch needs no comparison of strings.
 */
enum ResponseMember implements Named {

	CANDIDATES, PROMPT_FEEDBACK, USAGE_METADATA, MODEL_VERSION, RESPONSE_ID, CREATE_TIME, MODEL_STATUS, INDEX, CONTENT,
	FINISH_REASON, FINISH_MESSAGE, SAFETY_RATINGS, CITATION_METADATA, TOKEN_COUNT, GROUNDING_METADATA,
	URL_CONTEXT_METADATA, GROUNDING_ATTRIBUTIONS, AVG_LOGPROBS, LOGPROBS_RESULT, ROLE, PARTS, TEXT, INLINE_DATA,
	FILE_DATA, FUNCTION_CALL, FUNCTION_RESPONSE, EXECUTABLE_CODE, CODE_EXECUTION_RESULT, TOOL_CALL, TOOL_RESPONSE,
	THOUGHT, THOUGHT_SIGNATURE, VIDEO_METADATA, MEDIA_RESOLUTION, MEDIA_PROCESSING, PART_METADATA, PROMPT_TOKEN_COUNT,
	CANDIDATES_TOKEN_COUNT, THOUGHTS_TOKEN_COUNT, TOOL_USE_PROMPT_TOKEN_COUNT, CACHED_CONTENT_TOKEN_COUNT,
	TOTAL_TOKEN_COUNT, RESPONSE_TOKEN_COUNT, PROMPT_TOKENS_DETAILS, CANDIDATES_TOKENS_DETAILS, CACHE_TOKENS_DETAILS,
	TOOL_USE_PROMPT_TOKENS_DETAILS, RESPONSE_TOKENS_DETAILS, TRAFFIC_TYPE, SERVICE_TIER, MODALITY,

	/**
	 * A member that none of the messages has.
	 */
	UNKNOWN;

	private static final ResponseMember[] KNOWN = Arrays.copyOf(values(), UNKNOWN.ordinal());

	private static final PropertyNameMatcher MATCHER = new JsonFactory().constructNameMatcher(List.of(KNOWN), false);

	/**
	 * Read the name of the next member of an object.
	 * @param parser the parser, within the object
	 * @return the member, or {@code null} at the end of the object
	 */
	static @Nullable ResponseMember next(JsonParser parser) {
		int index = parser.nextNameMatch(MATCHER);
		if (index >= 0) {
			return KNOWN[index];
		}
		return (index == PropertyNameMatcher.MATCH_UNKNOWN_NAME) ? UNKNOWN : null;
	}

	/**
	 * Return the name of this member in JSON, such as {@code finishReason} for
	 * {@code FINISH_REASON}.
	 */
	@Override
	public String getName() {
		String words = Arrays.stream(name().split("_"))
			.map((word) -> StringUtils.capitalize(word.toLowerCase(Locale.ROOT)))
			.collect(Collectors.joining());
		return StringUtils.uncapitalize(words);
	}

}
