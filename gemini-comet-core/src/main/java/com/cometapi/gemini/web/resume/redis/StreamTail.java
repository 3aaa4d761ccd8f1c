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

package com.cometapi.gemini.web.resume.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamExpiredException;
import com.cometapi.gemini.web.resume.GeminiStreamLostException;
import com.cometapi.gemini.web.resume.redis.StreamPage.Condition;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Newest events of a stream, for all its readers in this instance. New events arrive in
 * messages, or are read from Redis once for all readers: when a message announces them,
 * and every second. Readers that need older events read these themselves.
 */
final class StreamTail {

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	private final StreamCommands commands;

	private final StreamNotifications notifications;

	private final String streamId;

	private final Disposable.Swap polls = Disposables.swap();

	// The newest events, the last one at the position
	private final List<GeminiStreamEvent> window = new ArrayList<>();

	private long windowSize;

	// -1 if it is not known yet
	private long position = -1;

	private boolean ended;

	private @Nullable GeminiException failure;

	private Sinks.Empty<Void> change = Sinks.empty();

	private boolean reading;

	private boolean readAgain;

	private long lastSuccess = System.nanoTime();

	private boolean subscribed;

	private boolean closed;

	// Guarded by the store
	private int readers;

	StreamTail(StreamCommands commands, StreamNotifications notifications, String streamId) {
		this.commands = commands;
		this.notifications = notifications;
		this.streamId = streamId;
	}

	/**
	 * Add a reader. With the first one, the tail starts to follow the stream.
	 * @return this object
	 */
	StreamTail addReader() {
		this.readers++;
		if (this.readers == 1) {
			this.polls.update(Flux.interval(Duration.ZERO, POLL_INTERVAL, Schedulers.parallel())
				.onBackpressureDrop()
				.subscribe((tick) -> poll()));
		}
		return this;
	}

	/**
	 * Remove a reader. With the last one, the tail is closed.
	 * @return whether it was the last one
	 */
	boolean removeReader() {
		this.readers--;
		if (this.readers > 0) {
			return false;
		}
		close();
		return true;
	}

	/**
	 * Stop following the stream. Remaining readers get a failure.
	 */
	void close() {
		Sinks.Empty<Void> changed;
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			this.polls.dispose();
			if (this.subscribed) {
				this.notifications.unsubscribe(this.commands.channel(this.streamId)).onErrorComplete().subscribe();
			}
			changed = changed();
		}
		changed.tryEmitEmpty();
	}

	private void poll() {
		subscribe();
		readNewEvents();
	}

	// Within the lock, so that no subscription follows the close
	private synchronized void subscribe() {
		if (!this.subscribed && !this.closed) {
			this.subscribed = true;
			// Events may be stored before it is complete
			this.notifications.subscribe(this.commands.channel(this.streamId)).subscribe((nothing) -> {
			}, (ex) -> resetSubscription(), this::readNewEvents);
		}
	}

	private synchronized void resetSubscription() {
		this.subscribed = false;
	}

	/**
	 * Add the event of a message if it is the next one, else read the new events.
	 * @param message the message
	 */
	void handleMessage(String message) {
		GeminiStreamEvent event = StreamPage.parse(message);
		if (event == null || !addNext(event)) {
			readNewEvents();
		}
	}

	private boolean addNext(GeminiStreamEvent event) {
		Sinks.Empty<Void> changed;
		synchronized (this) {
			if (this.position < 0 || event.position() > this.position + 1) {
				return false;
			}
			add(event);
			changed = changed();
		}
		changed.tryEmitEmpty();
		return true;
	}

	private Sinks.Empty<Void> changed() {
		Sinks.Empty<Void> changed = this.change;
		this.change = Sinks.empty();
		return changed;
	}

	private void readNewEvents() {
		long after;
		synchronized (this) {
			if (this.reading || this.ended) {
				this.readAgain = true;
				return;
			}
			this.reading = true;
			this.readAgain = false;
			after = this.position;
		}
		this.commands.read(this.streamId, after).subscribe(this::accept, this::handleFailure);
	}

	private void accept(StreamPage page) {
		update(() -> {
			this.lastSuccess = System.nanoTime();
			boolean known = this.position >= 0;
			this.failure = switch (page.condition()) {
				case UNKNOWN -> unknown();
				case BEYOND -> new GeminiStreamLostException("Redis has lost events of the stream", null);
				case RUNNING, ENDED, LOST, REMOVED -> null;
			};
			if (this.failure != null) {
				return;
			}
			if (!known || page.condition() == Condition.REMOVED) {
				this.window.clear();
				this.windowSize = 0;
				this.position = page.position();
			}
			else {
				page.events().forEach(this::add);
			}
			if (this.position < page.position()) {
				this.readAgain = true;
			}
			else if (page.condition() == Condition.ENDED) {
				this.ended = true;
				this.polls.dispose();
			}
			else if (page.condition() == Condition.LOST) {
				this.failure = lost();
			}
		});
	}

	private void handleFailure(Throwable ex) {
		update(() -> {
			if (System.nanoTime() - this.lastSuccess > this.commands.leaseTime().toNanos()) {
				this.failure = StreamCommands.unavailable(ex);
			}
		});
	}

	private void update(Runnable update) {
		Sinks.Empty<Void> changed = null;
		boolean again;
		synchronized (this) {
			long before = this.position;
			update.run();
			if (this.position != before || this.ended || this.failure != null) {
				changed = changed();
			}
			this.reading = false;
			again = this.readAgain && !this.ended;
		}
		if (changed != null) {
			changed.tryEmitEmpty();
		}
		if (again) {
			readNewEvents();
		}
	}

	private void add(GeminiStreamEvent event) {
		if (event.position() <= this.position) {
			return;
		}
		this.window.add(event);
		this.windowSize += event.size();
		this.position = event.position();
		if (this.windowSize > StreamCommands.PAGE_BYTES) {
			int removed = 0;
			// Not the newest one, which all readers wait for
			while (this.windowSize > StreamCommands.PAGE_BYTES / 2 && removed < this.window.size() - 1) {
				this.windowSize -= this.window.get(removed).size();
				removed++;
			}
			this.window.subList(0, removed).clear();
		}
	}

	/**
	 * Read the events after a position.
	 * @param afterPosition the position
	 * @return the events, as requested
	 */
	Flux<GeminiStreamEvent> read(long afterPosition) {
		AtomicLong position = new AtomicLong(afterPosition);
		AtomicBoolean complete = new AtomicBoolean();
		return Mono.defer(() -> next(position.get())).doOnNext((events) -> {
			GeminiStreamEvent newest = (events.isEmpty()) ? null : events.get(events.size() - 1);
			if (newest == null || newest.last()) {
				complete.set(true);
			}
			else {
				position.set(newest.position());
			}
		}).repeat(() -> !complete.get()).concatMapIterable(Function.identity(), 1);
	}

	/**
	 * Return the next events after a position.
	 * @param after the position
	 * @return some events, no events if the stream has ended, or a failure
	 */
	private synchronized Mono<List<GeminiStreamEvent>> next(long after) {
		if (this.closed) {
			return Mono.error(new GeminiStreamLostException("The store of the stream was closed", null));
		}
		long oldest = this.position - this.window.size();
		if (this.position >= 0 && after != this.position) {
			return (after >= oldest && after < this.position)
					? Mono.just(List.copyOf(this.window.subList((int) (after - oldest), this.window.size())))
					: load(after);
		}
		if (this.failure != null) {
			return Mono.error(this.failure);
		}
		return (this.ended) ? Mono.just(List.of()) : awaitNext(this.change, after);
	}

	private Mono<List<GeminiStreamEvent>> awaitNext(Sinks.Empty<Void> change, long after) {
		return change.asMono().publishOn(Schedulers.parallel()).then(Mono.defer(() -> next(after)));
	}

	// Works even before the position of the tail is known
	private Mono<List<GeminiStreamEvent>> load(long after) {
		Sinks.Empty<Void> change = this.change;
		return this.commands.readRepeatedly(this.streamId, after).flatMap((page) -> {
			if (!page.events().isEmpty()) {
				return Mono.just(page.events());
			}
			return switch (page.condition()) {
				case RUNNING -> awaitNext(change, after);
				case ENDED -> Mono.just(List.of());
				case LOST -> Mono.error(lost());
				case UNKNOWN -> Mono.error(unknown());
				case REMOVED -> Mono.error(new GeminiStreamExpiredException(
						"The event after position %d is not stored any more".formatted(after)));
				case BEYOND -> Mono
					.error(new GeminiStreamExpiredException("Position %d is beyond the last event".formatted(after)));
			};
		});
	}

	private static GeminiStreamLostException lost() {
		return new GeminiStreamLostException("The instance that ran the stream has not renewed its lease", null);
	}

	private synchronized GeminiException unknown() {
		return (this.position >= 0 && !this.ended) ? new GeminiStreamLostException("Redis has lost the stream", null)
				: new GeminiStreamExpiredException("The stream is not known or was removed");
	}

}
