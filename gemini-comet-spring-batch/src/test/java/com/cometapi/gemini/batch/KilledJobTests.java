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

package com.cometapi.gemini.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a job whose process is killed at random moments. The endpoint counts the
 * calls.
 */
@Tag("slow")
class KilledJobTests {

	private static final int ITEMS = 1200;

	private static final int KILLS = 5;

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyItemHasOneResultAndFewAreSentAgain(boolean ordered) throws Exception {
		List<String> items = IntStream.range(0, ITEMS).mapToObj((index) -> "item " + index).toList();
		Files.write(this.folder.resolve("in.jsonl"), items.stream().map((item) -> "\"" + item + "\"").toList());
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		try (ItemServer endpoint = new ItemServer()) {
			endpoint
				.respond((item) -> (Integer.parseInt(item.substring(5)) % 100 == 99) ? ItemServer.error(400, "Too odd")
						: ItemServer.response("re: " + item)
							.newBuilder()
							.headersDelay(20 + Math.floorMod(item.hashCode(), 16), TimeUnit.MILLISECONDS)
							.build());
			String url = "jdbc:h2:mem:killed-%s;DB_CLOSE_DELAY=-1".formatted(ordered);
			try (TestJobs jobs = new TestJobs(url, true)) {
				Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
				try {
					String tcpUrl = "jdbc:h2:%s/mem:killed-%s".formatted("tcp://localhost:" + database.getPort(),
							ordered);
					for (int kill = 1; kill <= KILLS; kill++) {
						int calls = endpoint.callCount();
						int next = calls + 1 + random.nextInt(ITEMS / KILLS - 20);
						Process process = start(tcpUrl, endpoint, ordered);
						Awaitility.await()
							.atMost(Duration.ofMinutes(2))
							.pollDelay(Duration.ZERO)
							.pollInterval(Duration.ofMillis(10))
							.until(() -> endpoint.callCount() >= next || !process.isAlive());
						process.destroyForcibly().waitFor();
					}
					Process process = start(tcpUrl, endpoint, ordered);
					assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("seed %d", seed).isTrue();
					assertThat(Files.readString(this.folder.resolve("log"))).as("seed %d", seed).contains("COMPLETED");
				}
				finally {
					database.stop();
				}
			}
			List<String> results = new ArrayList<>(read("out-"));
			assertThat(read("failures-")).as("seed %d", seed).hasSize(ITEMS / 100);
			results.addAll(read("failures-"));
			assertThat(results).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(items);
			int inFlight = ordered ? GeminiBatchSettings.DEFAULTS.withConcurrency(KilledJob.CONCURRENCY)
				.withOrdered(true)
				.effectiveWindow() : KilledJob.CONCURRENCY;
			assertThat(endpoint.callCount() - ITEMS).as("items that were sent again, seed %d", seed)
				.isBetween(1, KILLS * KilledJob.PARTITIONS * (inFlight + KilledJob.CHUNK_SIZE));
			System.out.printf("%d items sent again after %d kills, at most %d%n", endpoint.callCount() - ITEMS, KILLS,
					KILLS * KilledJob.PARTITIONS * (inFlight + KilledJob.CHUNK_SIZE));
		}
	}

	private Process start(String database, ItemServer endpoint, boolean ordered) throws IOException {
		return ForkedJvm.start(KilledJob.class, this.folder.resolve("log"), (entry) -> true,
				List.of("-XX:+UseSerialGC"), database, endpoint.server.url().toString(), this.folder.toString(),
				String.valueOf(ordered));
	}

	private List<String> read(String prefix) throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			List<String> items = new ArrayList<>();
			for (Path file : files.filter((path) -> path.getFileName().toString().startsWith(prefix)).toList()) {
				for (String line : Files.readAllLines(file)) {
					items.add(GeminiServer.MAPPER.readTree(line).get("item").asString());
				}
			}
			return items;
		}
	}

}
