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

package com.cometapi.gemini.limit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Counts the calls of several instances of an application together. Must not block.
 *
 * <p>
 * A store that fails or does not respond in time is left alone for a moment;
 * {@link GeminiLimitSettings#onStoreFailure()} says what happens to calls meanwhile.
 */
public interface GeminiLimitStore {

	/**
	 * Admit a call if each of its scopes has room for it, and count it in all of them, or
	 * in none.
	 * @param permit the permit of the call
	 * @return empty if the call is admitted, or the refusal
	 */
	Mono<GeminiLimitRefusal> acquire(GeminiLimitPermit permit);

	/**
	 * Count a request that is sent without asking, such as a retry. It does not count as
	 * a concurrent call.
	 * @param permit the permit of the request, which is not released
	 * @return the end
	 */
	Mono<Void> count(GeminiLimitPermit permit);

	/**
	 * End a call that was admitted, and correct its estimated tokens. Does nothing for a
	 * call that was not admitted.
	 * @param permit the permit of the call
	 * @param tokens the tokens that the call used, or {@code null} to leave the estimate
	 * @return the end
	 */
	Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens);

	/**
	 * Remove a call that was admitted but not made.
	 * @param permit the permit of the call
	 * @return the end
	 */
	Mono<Void> withdraw(GeminiLimitPermit permit);

}
