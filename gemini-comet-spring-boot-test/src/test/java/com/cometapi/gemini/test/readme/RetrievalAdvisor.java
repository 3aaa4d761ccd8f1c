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

package com.cometapi.gemini.test.readme;

import java.util.List;
import java.util.function.Function;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.prompt.PromptTurn;
import com.cometapi.gemini.prompt.TurnAdvisor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds the documents that fit a question to the instructions of its turn.
 */
class RetrievalAdvisor implements TurnAdvisor {

	private final Function<String, Mono<List<String>>> search;

	RetrievalAdvisor(Function<String, Mono<List<String>>> search) {
		this.search = search;
	}

	@Override
	public Flux<GenerateContentResponse> advise(PromptTurn turn, Next next) {
		return this.search.apply(turn.text())
			.map((documents) -> turn.withSystem("Answer from these documents:\n" + String.join("\n", documents)))
			.defaultIfEmpty(turn)
			.flatMapMany(next::proceed);
	}

}
