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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.function.SingletonSupplier;

/**
 * Threads of one kind. Work goes to a thread that is idle, to a new one, or waits until
 * one is idle.
 */
final class WorkerPool {

	private static final int MAX_WAITING = 10_000;

	private static final long KEEP_ALIVE_SECONDS = 30;

	private final ExecutorService executor;

	private final boolean ours;

	// Created when it is first needed, so that applications start faster
	private final SingletonSupplier<Scheduler> scheduler;

	private final String message;

	private final String closedMessage;

	private WorkerPool(ExecutorService executor, boolean ours, String property, String message) {
		this.executor = executor;
		this.ours = ours;
		this.scheduler = SingletonSupplier.of(() -> Schedulers.fromExecutorService(executor));
		this.message = message;
		this.closedMessage = "The threads for %s were closed, for example at the end of an application context"
			.formatted(property);
	}

	static WorkerPool of(String name, String property, int size, boolean virtual, @Nullable ClassLoader classLoader,
			@Nullable ExecutorService executor) {
		if (executor != null) {
			return new WorkerPool(executor, false, property,
					"The executor of 'GeminiThreads' for %s has no free thread".formatted(property));
		}
		String prefix = "gemini-" + name + "-";
		ThreadFactory factory = (virtual) ? VirtualThreads.factory(prefix) : platformThreads(prefix);
		return new WorkerPool(executor(size, virtual, factory, classLoader), true, property,
				"All %d threads for %s are busy: find out which of them hang, or raise 'cometapi.gemini.threads.%s'"
					.formatted(size, property, property));
	}

	private static ExecutorService executor(int size, boolean virtual, ThreadFactory factory,
			@Nullable ClassLoader classLoader) {
		WaitingWork queue = new WaitingWork();
		// A virtual thread that has nothing to do ends at once.
		ThreadPoolExecutor executor = new ThreadPoolExecutor(0, size, (virtual) ? 0 : KEEP_ALIVE_SECONDS,
				TimeUnit.SECONDS, queue, factory, WorkerPool::await);
		executor.setThreadFactory((worker) -> {
			Thread thread = factory.newThread(() -> {
				worker.run();
				leave(queue, executor);
			});
			// Not that of whichever thread happened to need this one.
			thread.setContextClassLoader(classLoader);
			return thread;
		});
		return executor;
	}

	private static ThreadFactory platformThreads(String prefix) {
		AtomicInteger count = new AtomicInteger();
		return (work) -> {
			// Inherits no thread locals, since it works for many callers.
			Thread thread = new Thread(null, work, prefix + count.incrementAndGet(), 0, false);
			thread.setDaemon(true);
			return thread;
		};
	}

	// Work may have come in after a thread had decided to leave.
	private static void leave(WaitingWork queue, ThreadPoolExecutor executor) {
		Runnable work = (executor.isShutdown()) ? null : queue.poll();
		if (work != null) {
			executor.execute(work);
		}
	}

	// Called when no thread is idle and the pool has reached its limit.
	private static void await(Runnable work, ThreadPoolExecutor executor) {
		if (executor.isShutdown()) {
			throw new RejectedExecutionException("The threads were closed");
		}
		if (executor.getQueue().size() >= MAX_WAITING) {
			executor.purge();
			if (executor.getQueue().size() >= MAX_WAITING) {
				throw new RejectedExecutionException("%d other tasks wait for a thread".formatted(MAX_WAITING));
			}
		}
		((WaitingWork) executor.getQueue()).await(work);
		// The last thread may have left meanwhile.
		if (executor.getPoolSize() < executor.getMaximumPoolSize() && executor.remove(work)) {
			executor.execute(work);
		}
	}

	// Work that finds a thread at once, as nearly all does, needs no timer.
	<T> Mono<T> run(Mono<T> work, Duration maxWait) {
		return Mono.fromDirect((subscriber) -> {
			AtomicBoolean begun = new AtomicBoolean();
			Sinks.Empty<Boolean> waits = Sinks.empty();
			Mono<Boolean> late = waits.asMono()
				.then(Mono.delay(Durations.capped(maxWait)))
				.flatMap((tick) -> (begun.get()) ? Mono.never() : Mono.just(true));
			place(work, begun).timeout(late, Mono.error(this::exhausted))
				.subscribe(Operators.toCoreSubscriber(subscriber));
			if (!begun.get() && mayWait()) {
				waits.tryEmitEmpty();
			}
		});
	}

	private boolean mayWait() {
		return !(this.executor instanceof ThreadPoolExecutor pool && this.ours && pool.getQueue().isEmpty());
	}

	<T> Mono<T> run(Mono<T> work, Duration limit, Mono<T> late) {
		return Mono.defer(() -> {
			AtomicBoolean begun = new AtomicBoolean();
			return place(work, begun).timeout(Durations.capped(limit),
					Mono.defer(() -> (begun.get()) ? late : Mono.error(exhausted())));
		});
	}

	private <T> Mono<T> place(Mono<T> work, AtomicBoolean begun) {
		return Mono.defer(() -> {
			begun.set(true);
			return work;
		}).subscribeOn(scheduler()).onErrorMap(this::translate);
	}

	private GeminiThreadsExhaustedException exhausted() {
		return new GeminiThreadsExhaustedException(message());
	}

	private String message() {
		return (this.executor.isShutdown()) ? this.closedMessage : this.message;
	}

	Throwable translate(Throwable failure) {
		return (failure instanceof RejectedExecutionException) ? new GeminiThreadsExhaustedException(message(), failure)
				: failure;
	}

	Scheduler scheduler() {
		return this.scheduler.obtain();
	}

	void closeNow() {
		if (this.ours) {
			this.executor.shutdownNow();
		}
	}

	void close() {
		if (this.ours) {
			this.executor.shutdown();
		}
	}

	/**
	 * Takes work at once only if a thread waits for it.
	 */
	private static final class WaitingWork extends LinkedTransferQueue<Runnable> {

		@Override
		public boolean offer(Runnable work) {
			return tryTransfer(work);
		}

		void await(Runnable work) {
			super.offer(work);
		}

	}

}
