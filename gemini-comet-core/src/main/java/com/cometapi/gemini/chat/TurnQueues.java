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

package com.cometapi.gemini.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets the turns of a conversation run one after the other, in the order in which they
 * came, without blocking a thread. Thread-safe.
 */
final class TurnQueues {

	// The first ticket of each queue is that of the running turn.
	private final ConcurrentMap<String, Deque<Ticket>> queues = new ConcurrentHashMap<>();

	Ticket enter(String id) {
		Ticket ticket = new Ticket(id);
		this.queues.compute(id, (key, tickets) -> {
			Deque<Ticket> joined = (tickets != null) ? tickets : new ArrayDeque<>();
			ticket.first = joined.isEmpty();
			joined.add(ticket);
			return joined;
		});
		return ticket;
	}

	boolean isEmpty() {
		return this.queues.isEmpty();
	}

	/**
	 * A place in a queue.
	 */
	final class Ticket {

		private final String id;

		private final Sinks.Empty<Void> turn = Sinks.empty();

		private final AtomicInteger holders = new AtomicInteger(1);

		private boolean first;

		private volatile boolean left;

		Ticket(String id) {
			this.id = id;
		}

		Mono<Void> ready() {
			return (this.first) ? Mono.empty() : this.turn.asMono();
		}

		// Keeps the place until leave() has been called once more.
		void hold() {
			this.holders.incrementAndGet();
		}

		boolean isLeft() {
			return this.left;
		}

		// May be called before it is this ticket's turn.
		void leave() {
			this.left = true;
			if (this.holders.decrementAndGet() == 0) {
				Ticket next = remove();
				if (next != null) {
					// On another thread, so that the next turn does not run inside this
					// one.
					Schedulers.parallel().schedule(next.turn::tryEmitEmpty);
				}
			}
		}

		private @Nullable Ticket remove() {
			AtomicReference<@Nullable Ticket> next = new AtomicReference<>();
			TurnQueues.this.queues.computeIfPresent(this.id, (key, tickets) -> {
				boolean running = tickets.peek() == this;
				tickets.remove(this);
				next.set((running) ? tickets.peek() : null);
				return (tickets.isEmpty()) ? null : tickets;
			});
			return next.get();
		}

	}

}
