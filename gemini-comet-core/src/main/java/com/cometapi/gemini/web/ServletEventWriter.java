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

package com.cometapi.gemini.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.thread.GeminiThreads;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Writes events to a servlet response with non-blocking I/O. The next event is requested
 * when the server has taken the previous one, so that a slow browser holds one event and
 * no thread. If the output does not support a {@link WriteListener}, events are written
 * on the threads for browsers, where writes may block.
 */
final class ServletEventWriter implements WriteListener {

	private static final Log logger = LogFactory.getLog(GeminiSseEmitters.class);

	// Larger events are written in chunks, so that a slow browser is seen to read
	private static final int MAX_WRITE = 64 * 1024;

	private final SseEmitter emitter;

	private final ServletOutputStream output;

	private final @Nullable Duration writeTimeout;

	private final @Nullable Consumer<IOException> close;

	private final GeminiThreads threads;

	private final EventSubscriber subscriber = new EventSubscriber();

	private final AtomicInteger work = new AtomicInteger();

	private volatile byte @Nullable [] event;

	private volatile boolean ended;

	private volatile boolean stopped;

	// Set by the first call of the server, after the dispatch of the request: until then,
	// the write timeout must not run
	private volatile boolean begun;

	private boolean blocking;

	// Confined to the thread that holds the work counter
	private boolean requested = true;

	private boolean unflushed;

	private int written;

	private @Nullable Disposable limit;

	ServletEventWriter(SseEmitter emitter, ServletOutputStream output, @Nullable Duration writeTimeout,
			@Nullable Consumer<IOException> close, GeminiThreads threads) {
		this.emitter = emitter;
		this.output = output;
		this.writeTimeout = writeTimeout;
		this.close = close;
		this.threads = threads;
	}

	/**
	 * Subscribe to the events and write them. The request must be asynchronous.
	 * @param events the events to write
	 */
	void start(Flux<ServerSentEvent<String>> events) {
		try {
			this.output.setWriteListener(this);
		}
		catch (UnsupportedOperationException ex) {
			// Spring's mock response or the wrapper of a filter: always ready, but a
			// write may block
			this.blocking = true;
			this.begun = true;
		}
		events.subscribe(this.subscriber);
	}

	/**
	 * Stop writing and cancel the subscription.
	 */
	void stop() {
		end();
		this.subscriber.cancel();
	}

	// Waits while giveUp() closes the connection, which the server may then reuse for
	// another request
	private synchronized void end() {
		this.stopped = true;
	}

	@Override
	public void onWritePossible() {
		this.begun = true;
		proceed();
	}

	private void proceed() {
		if (this.work.getAndIncrement() > 0) {
			return;
		}
		if (this.blocking) {
			// The current thread may be an event loop or belong to a function
			this.threads.onBrowserThread(this::writeAll).subscribe(null, this::onError);
		}
		else {
			writeAll();
		}
	}

	private void writeAll() {
		int done = 1;
		do {
			try {
				write();
			}
			catch (IOException ex) {
				if (this.blocking) {
					onError(ex);
				}
				else {
					// The server calls onError, and no other thread may end the request
					// any more
					stop();
				}
			}
			catch (RuntimeException ex) {
				onError(ex);
			}
			done = this.work.addAndGet(-done);
		}
		while (done > 0);
	}

	private void write() throws IOException {
		while (this.begun && !this.stopped && isReady()) {
			// Read in this order, since the last event precedes the end
			boolean ended = this.ended;
			byte[] event = this.event;
			if (event != null) {
				int length = Math.min(MAX_WRITE, event.length - this.written);
				int offset = this.written;
				this.written += length;
				if (this.written == event.length) {
					this.written = 0;
					this.event = null;
					this.requested = false;
					this.unflushed = true;
				}
				this.output.write(event, offset, length);
			}
			else if (this.unflushed) {
				this.unflushed = false;
				this.output.flush();
			}
			else if (ended) {
				end();
				this.emitter.complete();
			}
			else if (!this.requested) {
				this.requested = true;
				this.subscriber.request(1);
			}
			else {
				stopLimit();
				return;
			}
		}
	}

	private boolean isReady() {
		boolean ready = this.output.isReady();
		stopLimit();
		if ((!ready || this.blocking) && this.writeTimeout != null) {
			this.limit = Schedulers.parallel()
				.schedule(this::giveUp, this.writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		return ready;
	}

	private void stopLimit() {
		if (this.limit != null) {
			this.limit.dispose();
			this.limit = null;
		}
	}

	private void giveUp() {
		IOException reason = new IOException("The client read nothing within " + this.writeTimeout);
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			if (this.close != null) {
				// The server reports it back to onError
				this.subscriber.cancel();
				this.close.accept(reason);
				return;
			}
		}
		onError(reason);
	}

	@Override
	public void onError(Throwable ex) {
		if (ex instanceof GeminiThreadsExhaustedException) {
			logger.warn("Aborting the stream to the client: " + ex.getMessage());
		}
		else {
			logger.debug("The client disconnected: " + ex);
		}
		stop();
		// Spring MVC does not report this type as an error of the application
		completeWithError((ex instanceof IOException)
				? new AsyncRequestNotUsableException("The client disconnected or does not read", ex) : ex);
	}

	private void completeWithError(Throwable ex) {
		try {
			this.emitter.completeWithError(ex);
		}
		catch (IllegalStateException ended) {
			logger.debug("The server has ended the request already: " + ended.getMessage());
		}
	}

	private final class EventSubscriber extends BaseSubscriber<ServerSentEvent<String>> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(ServerSentEvent<String> event) {
			String end = (event.data() != null) ? event.data() + "\n\n" : "\n";
			ServletEventWriter.this.event = (event.format() + end).getBytes(StandardCharsets.UTF_8);
			proceed();
		}

		@Override
		protected void hookOnComplete() {
			ServletEventWriter.this.ended = true;
			proceed();
		}

		@Override
		protected void hookOnError(Throwable ex) {
			logger.warn("Aborting the stream to the client", ex);
			completeWithError(ex);
		}

	}

}
