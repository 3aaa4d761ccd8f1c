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

package com.cometapi.gemini.benchmarks.chats;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.sun.management.ThreadMXBean;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Measures a turn of a chat with 2,000 turns, and of a chat with 50 MB of pictures
 * outside the window, as multiples of a turn of a new chat. The response is created in
 * the process at almost no cost, so that a turn is the work of the store and of this
 * library. The chats alternate, so that all of them meet the same noise.
 */
public final class ChatTurnCost {

	private static final PrintStream OUT = System.out;

	private static final double MAX_RATIO = 1.3;

	private static final int WINDOW = 5;

	private static final int TURNS = 2000;

	private static final int PICTURES = 50;

	private static final int PICTURE_SIZE = 1024 * 1024;

	private static final int WARM_UP = 600;

	private static final int MEASURED = 600;

	// The maximum number of turns of a new chat besides those that fill its window.
	private static final int NEW = 20;

	// The approximate size of a turn in tokens
	private static final int TOKENS_PER_TURN = 44;

	private static final String TEXT = "How many planets are there, and which of them have rings? ".repeat(2);

	private static final String ANSWER = """
			{"candidates": [{"content": {"role": "model", "parts": [{"text": "Eight. Four of them have rings: Jupiter,\
			 Saturn, Uranus and Neptune."}]}, "finishReason": "STOP"}]}""";

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final GeminiChatRepository repository;

	private final GeminiChats chats;

	private ChatTurnCost(GeminiChatRepository repository, GeminiChatWindow window) {
		this.repository = repository;
		this.chats = new GeminiChats(template(), repository, window);
	}

	private static GeminiTemplate template() {
		WebClient.Builder builder = WebClient.builder()
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(HttpStatus.OK)
				.header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
				.body(ANSWER)
				.build()));
		return new GeminiTemplate(GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-benchmark").build()), GeminiDefaults.of("gemini-3.5-flash"));
	}

	private Map<Chats, Cost> measure() {
		String longChat = begin(0, TURNS);
		String pictures = begin(PICTURES, WINDOW);
		Map<Chats, Cost> costs = new EnumMap<>(Chats.class);
		String newChat = "";
		for (int i = -WARM_UP; i < MEASURED; i++) {
			newChat = (i % NEW == 0) ? begin(0, WINDOW) : newChat;
			List<String> ids = List.of(newChat, longChat, pictures);
			for (int j = 0; j < ids.size(); j++) {
				// Each time, another chat is the first.
				int chat = Math.floorMod(i + j, ids.size());
				turn(ids.get(chat), costs.computeIfAbsent(Chats.values()[chat], (key) -> new Cost()), i);
			}
		}
		this.chats.chat(longChat).clear();
		this.chats.chat(pictures).clear();
		return costs;
	}

	private void turn(String id, Cost cost, int index) {
		long allocated = allocated();
		long start = System.nanoTime();
		this.chats.chat(id).prompt(TEXT).text();
		long time = System.nanoTime() - start;
		if (index >= 0) {
			cost.times[index] = time;
			cost.bytes[index] = allocated() - allocated;
		}
	}

	private String begin(int pictures, int texts) {
		String id = UUID.randomUUID().toString();
		List<Turn> turns = new ArrayList<>();
		IntStream.range(0, pictures)
			.mapToObj((i) -> Content.user(Part.inlineData("image/png", new byte[PICTURE_SIZE])))
			.forEach((picture) -> turns.add(turn(picture)));
		IntStream.range(0, texts).forEach((i) -> turns.add(turn(Content.user(TEXT))));
		for (int i = 0; i < turns.size(); i += 10) {
			this.repository.append(id, i, turns.subList(i, Math.min(i + 10, turns.size())));
		}
		return id;
	}

	private static Turn turn(Content question) {
		return new Turn(List.of(question, Content.model("Eight. Four of them have rings.")), null, null, null);
	}

	// The allocation of all threads, since some of them belong to the store.
	private static long allocated() {
		return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	private static boolean report(String store, String window, Map<Chats, Cost> costs) {
		Cost newChat = Objects.requireNonNull(costs.get(Chats.NEW));
		boolean good = true;
		for (Map.Entry<Chats, Cost> cost : costs.entrySet()) {
			double bytes = cost.getValue().bytes() / newChat.bytes();
			double time = cost.getValue().time() / newChat.time();
			OUT.printf("| %s | %s | %s | %.0f | %.2f | %.2f | %.2f |%n", store, window, cost.getKey().title(),
					cost.getValue().bytes() / 1024, bytes, cost.getValue().time() / 1e6, time);
			good &= bytes <= MAX_RATIO && time <= MAX_RATIO;
		}
		return good;
	}

	/**
	 * Measure the stores.
	 * @param arguments the names of the stores, all if there are none
	 * @throws Exception if a store does not start
	 */
	public static void main(String[] arguments) throws Exception {
		OUT.println("| store | window | chat | KB | of a new chat's | ms | of a new chat's |");
		OUT.println("|---|---|---|---|---|---|---|");
		boolean good = true;
		for (String store : (arguments.length > 0) ? List.of(arguments) : List.of("h2", "postgresql", "redis")) {
			GeminiChatRepository repository = Stores.open(store);
			good &= report(store, WINDOW + " turns",
					new ChatTurnCost(repository, GeminiChatWindow.turns(WINDOW)).measure());
			int tokens = WINDOW * TOKENS_PER_TURN;
			good &= report(store, tokens + " tokens",
					new ChatTurnCost(repository, GeminiChatWindow.tokens(tokens)).measure());
		}
		OUT.println((good) ? "%nEach is at most %.1f times that of a new chat.".formatted(MAX_RATIO)
				: "%nOne is more than %.1f times that of a new chat.".formatted(MAX_RATIO));
		System.exit((good) ? 0 : 1);
	}

	/**
	 * The chats.
	 */
	private enum Chats {

		NEW("new"), LONG("2,000 turns"), PICTURES("50 MB of pictures");

		private final String title;

		Chats(String title) {
			this.title = title;
		}

		String title() {
			return this.title;
		}

	}

	/**
	 * The time and allocation of each turn of a chat.
	 */
	private static final class Cost {

		private final long[] times = new long[MEASURED];

		private final long[] bytes = new long[MEASURED];

		double time() {
			return median(this.times);
		}

		double bytes() {
			return median(this.bytes);
		}

		private static double median(long[] values) {
			long[] sorted = values.clone();
			Arrays.sort(sorted);
			return sorted[sorted.length / 2];
		}

	}

}
