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

package com.cometapi.gemini.sample.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the sample loses no turn that a browser has seen whole, if its process is
 * killed while it writes.
 */
@Tag("slow")
class KilledProcessTests {

	private static final int CHATS = 4;

	private final HttpClient client = HttpClient.newHttpClient();

	private final Map<UUID, Queue<String>> acknowledged = new ConcurrentHashMap<>();

	@TempDir
	private Path directory;

	@Test
	void whenProcessIsKilledUnderLoadThenAcknowledgedTurnsAreThereAgain() throws Exception {
		ExecutorService browsers = Executors.newFixedThreadPool(CHATS);
		try (ChatProcess killed = start("first.log")) {
			URI address = killed.address();
			for (int i = 0; i < CHATS; i++) {
				browsers.execute(() -> askUntilKilled(address, UUID.randomUUID()));
			}
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> turns() >= 10 * CHATS);
		}
		finally {
			browsers.shutdown();
		}
		assertThat(browsers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

		try (ChatProcess again = start("again.log")) {
			URI address = again.address();
			assertThat(this.acknowledged).hasSize(CHATS);
			for (Map.Entry<UUID, Queue<String>> chat : this.acknowledged.entrySet()) {
				String conversation = send(chat(address, chat.getKey()).GET());
				assertThat(conversation).contains(chat.getValue());
			}
		}
	}

	private void askUntilKilled(URI address, UUID chat) {
		Queue<String> turns = this.acknowledged.computeIfAbsent(chat, (id) -> new ConcurrentLinkedQueue<>());
		try {
			for (int i = 0;; i++) {
				String question = "Question " + i + " of " + chat;
				String events = send(chat(address, chat).header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString("{\"text\":\"" + question + "\"}")));
				assertThat(events).contains("event:done");
				turns.add(question);
			}
		}
		catch (IOException ex) {
			// The process was killed.
		}
	}

	private int turns() {
		return this.acknowledged.values().stream().mapToInt(Queue::size).sum();
	}

	private String send(HttpRequest.Builder request) throws IOException {
		try {
			return this.client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString()).body();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpRequest.Builder chat(URI address, UUID chat) {
		return HttpRequest.newBuilder(address.resolve("/api/chats/" + chat));
	}

	// In a directory of its own, where its database is then.
	private ChatProcess start(String log) throws IOException {
		return ChatProcess.start(this.directory, log,
				List.of("-XX:TieredStopAtLevel=1", "-cp", ChatProcess.classPath(), ChatApplication.class.getName()),
				"--server.port=0", "--cometapi.gemini.simulator.pace=0ms", "--chat.max-bodies=" + CHATS);
	}

}
