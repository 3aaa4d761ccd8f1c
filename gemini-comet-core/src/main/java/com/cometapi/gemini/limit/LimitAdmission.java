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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Decides whether calls may be made.
 */
interface LimitAdmission extends AutoCloseable {

	/**
	 * Admit calls in the given order. After a refusal, all further calls of the scope
	 * that refused are refused as well, for the same reason.
	 * @param permits the permits of the calls
	 * @return the refusals by the id of the permit
	 */
	Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits);

	/**
	 * Count a request that is sent without being admitted, such as a retry.
	 * @param permit the permit of the request
	 */
	void count(GeminiLimitPermit permit);

	/**
	 * End a call.
	 * @param permit the permit of the call
	 * @param tokens the tokens that it used, or {@code null} to leave the estimate
	 * @return completion, after that of the store if it is available
	 */
	Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens);

	/**
	 * Remove a call that was admitted but not made.
	 * @param permit the permit of the call
	 * @return completion, after that of the store if it is available
	 */
	Mono<Void> withdraw(GeminiLimitPermit permit);

	/**
	 * Return whether calls of other instances count as well.
	 * @return {@code true} with a shared store
	 */
	boolean isShared();

	/**
	 * Return whether the store decides about calls.
	 * @return {@code true} if it does, or if there is none
	 */
	boolean isStoreAvailable();

	/**
	 * Resume the reports to the store after {@link #close()}.
	 */
	void open();

	@Override
	void close();

}
