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

package com.cometapi.gemini.test.aisdk;

import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.web.UiDataPart;
import com.cometapi.gemini.web.UiMessageLimits;
import com.cometapi.gemini.web.UiMessageRequest;
import com.cometapi.gemini.web.UiMessageStreamOptions;
import com.cometapi.gemini.web.UiToolApprovals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.function.Tuple2;

/**
 * The prompts of the controllers for the pages.
 */
class AiSdkPrompts {

	private final GeminiTemplate gemini;

	private final GeminiChats chats;

	private volatile Sinks.Empty<Void> released = Sinks.empty();

	AiSdkPrompts(GeminiTemplate gemini, GeminiChats chats) {
		this.gemini = gemini;
		this.chats = chats;
	}

	Flux<GenerateContentResponse> stream(UiMessageRequest request) {
		return this.gemini.prompt()
			.history(request.contents())
			.functions(GeminiFunctionCallback.of("weather", "Weather in a city", City.class,
					(city) -> Map.of("city", city.name(), "degrees", 18)))
			.stream();
	}

	/**
	 * Return a stream whose events after the first wait until it is released.
	 */
	Flux<GenerateContentResponse> streamUntilReleased(UiMessageRequest request) {
		this.released = Sinks.empty();
		Mono<Void> released = this.released.asMono();
		return stream(request).index()
			.delayUntil((event) -> (event.getT1() > 0) ? released : Mono.empty())
			.map(Tuple2::getT2);
	}

	void release() {
		this.released.tryEmitEmpty();
	}

	Flux<GenerateContentResponse> streamKept(UiMessageRequest request, UiToolApprovals approvals) {
		GeminiChat chat = this.chats.chat(request.chatId());
		Part[] parts = request.newParts(UiMessageLimits.DEFAULTS.withPageTools("location"));
		Flux<GenerateContentResponse> responses = chat.prompt()
			.user(parts)
			.functions(location())
			.functions(
					GeminiFunctionCallback.of("deleteInvoice", "Delete an invoice", Invoice.class,
							(invoice) -> "deleted " + invoice.number()),
					GeminiFunctionCallback.of("countInvoices", "Count the invoices", Invoice.class, (invoice) -> 3))
			.functionApprovalAsync(approvals)
			.stream();
		return (request.isRegeneration()) ? chat.rewindAsync(parts).thenMany(responses) : responses;
	}

	UiToolApprovals approvals(UiMessageRequest request) {
		return request.approvals((call) -> call.name().equals("deleteInvoice"));
	}

	UiMessageStreamOptions options() {
		return UiMessageStreamOptions.DEFAULTS.withData(
				Flux.just(UiDataPart.of("topic", Map.of("name", "test")), UiDataPart.of("progress", 10).asTransient()));
	}

	static FunctionDeclaration location() {
		return FunctionDeclaration.builder().name("location").description("Location of the user").build();
	}

	record City(String name) {

	}

	record Invoice(int number) {

	}

}
