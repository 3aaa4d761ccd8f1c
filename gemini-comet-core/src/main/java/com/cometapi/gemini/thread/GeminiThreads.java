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

package com.cometapi.gemini.thread;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Thread pools for application code that may block: functions and approvals, conversation
 * stores, media, filters of the {@code WebClient}, and responses to browsers. Each kind
 * has a pool of its own. Work runs on an idle thread or a new one, and waits only when
 * the pool has reached its limit. Thread-safe.
 */
public final class GeminiThreads implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(GeminiThreads.class);

	private static final Supplier<GeminiThreads> SHARED = SingletonSupplier
		.of(() -> new GeminiThreads(builder(), GeminiThreads.class.getClassLoader()));

	private final WorkerPool functions;

	private final WorkerPool stores;

	private final WorkerPool media;

	// Null if filters do not block.
	private final @Nullable WorkerPool filters;

	private final WorkerPool browsers;

	private final Phaser storeCalls = new StoreCalls();

	private final Duration maxWait;

	private final Duration closeTimeout;

	private GeminiThreads(Builder builder, @Nullable ClassLoader classLoader) {
		this.functions = WorkerPool.of("function", "functions", builder.functions, builder.virtual, classLoader,
				builder.functionExecutor);
		this.stores = WorkerPool.of("store", "stores", builder.stores, builder.virtual, classLoader,
				builder.storeExecutor);
		this.media = WorkerPool.of("media", "media", builder.media, builder.virtual, classLoader,
				builder.mediaExecutor);
		this.filters = (builder.filters == 0 && builder.filterExecutor == null) ? null : WorkerPool.of("filter",
				"filters", builder.filters, builder.virtual, classLoader, builder.filterExecutor);
		this.browsers = WorkerPool.of("browser", "browsers", builder.browsers, builder.virtual, classLoader,
				builder.browserExecutor);
		this.maxWait = builder.maxWait;
		this.closeTimeout = builder.closeTimeout;
	}

	/**
	 * Return the default threads, which are shared by the whole JVM. They are daemon
	 * threads, and end when they are idle.
	 * @return the threads
	 */
	public static GeminiThreads shared() {
		return SHARED.get();
	}

	/**
	 * Run work without a time limit of its own on a thread for functions. Cancelling
	 * interrupts it.
	 * @param work the work
	 * @param <T> the type of the result
	 * @return the result of the work, or a {@link GeminiThreadsExhaustedException} after
	 * the configured wait
	 * @see Builder#maxWait(Duration)
	 */
	public <T> Mono<T> onFunctionThread(Mono<T> work) {
		return this.functions.run(work, this.maxWait);
	}

	/**
	 * Run work on a thread for functions. Cancelling interrupts it.
	 * @param work the work
	 * @param maxWait the longest wait for a thread
	 * @param <T> the type of the result
	 * @return the result of the work, or a {@link GeminiThreadsExhaustedException}
	 */
	public <T> Mono<T> onFunctionThread(Mono<T> work, Duration maxWait) {
		return this.functions.run(work, maxWait);
	}

	/**
	 * Run work on a thread for functions, with a time limit that includes the wait for
	 * the thread. Cancelling interrupts it.
	 * @param work the work
	 * @param limit the time for the wait and the work
	 * @param late the result if the work has begun but is not done in time
	 * @param <T> the type of the result
	 * @return the result of the work, or a {@link GeminiThreadsExhaustedException}
	 */
	public <T> Mono<T> onFunctionThread(Mono<T> work, Duration limit, Mono<T> late) {
		return this.functions.run(work, limit, late);
	}

	/**
	 * Call a store on a thread for stores. Cancelling does not interrupt the call, since
	 * some databases do not survive that. Restores the {@linkplain CallerThreadLocals
	 * thread locals of the caller}.
	 * @param call calls the store
	 * @param <T> the type of the result
	 * @return the result of the call, or a {@link GeminiThreadsExhaustedException}
	 */
	public <T> Mono<T> onStoreThread(Callable<T> call) {
		return Mono.create((sink) -> {
			this.storeCalls.register();
			this.stores.run(CallerThreadLocals.call(call), this.maxWait)
				.doFinally((signal) -> this.storeCalls.arriveAndDeregister())
				.contextWrite(sink.contextView())
				// Once: a second signal would replace a value that was not requested yet.
				.doOnSuccess(sink::success)
				.subscribe((value) -> {
				}, sink::error);
		});
	}

	/**
	 * Call a store on a thread for stores until one call has succeeded, for example to
	 * open a connection that all later calls use. Subscribers share the running call, so
	 * that it takes one thread even if they give up and subscribe again.
	 * @param call calls the store
	 * @param <T> the type of the result
	 * @return the result of the first successful call, or the failure of the running
	 * call, after which the next subscriber begins another one
	 */
	public <T> Mono<T> onSharedStoreThread(Callable<T> call) {
		AtomicReference<@Nullable Mono<T>> shared = new AtomicReference<>();
		return Mono.defer(() -> {
			Mono<T> begun = onStoreThread(call).doOnError((ex) -> shared.set(null)).cache();
			Mono<T> running = shared.compareAndExchange(null, begun);
			return (running != null) ? running : begun;
		});
	}

	/**
	 * Wait until no store is being called, for example before the application closes its
	 * connections to a database. Blocks.
	 * @param timeout the longest wait, which also ends when the current thread is
	 * interrupted
	 * @return whether no store is being called
	 */
	public boolean awaitStores(Duration timeout) {
		int phase = this.storeCalls.getPhase();
		try {
			if (this.storeCalls.getRegisteredParties() > 0) {
				this.storeCalls.awaitAdvanceInterruptibly(phase, TimeUnit.NANOSECONDS.convert(timeout),
						TimeUnit.NANOSECONDS);
			}
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Run work on a thread for media. Cancelling interrupts it.
	 * @param work the work
	 * @param <T> the type of the result
	 * @return the result of the work, or a {@link GeminiThreadsExhaustedException}
	 */
	public <T> Mono<T> onMediaThread(Mono<T> work) {
		return this.media.run(work, this.maxWait);
	}

	/**
	 * Run a filter of the {@code WebClient} on a thread for filters, or on the
	 * subscribing thread if filters have none. Cancelling interrupts it.
	 * @param filter the filter and what follows on its thread
	 * @param <T> the type of the result
	 * @return the result, or a {@link GeminiThreadsExhaustedException}
	 */
	public <T> Mono<T> onFilterThread(Mono<T> filter) {
		return (this.filters != null) ? this.filters.run(filter, this.maxWait) : filter;
	}

	/**
	 * Write to a browser on a thread for browsers, for a response that supports blocking
	 * writes only.
	 * @param write writes to the browser
	 * @return completion, or a {@link GeminiThreadsExhaustedException}
	 */
	public Mono<Void> onBrowserThread(Runnable write) {
		return this.browsers.run(Mono.fromRunnable(write), this.maxWait);
	}

	/**
	 * Return the scheduler whose workers are threads for media.
	 * @return the scheduler
	 */
	public Scheduler mediaScheduler() {
		return this.media.scheduler();
	}

	/**
	 * Translate the failure of a subscription on the {@link #mediaScheduler()}.
	 * @param failure the failure
	 * @return a {@link GeminiThreadsExhaustedException} if no thread was available, else
	 * the given failure
	 */
	public Throwable translateMediaFailure(Throwable failure) {
		return this.media.translate(failure);
	}

	/**
	 * Interrupt functions, media, filters and writes to browsers, wait for running calls
	 * of stores, and accept no more work. Calls of stores that are still running after
	 * the close timeout are interrupted. Executors of the application are not shut down.
	 * @see Builder#closeTimeout(Duration)
	 */
	@Override
	public void close() {
		this.functions.closeNow();
		this.media.closeNow();
		if (this.filters != null) {
			this.filters.closeNow();
		}
		this.browsers.closeNow();
		this.stores.close();
		if (!awaitStores(this.closeTimeout)) {
			logger.warn("Calls of conversation stores did not end within %s s and are interrupted"
				.formatted(this.closeTimeout.toMillis() / 1000.0));
		}
		this.stores.closeNow();
	}

	/**
	 * Return a builder.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Counts running calls of stores. A phase ends when none is left.
	 */
	private static final class StoreCalls extends Phaser {

		@Override
		protected boolean onAdvance(int phase, int registeredParties) {
			// Further calls may begin.
			return false;
		}

	}

	/**
	 * Builder for {@link GeminiThreads}, not thread-safe.
	 */
	public static final class Builder {

		private int functions = 256;

		private int stores = 64;

		private int media = 64;

		private int filters = 64;

		private int browsers = 64;

		private Duration maxWait = Duration.ofSeconds(10);

		private Duration closeTimeout = Duration.ofSeconds(5);

		private boolean virtual;

		private @Nullable ExecutorService functionExecutor;

		private @Nullable ExecutorService storeExecutor;

		private @Nullable ExecutorService mediaExecutor;

		private @Nullable ExecutorService filterExecutor;

		private @Nullable ExecutorService browserExecutor;

		private Builder() {
		}

		/**
		 * Set the maximum number of threads for functions and approvals.
		 * @param functions the number, 256 if not set
		 * @return this builder
		 */
		public Builder functions(int functions) {
			Assert.isTrue(functions > 0, "'functions' must be positive");
			this.functions = functions;
			return this;
		}

		/**
		 * Set the executor that runs functions and approvals.
		 * @param executor the executor of the application
		 * @return this builder
		 */
		public Builder functions(ExecutorService executor) {
			this.functionExecutor = executor;
			return this;
		}

		/**
		 * Set the maximum number of threads for stores of conversations.
		 * @param stores the number, 64 if not set
		 * @return this builder
		 */
		public Builder stores(int stores) {
			Assert.isTrue(stores > 0, "'stores' must be positive");
			this.stores = stores;
			return this;
		}

		/**
		 * Set the executor that calls stores of conversations.
		 * @param executor the executor of the application
		 * @return this builder
		 */
		public Builder stores(ExecutorService executor) {
			this.storeExecutor = executor;
			return this;
		}

		/**
		 * Set the maximum number of threads for media that are read or written.
		 * @param media the number, 64 if not set
		 * @return this builder
		 */
		public Builder media(int media) {
			Assert.isTrue(media > 0, "'media' must be positive");
			this.media = media;
			return this;
		}

		/**
		 * Set the executor that reads and writes media.
		 * @param executor the executor of the application
		 * @return this builder
		 */
		public Builder media(ExecutorService executor) {
			this.mediaExecutor = executor;
			return this;
		}

		/**
		 * Set the maximum number of threads for filters of the {@code WebClient}. Filters
		 * that never block need none: without a change of threads, a call takes less CPU
		 * time.
		 * @param filters the number, 64 if not set; zero to run filters on the threads
		 * that send requests and receive responses, which are often event loops
		 * @return this builder
		 */
		public Builder filters(int filters) {
			Assert.isTrue(filters >= 0, "'filters' must not be negative");
			this.filters = filters;
			return this;
		}

		/**
		 * Set the executor that runs filters of the {@code WebClient}.
		 * @param executor the executor of the application
		 * @return this builder
		 */
		public Builder filters(ExecutorService executor) {
			this.filterExecutor = executor;
			return this;
		}

		/**
		 * Set the maximum number of threads for responses to browsers that support
		 * blocking writes only.
		 * @param browsers the number, 64 if not set
		 * @return this builder
		 */
		public Builder browsers(int browsers) {
			Assert.isTrue(browsers > 0, "'browsers' must be positive");
			this.browsers = browsers;
			return this;
		}

		/**
		 * Set the executor that writes to browsers whose responses support blocking
		 * writes only.
		 * @param executor the executor of the application
		 * @return this builder
		 */
		public Builder browsers(ExecutorService executor) {
			this.browserExecutor = executor;
			return this;
		}

		/**
		 * Set the maximum time that a call of a store, the reading of a medium, an
		 * approval, a filter or a write to a browser waits for a thread. Functions wait
		 * as long as their own time limit allows.
		 * @param maxWait the time, 10 seconds if not set
		 * @return this builder
		 */
		public Builder maxWait(Duration maxWait) {
			Assert.isTrue(maxWait.compareTo(Duration.ZERO) > 0, "'maxWait' must be positive");
			this.maxWait = maxWait;
			return this;
		}

		/**
		 * Set the maximum time that {@link GeminiThreads#close()} waits for running calls
		 * of stores before it interrupts them.
		 * @param closeTimeout the time, 5 seconds if not set; zero for no wait
		 * @return this builder
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			Assert.isTrue(!closeTimeout.isNegative(), "'closeTimeout' must not be negative");
			this.closeTimeout = closeTimeout;
			return this;
		}

		/**
		 * Set whether the threads are virtual, which requires Java 21 or later.
		 * @param virtual whether they are virtual, {@code false} if not set
		 * @return this builder
		 */
		public Builder virtual(boolean virtual) {
			this.virtual = virtual;
			return this;
		}

		/**
		 * Build the threads. None is started; all of them get the context class loader of
		 * the current thread.
		 * @return the threads
		 */
		public GeminiThreads build() {
			return new GeminiThreads(this, ClassUtils.getDefaultClassLoader());
		}

	}

}
