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

import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.UiDataPart;
import com.cometapi.gemini.web.UiMessageRequest;
import com.cometapi.gemini.web.UiMessageStreamOptions;
import com.cometapi.gemini.web.UiToolApprovals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application on WebFlux with all stores in Redis, pages with the AI SDK, and Spring
 * AI.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableCaching
@Import({ ReactiveApplication.Controller.class, ReactiveApplication.Invoices.class })
public class ReactiveApplication {

	/**
	 * Properties for the processing and for the start.
	 */
	static final String[] PROPERTIES = { "--spring.main.web-application-type=reactive", "--spring.cache.type=redis",
			"--cometapi.gemini.api-key=sk-test", "--cometapi.gemini.retry.max-attempts=1",
			"--cometapi.gemini.cache.name=responses", "--cometapi.gemini.chat.repository=redis",
			"--cometapi.gemini.limits.requests-per-minute=1000", "--cometapi.gemini.limits.store=redis",
			"--cometapi.gemini.limits.instances=2", "--cometapi.gemini.prices.[*].input=0.3",
			"--cometapi.gemini.prices.[*].output=2.5", "--cometapi.gemini.budgets.all.limit=10",
			"--cometapi.gemini.budgets.all.period=day", "--cometapi.gemini.budget.store=redis",
			"--cometapi.gemini.sse.resume.store=redis", "--management.endpoints.web.exposure.include=health,gemini",
			"--management.endpoint.health.show-details=always" };

	/**
	 * Start the application.
	 * @param args the arguments of the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(ReactiveApplication.class, args);
	}

	@RestController
	static class Controller {

		private final GeminiOperations gemini;

		private final GeminiChats chats;

		private final Invoices invoices;

		private final GeminiServerSentEvents sse;

		private final ChatModel chatModel;

		private final ChatMemoryRepository memory;

		Controller(GeminiOperations gemini, GeminiChats chats, Invoices invoices, GeminiServerSentEvents sse,
				ChatModel chatModel, ChatMemoryRepository memory) {
			this.gemini = gemini;
			this.chats = chats;
			this.invoices = invoices;
			this.sse = sse;
			this.chatModel = chatModel;
			this.memory = memory;
		}

		@GetMapping("/ask")
		Mono<String> ask(@RequestParam String question) {
			return this.gemini.prompt(question).cacheResponse(true).textAsync();
		}

		@GetMapping("/events")
		ResponseEntity<Flux<ServerSentEvent<String>>> events() {
			return this.sse.response(this.gemini.prompt("Hi").stream());
		}

		@GetMapping("/resumable-events")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> resumableEvents() {
			return this.sse.resumable().key("key").response(this.gemini.prompt("Hi").stream());
		}

		@PostMapping("/api/chat")
		ResponseEntity<Flux<ServerSentEvent<String>>> chat(@RequestBody UiMessageRequest request) {
			GeminiChat chat = this.chats.chat(request.chatId());
			Part[] parts = request.newParts();
			UiToolApprovals approvals = request.approvals((call) -> call.name().equals("deleteInvoice"));
			Flux<GenerateContentResponse> responses = chat.prompt()
				.user(parts)
				.functionsOf(this.invoices)
				.functionApprovalAsync(approvals)
				.stream();
			return this.sse.uiMessageStream(
					(request.isRegeneration()) ? chat.rewindAsync(parts).thenMany(responses) : responses,
					UiMessageStreamOptions.DEFAULTS.withApprovals(approvals)
						.withData(Flux.just(UiDataPart.of("status", Map.of("step", "searching")))));
		}

		@GetMapping("/spring-ai")
		Mono<String> springAi() {
			return Mono.fromCallable(() -> {
				UserMessage question = new UserMessage("Hi");
				AssistantMessage answer = this.chatModel.call(new Prompt(question)).getResult().getOutput();
				this.memory.saveAll("a", List.of(question, answer));
				return this.memory.findByConversationId("a").toString();
			}).subscribeOn(Schedulers.boundedElastic());
		}

	}

	static class Invoices {

		@GeminiFunction(description = "Delete an invoice")
		String deleteInvoice(int number) {
			return "deleted " + number;
		}

	}

}
