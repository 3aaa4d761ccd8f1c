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

package com.cometapi.gemini.sample.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the sample in processes of its own, in demo mode.
 */
@Tag("slow")
class BatchApplicationTests {

	private static final int REVIEWS = 248;

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	@TempDir
	private Path directory;

	private Process process;

	@AfterEach
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	@Test
	void whenProcessIsKilledThenNextOneContinues() throws Exception {
		Path firstLog = start("first.log");
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> lines("classified.jsonl").size() > 50 || !this.process.isAlive());
		assertThat(this.process.isAlive()).as(() -> read(firstLog)).isTrue();
		kill();

		Path log = start("second.log");
		assertThat(this.process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		String output = read(log);
		assertThat(this.process.exitValue()).as(output).isZero();
		assertThat(output).contains("Continuing the job that was interrupted.",
				"Sentiment  126 positive, 83 negative, 37 mixed", "To reply   31 reviews",
				"Set aside  review 38, blocked", "Set aside  review 152, response-mismatch", "USD for");
		assertThat(Stream.concat(lines("classified.jsonl").stream(), lines("failed.jsonl").stream())
			.map((line) -> MAPPER.readTree(line).at("/item/id").asInt()))
			.containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, REVIEWS).boxed().toList());
		assertThat(lines("classified.jsonl")).allMatch((line) -> line.contains("\"summary\":\"Simulated: "));
	}

	@Test
	void whenEndpointIsDownThenSummaryHasTheReason() throws Exception {
		Path log = start("log", "--cometapi.gemini.api-key=sk-test", "--cometapi.gemini.base-url=http://127.0.0.1:1",
				"--cometapi.gemini.retry.max-attempts=1");
		assertThat(this.process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(read(log)).contains("Sentiment", "To reply   0 reviews",
				"Not done   FAILED: 50 items in a row have failed");
		assertThat(this.process.exitValue()).isOne();
	}

	private Path start(String name, String... arguments) throws IOException {
		Path log = this.directory.resolve(name);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
						BatchApplication.class.getName(), "--reviews.output=" + this.directory));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().put("COMETAPI_KEY", "");
		this.process = builder.start();
		return log;
	}

	private List<String> lines(String name) {
		Path file = this.directory.resolve(name);
		return Files.exists(file) ? read(file).lines().toList() : List.of();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
