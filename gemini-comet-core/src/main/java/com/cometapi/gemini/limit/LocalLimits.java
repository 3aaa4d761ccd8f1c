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
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import com.cometapi.gemini.error.GeminiLimitType;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Counts the calls of this process in a sliding window of one minute. A token bucket
 * would admit nearly twice the limit within the first minute. Thread-safe.
 */
final class LocalLimits {

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final Map<String, Usage> usages = new LinkedHashMap<>();

	// By permit.
	private final Map<String, Entry> running = new LinkedHashMap<>();

	/**
	 * Admit calls in the given order. After a refusal, all further calls of the scope
	 * that refused are refused as well, for the same reason.
	 * @param permits the permits of the calls
	 * @param instances the number of instances of which this one may use its share
	 * @return the refusals by the id of the permit
	 */
	synchronized Map<String, GeminiLimitRefusal> acquire(List<GeminiLimitPermit> permits, int instances) {
		Map<String, GeminiLimitRefusal> refusals = new HashMap<>();
		Map<GeminiLimitScope, GeminiLimitRefusal> refusalsByScope = new HashMap<>();
		for (GeminiLimitPermit permit : permits) {
			GeminiLimitRefusal refusal = permit.scopes()
				.stream()
				.map(refusalsByScope::get)
				.filter(Objects::nonNull)
				.findFirst()
				.orElseGet(() -> acquire(permit, instances));
			if (refusal != null) {
				refusalsByScope.put(refusal.scope(), refusal);
				refusals.put(permit.id(), refusal);
			}
		}
		return refusals;
	}

	private @Nullable GeminiLimitRefusal acquire(GeminiLimitPermit permit, int instances) {
		long now = now();
		for (GeminiLimitScope scope : permit.scopes()) {
			GeminiLimitRefusal refusal = usage(scope, now).refusal(scope, scope.limit().share(instances),
					permit.tokens(), now);
			if (refusal != null) {
				return refusal;
			}
		}
		record(permit, false);
		return null;
	}

	/**
	 * Count a call that was admitted elsewhere.
	 * @param permit the permit of the call
	 * @param stored whether the call counts in the shared store
	 */
	synchronized void record(GeminiLimitPermit permit, boolean stored) {
		Entry entry = add(permit);
		entry.stored = stored;
		this.running.put(permit.id(), entry);
		forEach(permit, (scope, usage) -> usage.running++);
	}

	/**
	 * Count a request that is not a call of its own, such as a retry.
	 * @param permit the permit of the request
	 * @return the report of the request
	 */
	synchronized GeminiLimitReport count(GeminiLimitPermit permit) {
		return report(add(permit), now());
	}

	private Entry add(GeminiLimitPermit permit) {
		Entry entry = new Entry(permit, now());
		forEach(permit, (scope, usage) -> usage.add(scope, entry));
		return entry;
	}

	/**
	 * End a call and correct its tokens.
	 * @param permit the permit of the call
	 * @param tokens the tokens that it used, or {@code null} to leave the estimate
	 */
	synchronized void release(GeminiLimitPermit permit, @Nullable Long tokens) {
		Entry entry = this.running.remove(permit.id());
		if (entry == null) {
			return;
		}
		forEach(permit, (scope, usage) -> {
			usage.running--;
			if (tokens != null) {
				usage.correct(entry, tokens);
			}
		});
		entry.tokens = (tokens != null) ? tokens : entry.tokens;
	}

	/**
	 * Remove a call that was not made.
	 * @param permit the permit of the call
	 */
	synchronized void withdraw(GeminiLimitPermit permit) {
		if (this.running.remove(permit.id()) != null) {
			forEach(permit, (scope, usage) -> {
				usage.running--;
				usage.remove(permit.id());
			});
		}
	}

	/**
	 * Return reports of the calls of the last minute and of those that are running.
	 * @param which the calls to report
	 * @return the reports
	 */
	synchronized List<GeminiLimitReport> reports(Reported which) {
		long now = now();
		Map<String, Entry> entries = new LinkedHashMap<>(this.running);
		this.usages.values().forEach((usage) -> {
			usage.removeBefore(now - WINDOW.toNanos());
			entries.putAll(usage.window);
		});
		return entries.values()
			.stream()
			.filter((entry) -> which == Reported.ALL || !entry.stored
					|| (which == Reported.RUNNING && isRunning(entry.permit)))
			.map((entry) -> report(entry, now))
			.toList();
	}

	/**
	 * Note that calls count in the shared store.
	 * @param reports the reports of the calls
	 */
	synchronized void markStored(List<GeminiLimitReport> reports) {
		for (GeminiLimitReport report : reports) {
			mark(this.running.get(report.permit().id()));
			report.permit().scopes().forEach((scope) -> {
				Usage usage = this.usages.get(scope.key());
				mark((usage != null) ? usage.window.get(report.permit().id()) : null);
			});
		}
	}

	private static void mark(@Nullable Entry entry) {
		if (entry != null) {
			entry.stored = true;
		}
	}

	private GeminiLimitReport report(Entry entry, long now) {
		return new GeminiLimitReport(entry.permit, Duration.ofNanos(now - entry.time), entry.tokens,
				this.running.containsKey(entry.permit.id()));
	}

	/**
	 * Return whether a call is running.
	 * @param permit the permit of the call
	 * @return {@code true} if it was admitted and has not ended
	 */
	synchronized boolean isRunning(GeminiLimitPermit permit) {
		return this.running.containsKey(permit.id());
	}

	/**
	 * Return the tokens of a call that counts in the last minute.
	 * @param permit the permit of the call
	 * @return the tokens, estimated if those that it used are not known, or {@code null}
	 * if it does not count
	 */
	synchronized @Nullable Long tokens(GeminiLimitPermit permit) {
		return this.usages.values()
			.stream()
			.map((usage) -> usage.window.get(permit.id()))
			.filter(Objects::nonNull)
			.findFirst()
			.map((entry) -> entry.tokens)
			.orElse(null);
	}

	/**
	 * Return whether nothing counts.
	 * @return {@code true} if no call is running or was made in the last minute
	 */
	synchronized boolean isIdle() {
		long now = now();
		this.usages.values().forEach((usage) -> usage.removeBefore(now - WINDOW.toNanos()));
		return this.running.isEmpty() && this.usages.values().stream().allMatch((usage) -> usage.window.isEmpty());
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
				// A call that needs more than the whole limit is admitted when no other
				// call counts.
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

		void add(GeminiLimitScope scope, Entry entry) {
			if (scope.limit().requestsPerMinute() != null || scope.limit().tokensPerMinute() != null) {
				this.window.put(entry.permit.id(), entry);
				this.tokens += entry.tokens;
			}
		}

		void correct(Entry entry, long tokens) {
			if (this.window.containsKey(entry.permit.id())) {
				this.tokens += tokens - entry.tokens;
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

		private final GeminiLimitPermit permit;

		private final long time;

		private long tokens;

		private boolean stored;

		Entry(GeminiLimitPermit permit, long time) {
			this.permit = permit;
			this.time = time;
			this.tokens = permit.tokens();
		}

	}

	/**
	 * Calls to report to the shared store.
	 */
	enum Reported {

		/**
		 * Calls that do not count in the store.
		 */
		MISSING,

		/**
		 * Calls that do not count in the store, and those that are running.
		 */
		RUNNING,

		/**
		 * Calls that are running or were made in the last minute.
		 */
		ALL

	}

}
