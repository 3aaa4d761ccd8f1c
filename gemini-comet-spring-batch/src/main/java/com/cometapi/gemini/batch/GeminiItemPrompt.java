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

package com.cometapi.gemini.batch;

import com.cometapi.gemini.prompt.PromptSpec;
import reactor.core.publisher.Mono;

/**
 * Builds the prompt of an item and ends it with a terminal operation. <pre class="code">
 * (prompt, review) -&gt; prompt.system("Classify the review.")
 *     .user(review.text())
 *     .entityAsync(Rating.class)
 * </pre>
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
@FunctionalInterface
public interface GeminiItemPrompt<I, O> {

	/**
	 * Build the prompt of an item. Called once for each item, on the thread of the step,
	 * so that it may block, for example to read a file.
	 * @param prompt a new prompt with the priority
	 * {@link com.cometapi.gemini.client.GeminiCallPriority#BACKGROUND BACKGROUND}, the
	 * {@linkplain PromptSpec#budgetKey budget key} {@code job} with the name of the job,
	 * and an advisor that records the usage and the cost
	 * @param item the item
	 * @return the output; empty if the item has none. An error is the failure of this
	 * item
	 */
	Mono<O> send(PromptSpec prompt, I item);

}
