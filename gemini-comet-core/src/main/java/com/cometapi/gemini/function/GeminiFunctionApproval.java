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

package com.cometapi.gemini.function;

import java.util.function.Function;

import com.cometapi.gemini.thread.CallerThreadLocals;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Looks at each call that a model asks for, after its arguments were found to be valid
 * and before it runs.
 */
@FunctionalInterface
public interface GeminiFunctionApproval {

	/**
	 * An approval that allows everything.
	 */
	GeminiFunctionApproval ALLOW_ALL = (call) -> Mono.just(GeminiFunctionDecision.allow());

	/**
	 * Decide about a call. Must not block; the decision may take its time, such as that
	 * of a person who is asked, and only the total time limit of the prompt ends the
	 * wait.
	 * @param call the call
	 * @return the decision; none is a refusal, and an error ends the whole prompt
	 */
	Publisher<GeminiFunctionDecision> decide(GeminiFunctionCall call);

	/**
	 * Return an approval that may block.
	 * @param decide decides about a call, on a thread where it may wait; {@code null} is
	 * a refusal
	 * @return the approval
	 */
	static GeminiFunctionApproval blocking(Function<GeminiFunctionCall, @Nullable GeminiFunctionDecision> decide) {
		Assert.notNull(decide, "'decide' must not be null");
		return (call) -> Mono.deferContextual((context) -> {
			GeminiThreads threads = context.<GeminiThreads>getOrEmpty(GeminiThreads.class)
				.orElseGet(GeminiThreads::shared);
			return threads.onFunctionThread(CallerThreadLocals.call(() -> decide.apply(call)));
		});
	}

}
