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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Counts the calls of several instances of an application together. Must not block.
 *
 * <p>
 * A store that fails or does not respond within
 * {@link GeminiLimitSettings#storeTimeout()} is not asked again until a {@link #report}
 * has succeeded; {@link GeminiLimitSettings#onStoreFailure()} determines what happens to
 * calls meanwhile. Each operation may be called again for the same calls.
 */
public interface GeminiLimitStore {

	/**
	 * Admit calls in the given order. A call is admitted, and counts in all of its
	 * scopes, if none of their limits would be exceeded; a call that counts already is
	 * admitted again. After a refusal, all further calls of the scope that refused are
	 * refused as well, for the same reason.
	 * @param permits the permits of the calls
	 * @return the refusals by the id of the permit; a call without one is admitted. An
	 * error if the store has lost its counts
	 */
	Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits);

	/**
	 * Count calls that this instance has made, unless they count already. Called every
	 * second, with the calls that were admitted without the store if there are any; three
	 * times in a {@link #leaseTime()} with all running calls; with all calls of the last
	 * minute after the store has failed or lost its counts; and with each retry.
	 * @param calls the calls, possibly none
	 * @return whether the store has lost its counts since the last operation of this
	 * instance
	 */
	Mono<Boolean> report(List<GeminiLimitReport> calls);

	/**
	 * End a call that was admitted, and correct its estimated tokens. Does nothing for a
	 * call that is not known.
	 * @param permit the permit of the call
	 * @param tokens the tokens that the call used, or {@code null} to leave the estimate
	 * @return completion
	 */
	Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens);

	/**
	 * Remove calls that may have been admitted but were not made, and calls that have
	 * ended and were requested more than a minute ago.
	 * @param permits the permits of the calls
	 * @return completion
	 */
	Mono<Void> withdraw(List<GeminiLimitPermit> permits);

	/**
	 * Return the time after which a running call that is no longer reported, because its
	 * instance has died, frees its place.
	 * @return the time
	 */
	Duration leaseTime();

}
