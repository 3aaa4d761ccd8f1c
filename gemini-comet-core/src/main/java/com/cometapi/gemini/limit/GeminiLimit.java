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

import org.springframework.util.Assert;

/**
 * Limits of a connection or a model. Limits per minute hold for any period of 60 seconds,
 * not only for calendar minutes.
 *
 * @param concurrentCalls the maximum number of calls at the same time, or {@code null}
 * for no limit
 * @param requestsPerMinute the maximum number of requests in a minute, or {@code null}
 * for no limit
 * @param tokensPerMinute the maximum number of tokens in a minute, of prompts and
 * responses together, or {@code null} for no limit
 */
public record GeminiLimit(@Nullable Integer concurrentCalls, @Nullable Integer requestsPerMinute,
		@Nullable Long tokensPerMinute) {

	/**
	 * No limits.
	 */
	public static final GeminiLimit NONE = new GeminiLimit(null, null, null);

	/**
	 * Create limits.
	 */
	public GeminiLimit {
		Assert.isTrue(concurrentCalls == null || concurrentCalls > 0, "'concurrentCalls' must be positive");
		Assert.isTrue(requestsPerMinute == null || requestsPerMinute > 0, "'requestsPerMinute' must be positive");
		Assert.isTrue(tokensPerMinute == null || tokensPerMinute > 0, "'tokensPerMinute' must be positive");
	}

	/**
	 * Return whether there is any limit.
	 * @return {@code true} if there is one
	 */
	public boolean isLimited() {
		return this.concurrentCalls != null || this.requestsPerMinute != null || this.tokensPerMinute != null;
	}

	/**
	 * Return a copy that takes the limits that are not set from the given defaults.
	 * @param defaults the default limits
	 * @return the copy
	 */
	public GeminiLimit withDefaults(GeminiLimit defaults) {
		return new GeminiLimit((this.concurrentCalls != null) ? this.concurrentCalls : defaults.concurrentCalls,
				(this.requestsPerMinute != null) ? this.requestsPerMinute : defaults.requestsPerMinute,
				(this.tokensPerMinute != null) ? this.tokensPerMinute : defaults.tokensPerMinute);
	}

	/**
	 * Return the limits of one instance if several instances share these limits: each one
	 * is divided, and at least 1.
	 * @param instances the number of instances
	 */
	GeminiLimit share(int instances) {
		if (instances == 1) {
			return this;
		}
		return new GeminiLimit((this.concurrentCalls != null) ? Math.max(this.concurrentCalls / instances, 1) : null,
				(this.requestsPerMinute != null) ? Math.max(this.requestsPerMinute / instances, 1) : null,
				(this.tokensPerMinute != null) ? Math.max(this.tokensPerMinute / instances, 1) : null);
	}

}
