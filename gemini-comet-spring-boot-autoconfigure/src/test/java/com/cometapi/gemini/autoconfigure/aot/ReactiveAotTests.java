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

package com.cometapi.gemini.autoconfigure.aot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.ProcessedApplication;
import com.cometapi.gemini.testsupport.ReflectionRecorder;
import com.cometapi.gemini.testsupport.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application on WebFlux with all stores in Redis after it was processed
 * ahead of time. The sample has such a test for Spring MVC and the store in a database.
 */
@Tag("slow")
class ReactiveAotTests {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private static final String QUESTION = """
			{"id":"m1","role":"user","parts":[{"type":"text","text":"Delete invoice 7"}]}""";

	private static final String DECISION = """
			{"id":"m2","role":"assistant","parts":[{"type":"tool-deleteInvoice","toolCallId":"1",
			"state":"approval-responded","input":{"number":7},"approval":{"id":"1","approved":true}}]}""";

	@AutoClose
	private final TestRedis redis = new TestRedis();

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	@Test
	void applicationReflectsOnRegisteredTypesOnly() throws Exception {
		ProcessedApplication processed = ProcessedApplication.process(ReactiveApplication.class, this.folder,
				(entry) -> true, ReactiveApplication.PROPERTIES);
		Path log = this.folder.resolve("recorded.log");
		String[] args = { "--server.port=0", "--cometapi.gemini.base-url=" + this.server.url(),
				"--spring.data.redis.port=" + this.redis.port() };
		Process application = ForkedJvm.start(ReflectionRecorder.class, log, (entry) -> true,
				processed.recorderOptions(),
				processed.recorderArgs(StringUtils.concatenateStringArrays(args, ReactiveApplication.PROPERTIES)));
		try {
			useEverything(address(application, log));
			application.getOutputStream().close();
			assertThat(application.waitFor(2, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			application.destroyForcibly();
		}

		assertThat(application.exitValue()).as(() -> read(log)).isZero();
		assertThat(processed.reflectionWithoutHints()).isEmpty();
	}

	private void useEverything(URI address) throws Exception {
		// A response is stored after it was delivered.
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			int before = this.server.requestCount();
			assertThat(get(address.resolve("/ask?question=Hello"))).isEqualTo("re: Hello");
			return this.server.requestCount() == before;
		});
		assertThat(get(address.resolve("/events"))).contains("event:text", "event:done");
		assertThat(get(address.resolve("/resumable-events"))).contains("event:text", "event:done");
		this.server.answerEvents("""
				{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'id': '1',
				'name': 'deleteInvoice', 'args': {'number': 7}}, 'thoughtSignature': 'c2ln'}]},
				'finishReason': 'STOP'}]}""");
		assertThat(chat(address, "submit-message", QUESTION)).contains("data-status", "tool-approval-request");
		this.server.answerTextEvents("It is deleted.");
		assertThat(chat(address, "submit-message", QUESTION + "," + DECISION)).contains("deleted 7", "It is deleted.");
		this.server.answerTextEvents("It was deleted.");
		assertThat(chat(address, "regenerate-message", QUESTION)).contains("It was deleted.");
		assertThat(chat(address, "submit-message", "{\"role\":\"system\"}")).contains("\"status\":400");
		assertThat(get(address.resolve("/spring-ai"))).contains("re: Hi");
		this.server.answerStatus(400);
		assertThat(get(address.resolve("/ask?question=Unknown"))).contains("\"code\":\"invalid-request\"");
		assertThat(get(address.resolve("/actuator/gemini"))).contains("\"limitStore\":\"UP\"");
		assertThat(get(address.resolve("/actuator/health"))).contains("\"gemini\":{");
	}

	private String chat(URI address, String trigger, String messages) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(address.resolve("/api/chat"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers
				.ofString("{\"id\":\"chat\",\"trigger\":\"%s\",\"messages\":[%s]}".formatted(trigger, messages))));
	}

	private String get(URI uri) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri));
	}

	private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

	private static URI address(Process application, Path log) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> !application.isAlive() || PORT.matcher(read(log)).find());
		Matcher port = PORT.matcher(read(log));
		assertThat(port.find()).as(() -> read(log)).isTrue();
		return URI.create("http://localhost:" + port.group(1));
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
