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

import com.cometapi.gemini.api.GenerateContentResponse;
import reactor.core.publisher.Flux;

/**
 * Advises the turns of prompts, streamed or not. A turn consists of all rounds of one
 * prompt: one, or several if the model calls functions. An advisor may add history,
 * context or instructions before the first round, look at the whole
 * {@linkplain PromptTurn#result() result} after the last one, run the turn again, or
 * respond by itself. An advisor that adds the results of a search to the instruction:
 * <pre class="code">
 * TurnAdvisor retrieval = (turn, next) -&gt; search.find(turn.text())
 *     .map(turn::withSystem)
 *     .defaultIfEmpty(turn)
 *     .flatMapMany(next::proceed);
 * </pre>
 *
 * <p>
 * The events that pass are those of all rounds, and between two rounds the function
 * responses that are sent back to the model. An advisor may change, replace or add events
 * as well: what it returns is the response for the advisors outside of it, for the caller
 * and for a chat, while usage and cost stay those of the model. What an advisor adds to
 * the request is not a part of the result, so that a chat does not store it. An exception
 * ends the turn; a chat does not store a turn that ended with one.
 *
 * <p>
 * Advisors run on the thread of the caller or an event loop, with the thread locals of
 * the caller, and must not block: blocking work belongs on
 * {@link com.cometapi.gemini.thread.GeminiThreads#onFunctionThread}.
 *
 * <p>
 * Spring Boot collects beans of this type in their order; the first one is the outermost.
 * Without Boot, give them to the template; for a single prompt, see
 * {@link PromptSpec#advisors}, whose advisors are outside of the configured ones.
 */
@FunctionalInterface
public interface TurnAdvisor {

	/**
	 * Advise a turn.
	 * @param turn the turn
	 * @param next the rest of the chain
	 * @return the events of the turn, at least one. Those that the advisor supplies
	 * itself are merged if the turn is not streamed
	 */
	Flux<GenerateContentResponse> advise(PromptTurn turn, Next next);

	/**
	 * The rest of the chain behind an advisor.
	 */
	@FunctionalInterface
	interface Next {

		/**
		 * Take the turn, through the advisors that follow. Nothing happens before the
		 * result is subscribed to, and each subscription is billed.
		 * @param turn the turn
		 * @return the events of all rounds, or the failure of the turn
		 */
		Flux<GenerateContentResponse> proceed(PromptTurn turn);

	}

}
