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
 * Approves or refuses each function call of a model after its arguments were validated
 * and before it runs.
 */
@FunctionalInterface
public interface GeminiFunctionApproval {

	/**
	 * An approval that allows every call.
	 */
	GeminiFunctionApproval ALLOW_ALL = (call) -> Mono.just(GeminiFunctionDecision.allow());

	/**
	 * Decide about a call. Must not block; the decision may take long, for example if a
	 * person decides. Only the total time limit of the prompt ends the wait.
	 * @param call the call
	 * @return the decision; an empty publisher refuses the call, and an error ends the
	 * prompt
	 */
	Publisher<GeminiFunctionDecision> decide(GeminiFunctionCall call);

	/**
	 * Called for a function call that cannot run yet, because the same response also
	 * calls a function that is only declared and that the caller of the prompt runs.
	 * {@link #decide decide} is called when the caller sends the result of that function
	 * together with a function response without a value for this call. Called with the
	 * thread locals of the caller, on a thread that may block.
	 * @param call the call
	 * @param runnable {@code false} if the call can never run, because its function does
	 * not exist or its arguments are not valid: the model is told so, and {@code decide}
	 * is not called
	 */
	default void announce(GeminiFunctionCall call, boolean runnable) {
	}

	/**
	 * Create an approval that may block.
	 * @param decide decides about a call on a thread that may block; {@code null} refuses
	 * the call
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
