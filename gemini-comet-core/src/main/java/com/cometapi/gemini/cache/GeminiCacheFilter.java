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

package com.cometapi.gemini.cache;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.thread.Durations;
import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.Cache;
import org.springframework.core.Ordered;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Responds to repeated identical requests from a cache, for calls that
 * {@linkplain GeminiCallOptions#cacheResponse() ask for it}.
 *
 * <p>
 * Two requests are identical if they have the same JSON, model and connection. Only
 * complete responses with the finish reason {@code STOP} are stored, from the model that
 * was asked. A stored response serves calls and streams alike; a stream has the events
 * that the stored response had. A call never uses the cache if it declares functions or
 * has its own key, its own headers or a media sink. Identical calls at the same time are
 * not merged. A cache that fails or is slow counts as empty.
 */
public final class GeminiCacheFilter implements GeminiExchangeFilter, Ordered {

	/**
	 * The order of this filter.
	 */
	public static final int ORDER = -400;

	private static final Log logger = LogFactory.getLog(GeminiCacheFilter.class);

	private final Cache cache;

	private final boolean byDefault;

	private final DataSize maxSize;

	private final Duration timeout;

	private final GeminiThreads threads;

	private final AtomicReference<GeminiCacheStatistics> statistics = new AtomicReference<>(GeminiCacheStatistics.NONE);

	private GeminiCacheFilter(Builder builder) {
		this.cache = builder.cache;
		this.byDefault = builder.byDefault;
		this.maxSize = builder.maxSize;
		this.timeout = builder.timeout;
		this.threads = builder.threads;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * Return the counts since the application started.
	 * @return the counts
	 */
	public GeminiCacheStatistics statistics() {
		return this.statistics.get();
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		if (!isCacheable(exchange)) {
			return next.exchange(exchange);
		}
		return this.threads.onStoreThread(() -> load(exchange)).timeout(this.timeout).onErrorResume((ex) -> {
			logger.warn(
					"The response cache '%s' failed, and the model is called: %s".formatted(this.cache.getName(), ex));
			return Mono.just(Entry.FAILED);
		}).flatMapMany((entry) -> respond(entry, exchange, next));
	}

	private boolean isCacheable(GeminiExchange exchange) {
		GeminiCallOptions options = exchange.options();
		boolean wanted = (options.cacheResponse() != null) ? options.cacheResponse() : this.byDefault;
		return wanted && options.apiKey() == null && options.headers().isEmpty() && options.mediaSink() == null
				&& exchange.request().tools().stream().allMatch((tool) -> tool.functionDeclarations().isEmpty());
	}

	private Entry load(GeminiExchange exchange) {
		String key = CacheKey.of(exchange);
		Cache.ValueWrapper value = this.cache.get(key);
		return new Entry(key,
				(value != null && value.get() instanceof byte[] json) ? CachedResponse.parse(json) : null);
	}

	private Flux<GenerateContentResponse> respond(Entry entry, GeminiExchange exchange, Next next) {
		CachedResponse response = entry.response();
		String key = entry.key();
		if (response != null) {
			BigDecimal saved = (response.cost() != null) ? response.cost() : BigDecimal.ZERO;
			count(new GeminiCacheStatistics(1, 0, saved));
			return Flux.fromIterable(response.replay(exchange.streamed()));
		}
		count(new GeminiCacheStatistics(0, 1, BigDecimal.ZERO));
		if (key == null) {
			return next.exchange(exchange);
		}
		CachedEvents events = new CachedEvents(exchange, this.maxSize.toBytes());
		return next.exchange(exchange).doOnNext(events::add).doOnComplete(() -> store(key, events));
	}

	private void count(GeminiCacheStatistics more) {
		this.statistics.accumulateAndGet(more, GeminiCacheStatistics::plus);
	}

	// The caller does not wait until the response is stored.
	private void store(String key, CachedEvents events) {
		this.threads.onStoreThread(() -> {
			CachedResponse response = events.toResponse();
			if (response != null) {
				put(key, response.toJson());
			}
			return key;
		}).subscribe((stored) -> {
		}, (ex) -> logger.warn("A response was not stored in the cache '%s': %s".formatted(this.cache.getName(), ex)));
	}

	private void put(String key, byte[] json) {
		if (json.length <= this.maxSize.toBytes()) {
			this.cache.put(key, json);
		}
	}

	/**
	 * Return a builder.
	 * @param cache the cache of the application
	 * @return a new builder
	 */
	public static Builder builder(Cache cache) {
		return new Builder(cache);
	}

	/**
	 * Entry of the cache.
	 *
	 * @param key the key, or {@code null} if the cache failed
	 * @param response the response, or {@code null} if there is none
	 */
	private record Entry(@Nullable String key, @Nullable CachedResponse response) {

		static final Entry FAILED = new Entry(null, null);

	}

	/**
	 * Builder for {@link GeminiCacheFilter}, not thread-safe.
	 */
	public static final class Builder {

		private final Cache cache;

		private boolean byDefault;

		private DataSize maxSize = DataSize.ofMegabytes(1);

		private Duration timeout = Duration.ofSeconds(1);

		private GeminiThreads threads = GeminiThreads.shared();

		private Builder(Cache cache) {
			Assert.notNull(cache, "'cache' must not be null");
			this.cache = cache;
		}

		/**
		 * Set whether calls use the cache if their
		 * {@linkplain GeminiCallOptions#cacheResponse() options} do not specify it.
		 * @param byDefault whether they use it, {@code false} if not set
		 * @return this builder
		 */
		public Builder byDefault(boolean byDefault) {
			this.byDefault = byDefault;
			return this;
		}

		/**
		 * Set the maximum size of a stored response.
		 * @param maxSize the size, 1 MB if not set
		 * @return this builder
		 */
		public Builder maxSize(DataSize maxSize) {
			Assert.isTrue(maxSize.toBytes() > 0, "'maxSize' must be positive");
			this.maxSize = maxSize;
			return this;
		}

		/**
		 * Set the time after which a cache that does not respond counts as empty.
		 * @param timeout the time, one second if not set
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "'timeout' must be positive");
			this.timeout = Durations.capped(timeout);
			return this;
		}

		/**
		 * Set the threads that call the cache.
		 * @param threads the threads, the shared ones if not set
		 * @return this builder
		 */
		public Builder threads(GeminiThreads threads) {
			Assert.notNull(threads, "'threads' must not be null");
			this.threads = threads;
			return this;
		}

		/**
		 * Build the filter.
		 * @return the filter
		 */
		public GeminiCacheFilter build() {
			return new GeminiCacheFilter(this);
		}

	}

}
