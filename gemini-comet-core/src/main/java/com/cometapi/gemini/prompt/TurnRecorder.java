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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Records the rounds of a turn: contents, usage and cost of those that are over, and the
 * response of the current one as far as it has come.
 */
final class TurnRecorder {

	private static final Part NO_MEMBERS = Part.builder().build();

	private List<Content> contents = new ArrayList<>();

	private @Nullable UsageMetadata usage;

	private @Nullable BigDecimal cost;

	private ResponseAccumulator response = new ResponseAccumulator();

	/**
	 * Begin a turn. Called again when a response was rejected; the usage and cost of the
	 * rejected one are kept because it was billed.
	 * @param earlierContents the contents of earlier rounds
	 */
	void begin(List<Content> earlierContents) {
		endResponse();
		this.contents = new ArrayList<>(earlierContents);
	}

	void add(GenerateContentResponse event) {
		this.response.add(event);
	}

	GenerateContentResponse response() {
		return this.response.toResponse();
	}

	/**
	 * End a round that another one follows.
	 * @param content the content of the model
	 * @param functionResponses the function responses, in a content of the user
	 */
	void endRound(Content content, Content functionResponses) {
		endResponse();
		this.contents.add(content);
		this.contents.add(functionResponses);
	}

	private void endResponse() {
		GenerateContentResponse response = response();
		this.usage = totalUsage(response);
		this.cost = totalCost(response);
		this.response = new ResponseAccumulator();
	}

	List<Content> contents() {
		return List.copyOf(this.contents);
	}

	PromptResult toResult(List<Content> ownContents) {
		GenerateContentResponse response = response();
		List<Content> all = new ArrayList<>(ownContents);
		all.addAll(this.contents);
		Content last = sendable(response.content());
		if (last != null) {
			all.add(last);
		}
		return new PromptResult(all, response, totalUsage(response), totalCost(response));
	}

	/**
	 * Return the usage of all rounds until now.
	 * @param response the response of the current round
	 * @return the usage, or {@code null} if no response reported it
	 */
	@Nullable UsageMetadata totalUsage(GenerateContentResponse response) {
		return UsageMetadata.sum(this.usage, response.usageMetadata());
	}

	/**
	 * Return the cost of all rounds until now.
	 * @param response the response of the current round
	 * @return the cost, or {@code null} if it is not known
	 */
	@Nullable BigDecimal totalCost(GenerateContentResponse response) {
		ResponseOrigin origin = response.origin();
		BigDecimal last = (origin != null) ? origin.cost() : null;
		if (this.cost == null || last == null) {
			return (this.cost != null) ? this.cost : last;
		}
		return this.cost.add(last);
	}

	/**
	 * Return a content as it may be sent back: the API returns parts without any member,
	 * and contents with nothing but empty texts, but refuses them.
	 * @param content the content of a response, if any
	 * @return the same content without such parts, or {@code null} if nothing is left
	 */
	static @Nullable Content sendable(@Nullable Content content) {
		if (content == null) {
			return null;
		}
		List<Part> parts = content.parts().stream().filter((part) -> !part.equals(NO_MEMBERS)).toList();
		return (parts.stream().allMatch(Part::isEmpty)) ? null
				: new Content(content.role(), parts, content.additional());
	}

}
