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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.chat.TurnQueues.Ticket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnQueues}.
 */
class TurnQueuesTests {

	private final TurnQueues queues = new TurnQueues();

	private final List<String> ready = new ArrayList<>();

	@Test
	void turnsRunInTheOrderOfTheirArrival() {
		Ticket first = enter("a", "first");
		Ticket second = enter("a", "second");
		Ticket third = enter("a", "third");
		enter("b", "other");
		assertReady("first", "other");
		first.leave();
		assertReady("first", "other", "second");
		second.leave();
		assertReady("first", "other", "second", "third");
		third.leave();
		assertThat(this.queues.isEmpty()).isFalse();
	}

	@Test
	void ticketThatLeavesWhileItWaitsIsSkipped() {
		Ticket first = enter("a", "first");
		Ticket second = enter("a", "second");
		Ticket third = enter("a", "third");
		second.leave();
		assertReady("first");
		first.leave();
		assertReady("first", "third");
		third.leave();
		assertThat(this.queues.isEmpty()).isTrue();
		assertThat(second.isLeft()).isTrue();
	}

	@Test
	void heldTicketMustBeLeftTwice() {
		Ticket first = enter("a", "first");
		enter("a", "second");
		first.hold();
		first.leave();
		assertThat(first.isLeft()).isTrue();
		assertReady("first");
		first.leave();
		assertReady("first", "second");
	}

	@RepeatedTest(20)
	void concurrentTicketsLeaveNoQueuesBehind() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(4);
		CountDownLatch done = new CountDownLatch(200);
		for (int thread = 0; thread < 4; thread++) {
			new Thread(() -> {
				for (int i = 0; i < 50; i++) {
					await(barrier);
					Ticket ticket = this.queues.enter("a");
					if (i % 3 == 0) {
						ticket.leave();
						done.countDown();
					}
					else {
						ticket.ready().subscribe(null, null, () -> {
							ticket.leave();
							done.countDown();
						});
					}
				}
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.queues.isEmpty()).isTrue();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Ticket enter(String id, String name) {
		Ticket ticket = this.queues.enter(id);
		ticket.ready().subscribe(null, null, () -> add(name));
		return ticket;
	}

	private synchronized void add(String name) {
		this.ready.add(name);
	}

	private void assertReady(String... names) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			synchronized (this) {
				assertThat(this.ready).containsExactly(names);
			}
		});
	}

}
