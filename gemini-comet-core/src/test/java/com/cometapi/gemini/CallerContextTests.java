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

package com.cometapi.gemini;

import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.chat.FaultyRepository;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.context.ContextRegistry;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the thread locals of the caller are available to the code of the
 * application, for each terminal operation.
 */
class CallerContextTests extends AbstractRoundsTests {

	private static final String KEY = "test.caller";

	private final ThreadLocal<String> caller = new ThreadLocal<>();

	private final Queue<String> seen = new ConcurrentLinkedQueue<>();

	private final FaultyRepository repository = new FaultyRepository();

	@BeforeEach
	void registerThreadLocal() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, this.caller);
		this.caller.set("jo");
		this.repository.beforeFind(() -> see("find"));
		this.repository.beforeAppend(() -> see("append"));
	}

	@AfterEach
	void removeThreadLocal() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
	}

	private void see(String place) {
		this.seen.add(place + " of " + this.caller.get());
	}

	private PromptSpec prompt(boolean stream) {
		if (stream) {
			this.server.answerEvents(GeminiServer.response(CALL, "STOP")).answerTextEvents("1");
		}
		else {
			this.server.answerParts(CALL).answerText("1");
		}
		GeminiTemplate template = new GeminiTemplate(client(), GeminiDefaults.of("gemini-3.5-flash"));
		return new GeminiChats(template, this.repository, GeminiChatWindow.ALL).chat("a")
			.prompt("One")
			.functions(weather((call) -> {
				see("function");
				return 1;
			}))
			.functionApprovalAsync((call) -> {
				see("approval");
				return GeminiFunctionApproval.blocking((asked) -> {
					see("blocking approval");
					return GeminiFunctionDecision.allow();
				}).decide(call);
			});
	}

	private GeminiClient client() {
		return client(this.server.settings());
	}

	private GeminiClient client(GeminiClientSettings.Builder settings) {
		WebClient.Builder builder = WebClient.builder().filter((request, next) -> {
			see("filter");
			return next.exchange(request);
		});
		return GeminiClient.create(builder, GeminiServer.MAPPER, settings.build());
	}

	@ParameterizedTest
	@EnumSource
	void threadLocalReachesFunctionsApprovalsStoresAndFilters(TerminalOperation operation) {
		operation.run.accept(prompt(operation.name().startsWith("STREAM")));
		assertThat(this.seen).containsExactly("find of jo", "filter of jo", "approval of jo", "blocking approval of jo",
				"function of jo", "filter of jo", "append of jo");
	}

	@ParameterizedTest
	@EnumSource(names = { "TEXT_ASYNC", "STREAM_TEXT" })
	void contextWrittenByTheCallerTakesPrecedenceOverTheThreadLocal(TerminalOperation operation) {
		PromptSpec prompt = prompt(operation == TerminalOperation.STREAM_TEXT);
		Flux<String> texts = (operation == TerminalOperation.STREAM_TEXT) ? prompt.streamText()
				: prompt.textAsync().flux();
		texts.contextWrite((context) -> context.put(KEY, "ann")).blockLast();
		assertThat(this.seen).hasSize(7).allMatch((place) -> place.endsWith("of ann"));
	}

	@ParameterizedTest
	@EnumSource(names = { "TEXT", "TEXT_ASYNC", "STREAM_TEXT" })
	void threadLocalReachesListenersAndFiltersOfRetries(TerminalOperation operation) {
		this.server.answerStatus(503);
		answer(operation, "{\"text\": \"1\"}");
		GeminiClient client = client(this.server.settings()
			.retry(GeminiRetrySettings.builder().build())
			.retryListeners(List.of((event) -> see("listener"))));
		operation.run.accept(new GeminiTemplate(client, GeminiDefaults.of("gemini-3.5-flash")).prompt("One"));
		assertThat(this.seen).containsExactly("filter of jo", "listener of jo", "filter of jo");
	}

	@ParameterizedTest
	@EnumSource
	void threadLocalReachesFiltersOfCallsWithoutAPrompt(TemplateOperation operation) {
		if (operation.name().startsWith("MODELS")) {
			this.server.answer("{\"models\": []}");
		}
		else {
			answer(operation == TemplateOperation.STREAM_GENERATE_CONTENT, "{\"text\": \"1\"}");
		}
		operation.run.accept(new GeminiTemplate(client(), GeminiDefaults.of("gemini-3.5-flash")));
		assertThat(this.seen).containsExactly("filter of jo");
	}

	@ParameterizedTest
	@EnumSource(names = { "ENTITY", "ENTITY_ASYNC" })
	void threadLocalReachesFiltersOfRepairs(TerminalOperation operation) {
		this.server.answerText("one").answerText("1");
		operation.run
			.accept(new GeminiTemplate(client(), GeminiDefaults.of("gemini-3.5-flash")).prompt("One").repairs(1));
		assertThat(this.seen).containsExactly("filter of jo", "filter of jo");
	}

	@ParameterizedTest
	@EnumSource
	void threadLocalReachesStoresWithoutAPrompt(ChatOperation operation) {
		this.repository.beforeDelete(() -> see("delete"));
		operation.run.accept(new GeminiChats(this.gemini, this.repository, GeminiChatWindow.ALL));
		assertThat(this.seen).containsExactly(operation.expected);
	}

	@ParameterizedTest
	@EnumSource(names = { "TEXT", "TEXT_ASYNC", "STREAM_TEXT" })
	void threadLocalReachesValidators(TerminalOperation operation) {
		answer(operation, CALL);
		answer(operation, "{\"text\": \"1\"}");
		GeminiFunctions functions = GeminiFunctions.builder(JsonMapper.shared()).validator(validator()).build();
		operation.run.accept(this.gemini.withFunctions(() -> functions)
			.prompt("One")
			.functions(GeminiFunctionCallback.of("weather", "A test", Place.class, (place) -> 1)));
		assertThat(this.seen).isNotEmpty().containsOnly("validator of jo");
	}

	@ParameterizedTest
	@EnumSource(names = { "TEXT", "TEXT_ASYNC", "STREAM_TEXT" })
	void threadLocalReachesMediaSinks(TerminalOperation operation) {
		answer(operation, "{\"text\": \"1\"}, {\"inlineData\": {\"mimeType\": \"image/png\", \"data\": \"aGk=\"}}");
		operation.run.accept(this.gemini.prompt("One").mediaSink((mimeType) -> {
			see("sink");
			return OutputStream.nullOutputStream();
		}));
		assertThat(this.seen).containsExactly("sink of jo");
	}

	private void answer(TerminalOperation operation, String parts) {
		answer(operation == TerminalOperation.STREAM_TEXT, parts);
	}

	private void answer(boolean stream, String parts) {
		if (stream) {
			this.server.answerEvents(GeminiServer.response(parts, "STOP"));
		}
		else {
			this.server.answerParts(parts);
		}
	}

	private Validator validator() {
		Validator target = Validation.buildDefaultValidatorFactory().getValidator();
		return (Validator) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Validator.class },
				(proxy, method, args) -> {
					see("validator");
					return method.invoke(target, args);
				});
	}

	record Place(@NotBlank String city) {

	}

	enum TerminalOperation {

		CALL(PromptSpec::call),

		CALL_ASYNC((prompt) -> end(prompt.callAsync())),

		TURN(PromptSpec::result),

		TURN_ASYNC((prompt) -> end(prompt.resultAsync())),

		TEXT(PromptSpec::text),

		TEXT_ASYNC((prompt) -> end(prompt.textAsync())),

		ENTITY((prompt) -> prompt.entity(Integer.class)),

		ENTITY_ASYNC((prompt) -> end(prompt.entityAsync(Integer.class))),

		STREAM((prompt) -> prompt.stream().blockLast()),

		STREAM_TEXT((prompt) -> prompt.streamText().blockLast()),

		STREAM_ENTITY((prompt) -> prompt.streamEntity(Integer.class).blockLast());

		private final Consumer<PromptSpec> run;

		TerminalOperation(Consumer<PromptSpec> run) {
			this.run = run;
		}

		private static void end(Mono<?> result) {
			result.toFuture().join();
		}

	}

	enum TemplateOperation {

		GENERATE_CONTENT((template) -> template.generateContent(request())),

		GENERATE_CONTENT_ASYNC((template) -> TerminalOperation.end(template.generateContentAsync(request()))),

		STREAM_GENERATE_CONTENT((template) -> template.streamGenerateContent(request()).blockLast()),

		MODELS(GeminiTemplate::models),

		MODELS_ASYNC((template) -> TerminalOperation.end(template.modelsAsync()));

		private final Consumer<GeminiTemplate> run;

		TemplateOperation(Consumer<GeminiTemplate> run) {
			this.run = run;
		}

		private static GenerateContentRequest request() {
			return GenerateContentRequest.builder().contents(List.of(Content.user("One"))).build();
		}

	}

	enum ChatOperation {

		BEGIN("append of jo", (chats) -> chats.begin("a", conversation())),

		BEGIN_ASYNC("append of jo", (chats) -> TerminalOperation.end(chats.beginAsync("a", conversation()))),

		CONVERSATION("find of jo", (chats) -> chats.chat("a").conversation()),

		CONVERSATION_ASYNC("find of jo", (chats) -> TerminalOperation.end(chats.chat("a").conversationAsync())),

		CLEAR("delete of jo", (chats) -> chats.chat("a").clear()),

		CLEAR_ASYNC("delete of jo", (chats) -> TerminalOperation.end(chats.chat("a").clearAsync()));

		private final String expected;

		private final Consumer<GeminiChats> run;

		ChatOperation(String expected, Consumer<GeminiChats> run) {
			this.expected = expected;
			this.run = run;
		}

		private static GeminiConversation conversation() {
			Turn turn = new Turn(List.of(Content.user("One"), Content.model("1")), null, null, null);
			return new GeminiConversation(1, List.of(turn));
		}

	}

}
