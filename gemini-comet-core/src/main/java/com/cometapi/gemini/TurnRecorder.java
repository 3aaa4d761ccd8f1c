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

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes a turn out of the events of a stream: the answers of all rounds, and between them
 * the results of functions, which come in a content of the user.
 */
final class TurnRecorder {

	private final List<Content> contents = new ArrayList<>();

	private ResponseAccumulator answer = new ResponseAccumulator();

	private @Nullable UsageMetadata totalUsage;

	void add(GenerateContentResponse event) {
		Content content = event.content();
		if (content != null && event.isFunctionResults()) {
			addAnswer();
			this.contents.add(content);
			this.answer = new ResponseAccumulator();
		}
		else {
			this.answer.add(event);
		}
	}

	private void addAnswer() {
		GenerateContentResponse response = this.answer.toResponse();
		Content content = TurnContents.toReplay(response.content());
		if (content != null) {
			this.contents.add(content);
		}
		this.totalUsage = TurnContents.sum(this.totalUsage, response.usageMetadata());
	}

	GenerateContentResponse answer() {
		return this.answer.toResponse();
	}

	GeminiTurn toTurn(List<Content> ownContents) {
		addAnswer();
		List<Content> all = new ArrayList<>(ownContents);
		all.addAll(this.contents);
		return new GeminiTurn(all, this.answer.toResponse(), this.totalUsage);
	}

}
