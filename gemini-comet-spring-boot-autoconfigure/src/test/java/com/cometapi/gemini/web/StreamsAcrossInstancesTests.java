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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;

import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.redis.RedisGeminiChatRepository;
import com.cometapi.gemini.testsupport.TestRedis;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams of two instances of an application, one with Spring MVC and one with
 * WebFlux, that share a real Redis. Browsers lose their connections after random bytes
 * and reach another instance with the next one.
 */
@Tag("slow")
class StreamsAcrossInstancesTests {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int EVENTS = 60;

	private static final int STREAMS = 50;

	private static final int BROWSERS_PER_STREAM = 10;

	private static final String LOST = "event:error\ndata:{\"code\":\"stream-lost\","
			+ "\"message\":\"The connection was lost. "
			+ "The answer may be in the conversation: reload before you ask again.\",\"transient\":true}\n\n";

	private final Deque<AutoCloseable> resources = new ConcurrentLinkedDeque<>();

	private final PacedModel model = add(new PacedModel(EVENTS));

	private final ConnectionProvider connections = ConnectionProvider.newConnection();

	private final List<Mono<ResumingBrowser>> reading = new ArrayList<>();

	private final List<ResumingBrowser> browsers = new ArrayList<>();

	@TempDir
	private Path folder;

	private <T extends AutoCloseable> T add(T resource) {
		this.resources.addFirst(resource);
		return resource;
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
	}

	@Test
	void everyBrowserReadsTheWholeResponseOrThatItIsLost() throws Exception {
		TestRedis redis = add(new TestRedis(Files.createDirectory(this.folder.resolve("redis"))));
		CompletableFuture<ForkedApplication> starting = CompletableFuture.supplyAsync(() -> start("reactive", redis));
		ForkedApplication killed = start("servlet", redis);
		ForkedApplication survivor = starting.join();
		CuttingProxy proxy = add(new CuttingProxy(survivor.port(), killed.port()));

		startStreams(proxy.port());
		proxy.beginToCut();
		for (ResumingBrowser first : List.copyOf(this.browsers)) {
			for (int i = 1; i < BROWSERS_PER_STREAM; i++) {
				int after = ThreadLocalRandom.current().nextInt(first.position() + 1);
				read(proxy.port(), first.prompt(), first.streamId(), after);
			}
		}
		goOnTo(EVENTS / 4);
		killed.close();
		Awaitility.await().atMost(PATIENCE).until(() -> this.model.cancelled().size() == STREAMS / 2);
		goOnTo(EVENTS / 2);
		redis.kill();
		redis.restart();
		this.model.release(EVENTS);
		List<ResumingBrowser> ended = Flux.merge(this.reading).collectList().block(PATIENCE);

		assertThat(ended).hasSize(STREAMS * BROWSERS_PER_STREAM);
		assertThat(proxy.cuts()).isGreaterThan(ended.size());
		assertThat(this.model.prompts()).hasSize(STREAMS).doesNotHaveDuplicates();
		for (ResumingBrowser browser : ended) {
			String document = document(browser);
			if (this.model.cancelled().contains(browser.prompt())) {
				assertThat(browser.error()).isEqualTo(LOST);
				assertThat(document).startsWith(browser.events());
			}
			else {
				assertThat(browser.error()).isNull();
				assertThat(browser.events()).isEqualTo(document);
			}
		}
		GeminiChatRepository chats = chats(redis);
		for (String prompt : this.model.prompts()) {
			if (this.model.cancelled().contains(prompt)) {
				assertThat(chats.find(prompt)).isEmpty();
			}
			else {
				assertStored(chats, prompt);
			}
		}
	}

	@Test
	void whenRedisLosesItsDataThenBrowsersGetAnErrorAndTurnsAreStored() throws Exception {
		TestRedis redis = add(new TestRedis());
		ConfigurableApplicationContext context = add(
				new SpringApplicationBuilder(Application.class).properties(properties("reactive", redis)).run());
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();

		startStreams(port);
		goOnTo(EVENTS / 4);
		redis.kill();
		redis.restart();
		this.model.release(EVENTS);
		List<ResumingBrowser> ended = Flux.merge(this.reading).collectList().block(PATIENCE);

		assertThat(ended).hasSize(STREAMS).allSatisfy((browser) -> {
			assertThat(browser.error()).isEqualTo(LOST);
			assertThat(document(browser)).startsWith(browser.events());
		});
		ResumingBrowser late = read(port, ended.get(0).prompt(), ended.get(0).streamId(), ended.get(0).position());
		assertThat(this.reading.get(STREAMS).block(PATIENCE)).isSameAs(late);
		assertThat(late.error()).contains("\"code\":\"stream-expired\"");
		GeminiChatRepository chats = chats(redis);
		for (String prompt : this.model.prompts()) {
			Awaitility.await().atMost(PATIENCE).until(() -> chats.find(prompt).isPresent());
			assertStored(chats, prompt);
		}
		assertThat(this.model.prompts()).hasSize(STREAMS);
	}

	private void startStreams(int port) {
		for (int i = 0; i < STREAMS; i++) {
			read(port, "prompt" + i, null, 0);
		}
		goOnTo(1);
	}

	private ResumingBrowser read(int port, String prompt, @Nullable String streamId, int afterPosition) {
		ResumingBrowser browser = new ResumingBrowser(HttpClient.create(this.connections).host("127.0.0.1").port(port),
				prompt, streamId, afterPosition);
		Mono<ResumingBrowser> read = browser.read().cache();
		read.subscribe();
		this.browsers.add(browser);
		this.reading.add(read);
		return browser;
	}

	/**
	 * Let the responses go on to a position and wait until all browsers are there whose
	 * response is running.
	 */
	private void goOnTo(int position) {
		this.model.release(position);
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.browsers.stream()
				.allMatch((browser) -> browser.position() >= position
						|| this.model.cancelled().contains(browser.prompt())));
	}

	/**
	 * Return all events from the first one that a browser did not have.
	 */
	private static String document(ResumingBrowser browser) {
		StringBuilder document = new StringBuilder();
		for (int position = browser.afterPosition() + 1; position <= EVENTS; position++) {
			document.append("id:%s:%d\nevent:text\ndata:{\"text\":\"%s\"}\n\n".formatted(browser.streamId(), position,
					PacedModel.text(browser.prompt(), position)));
		}
		document.append("id:%s:%d:end\nevent:done\ndata:{\"finishReason\":\"STOP\"}\n\n".formatted(browser.streamId(),
				EVENTS + 1));
		return new String(document.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	private static GeminiChatRepository chats(TestRedis redis) {
		return new RedisGeminiChatRepository(redis.connections(), "gemini:chat:", GeminiChatRetention.UNLIMITED);
	}

	private void assertStored(GeminiChatRepository chats, String prompt) {
		assertThat(chats.find(prompt)).hasValueSatisfying((chat) -> {
			assertThat(chat.turns()).hasSize(1);
			assertThat(chat.turns().get(0).contents()).last()
				.satisfies((content) -> assertThat(content.text()).isEqualTo(this.model.text(prompt)));
		});
	}

	private ForkedApplication start(String type, TestRedis redis) {
		try {
			return add(ForkedApplication.start(Application.class, Files.createDirectory(this.folder.resolve(type)),
					List.of(), properties(type, redis)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String[] properties(String type, TestRedis redis) {
		return new String[] { "server.port=0", "server.shutdown=immediate", "spring.main.web-application-type=" + type,
				"spring.main.banner-mode=off", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + redis.port(), "cometapi.gemini.api-key=sk-test",
				"cometapi.gemini.base-url=" + this.model.url(), "cometapi.gemini.sse.resume.store=redis",
				"cometapi.gemini.chat.repository=redis" };
	}

	/**
	 * An application with resumable streams.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Mvc.class, WebFlux.class })
	public static class Application {

		public static void main(String[] args) throws IOException {
			ForkedApplication.run(Application.class, args);
		}

	}

	@RestController
	@ConditionalOnWebApplication(type = Type.SERVLET)
	record Mvc(GeminiSseEmitters sse, GeminiChats chats) {

		@GetMapping("/chat")
		SseEmitter chat(@RequestParam String prompt,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.sse.resumable()
				.key(prompt)
				.lastEventId(lastEventId)
				.emitter(this.chats.chat(prompt).prompt(prompt).stream());
		}

	}

	@RestController
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	record WebFlux(GeminiServerSentEvents sse, GeminiChats chats) {

		@GetMapping("/chat")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> chat(@RequestParam String prompt,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.sse.resumable()
				.key(prompt)
				.lastEventId(lastEventId)
				.response(this.chats.chat(prompt).prompt(prompt).stream());
		}

	}

}
