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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import com.cometapi.gemini.error.GeminiLimitType;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Counts the calls of this process. Looks at the exact last minute instead of filling a
 * bucket again, which would admit nearly twice the limit within the first minute.
 * Thread-safe.
 */
final class LocalLimits {

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final Map<String, Usage> usages = new LinkedHashMap<>();

	/**
	 * Count a call if each of its scopes has room for it.
	 * @param permit the permit of the call
	 * @param instances the number of instances of which this one may use its share
	 * @return the refusal, or {@code null} if the call was counted
	 */
	synchronized @Nullable GeminiLimitRefusal acquire(GeminiLimitPermit permit, int instances) {
		long now = now();
		for (GeminiLimitScope scope : permit.scopes()) {
			GeminiLimitRefusal refusal = usage(scope, now).refusal(scope, scope.limit().share(instances),
					permit.tokens(), now);
			if (refusal != null) {
				return refusal;
			}
		}
		record(permit);
		return null;
	}

	/**
	 * Count a call that was admitted elsewhere.
	 * @param permit the permit of the call
	 */
	synchronized void record(GeminiLimitPermit permit) {
		forEach(permit, (scope, usage) -> usage.running++);
		count(permit);
	}

	/**
	 * Count a request that is not a call of its own.
	 * @param permit the permit of the request
	 */
	synchronized void count(GeminiLimitPermit permit) {
		long now = now();
		forEach(permit, (scope, usage) -> usage.add(scope, permit, now));
	}

	/**
	 * End a call and correct its tokens.
	 * @param permit the permit of the call
	 * @param tokens the tokens that it used, or {@code null} to leave the estimate
	 */
	synchronized void release(GeminiLimitPermit permit, @Nullable Long tokens) {
		forEach(permit, (scope, usage) -> {
			usage.running--;
			if (tokens != null) {
				usage.correct(permit.id(), tokens);
			}
		});
	}

	/**
	 * Remove a call that was not made.
	 * @param permit the permit of the call
	 */
	synchronized void withdraw(GeminiLimitPermit permit) {
		forEach(permit, (scope, usage) -> {
			usage.running--;
			usage.remove(permit.id());
		});
	}

	/**
	 * Count a rejected call.
	 * @param scope the scope that refused it
	 */
	synchronized void countRejection(GeminiLimitScope scope) {
		usage(scope, now()).rejected++;
	}

	/**
	 * Return the use of a scope.
	 * @param scope the scope
	 * @param waiting the number of waiting calls
	 * @return the use
	 */
	synchronized GeminiLimitUsage usage(GeminiLimitScope scope, int waiting) {
		Usage usage = usage(scope, now());
		return new GeminiLimitUsage(scope, usage.running, usage.window.size(), usage.tokens, waiting, usage.rejected);
	}

	/**
	 * Return whether a call of a scope is running.
	 * @param scope the scope
	 * @return {@code true} if there is one
	 */
	synchronized boolean isRunning(GeminiLimitScope scope) {
		return usage(scope, now()).running > 0;
	}

	private void forEach(GeminiLimitPermit permit, BiConsumer<GeminiLimitScope, Usage> action) {
		long now = now();
		permit.scopes().forEach((scope) -> action.accept(scope, usage(scope, now)));
	}

	private Usage usage(GeminiLimitScope scope, long now) {
		Usage usage = this.usages.computeIfAbsent(scope.key(), (key) -> new Usage());
		usage.removeBefore(now - WINDOW.toNanos());
		return usage;
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	/**
	 * Calls of a scope.
	 */
	private static final class Usage {

		// By permit, the oldest first. Empty if no limit needs it.
		private final LinkedHashMap<String, Entry> window = new LinkedHashMap<>();

		private int running;

		private long tokens;

		private long rejected;

		@Nullable GeminiLimitRefusal refusal(GeminiLimitScope scope, GeminiLimit limit, long tokens, long now) {
			if (limit.concurrentCalls() != null && this.running >= limit.concurrentCalls()) {
				return new GeminiLimitRefusal(scope, GeminiLimitType.CONCURRENT_CALLS, null);
			}
			if (limit.requestsPerMinute() != null && this.window.size() >= limit.requestsPerMinute()) {
				int excess = this.window.size() - limit.requestsPerMinute() + 1;
				return new GeminiLimitRefusal(scope, GeminiLimitType.REQUESTS_PER_MINUTE, untilRemoved(excess, 0, now));
			}
			if (limit.tokensPerMinute() != null) {
				// A request above the whole limit is sent when nothing else counts.
				long excess = this.tokens + Math.min(tokens, limit.tokensPerMinute()) - limit.tokensPerMinute();
				if (excess > 0) {
					return new GeminiLimitRefusal(scope, GeminiLimitType.TOKENS_PER_MINUTE,
							untilRemoved(0, excess, now));
				}
			}
			return null;
		}

		// Returns the time until so many requests or tokens no longer count.
		private Duration untilRemoved(int requests, long tokens, long now) {
			long time = now;
			Iterator<Entry> entries = this.window.values().iterator();
			for (long left = tokens, count = requests; (left > 0 || count > 0) && entries.hasNext(); count--) {
				Entry entry = entries.next();
				left -= entry.tokens;
				time = entry.time + WINDOW.toNanos();
			}
			return Duration.ofNanos(Math.max(time - now, 0));
		}

		void add(GeminiLimitScope scope, GeminiLimitPermit permit, long now) {
			if (scope.limit().requestsPerMinute() != null || scope.limit().tokensPerMinute() != null) {
				this.window.put(permit.id(), new Entry(now, permit.tokens()));
				this.tokens += permit.tokens();
			}
		}

		void correct(String id, long tokens) {
			Entry entry = this.window.get(id);
			if (entry != null) {
				this.tokens += tokens - entry.tokens;
				entry.tokens = tokens;
			}
		}

		void remove(String id) {
			Entry entry = this.window.remove(id);
			if (entry != null) {
				this.tokens -= entry.tokens;
			}
		}

		void removeBefore(long time) {
			Iterator<Entry> entries = this.window.values().iterator();
			while (entries.hasNext()) {
				Entry entry = entries.next();
				if (entry.time - time > 0) {
					return;
				}
				entries.remove();
				this.tokens -= entry.tokens;
			}
		}

	}

	/**
	 * One request.
	 */
	private static final class Entry {

		private final long time;

		private long tokens;

		Entry(long time, long tokens) {
			this.time = time;
			this.tokens = tokens;
		}

	}

}
