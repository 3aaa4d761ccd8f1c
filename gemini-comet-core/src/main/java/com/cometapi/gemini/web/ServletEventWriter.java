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
 * Writes events to a servlet response, on the threads that hand them over and those of
 * the server, none of which waits for the browser: an event is requested when the one
 * before it is out of the server's hands, so that a browser that does not read holds one
 * event and no thread. Only an output that has no listener is written on threads of its
 * own, which may block.
 */
final class ServletEventWriter implements WriteListener {

	private static final Log logger = LogFactory.getLog(GeminiSseEmitters.class);

	// So that a slow browser is seen to read
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

	private boolean blocking;

	// Of the thread that does the work.
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
	 * Subscribe to events and write them. The request must be asynchronous.
	 * @param events the events
	 */
	void start(Flux<ServerSentEvent<String>> events) {
		try {
			this.output.setWriteListener(this);
		}
		catch (UnsupportedOperationException ex) {
			// Spring's mock of a response, or what a filter has put before the real one:
			// ready at any time, and a write may block
			this.blocking = true;
		}
		events.subscribe(this.subscriber);
	}

	/**
	 * Write no more, and cancel the events.
	 */
	void stop() {
		end();
		this.subscriber.cancel();
	}

	// Never while the connection is closed, which may belong to another request
	// afterwards
	private synchronized void end() {
		this.stopped = true;
	}

	@Override
	public void onWritePossible() {
		if (this.work.getAndIncrement() > 0) {
			return;
		}
		if (this.blocking) {
			// Not on this thread: it may be an event loop, or that of a function
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
			catch (IOException | RuntimeException ex) {
				onError(ex);
			}
			done = this.work.addAndGet(-done);
		}
		while (done > 0);
	}

	private void write() throws IOException {
		while (!this.stopped && isReady()) {
			// In this order: the last event comes before the end
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
		IOException reason = new IOException("Nothing was taken within " + this.writeTimeout);
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			if (this.close != null) {
				// Which comes back as an error
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
			logger.warn("The stream to the browser is cut off: " + ex.getMessage());
		}
		else {
			logger.debug("The browser has left: " + ex);
		}
		stop();
		// Which Spring MVC does not report as an error of the application
		this.emitter.completeWithError((ex instanceof IOException)
				? new AsyncRequestNotUsableException("The browser has left or does not read", ex) : ex);
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
			onWritePossible();
		}

		@Override
		protected void hookOnComplete() {
			ServletEventWriter.this.ended = true;
			onWritePossible();
		}

		@Override
		protected void hookOnError(Throwable ex) {
			logger.warn("The stream to the browser is cut off", ex);
			ServletEventWriter.this.emitter.completeWithError(ex);
		}

	}

}
