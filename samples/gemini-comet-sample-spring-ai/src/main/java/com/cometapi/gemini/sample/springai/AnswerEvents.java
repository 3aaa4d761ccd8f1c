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

package com.cometapi.gemini.sample.springai;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import com.cometapi.gemini.sample.springai.ReportedToolCallback.Call;
import com.cometapi.gemini.web.GeminiErrorEventMapper;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.document.Document;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;

/**
 * The events of one answer for the page: {@code passages} that were found, {@code tool}
 * for each call, {@code text} as it grows, then {@code done} with the tokens or
 * {@code error}.
 */
final class AnswerEvents {

	private static final Log logger = LogFactory.getLog(AnswerEvents.class);

	private boolean passagesShown;

	private @Nullable Usage usage;

	private AnswerEvents() {
	}

	static Flux<ServerSentEvent<Object>> of(Function<Consumer<Call>, Flux<ChatClientResponse>> answer) {
		return Flux.defer(() -> {
			AnswerEvents events = new AnswerEvents();
			Sinks.Many<ServerSentEvent<Object>> calls = Sinks.many().unicast().onBackpressureBuffer();
			Flux<ServerSentEvent<Object>> text = answer.apply((call) -> calls.tryEmitNext(event("tool", call)))
				.concatMapIterable(events::of)
				.doFinally((signal) -> calls.tryEmitComplete());
			return Flux.merge(calls.asFlux(), text)
				.concatWith(Mono.fromSupplier(events::done))
				.onErrorResume((failure) -> Mono.just(error(failure)));
		});
	}

	private List<ServerSentEvent<Object>> of(ChatClientResponse response) {
		ServerSentEvent<Object> passages = passages(response);
		ServerSentEvent<Object> text = text(response.chatResponse());
		if (passages == null) {
			return (text != null) ? List.of(text) : List.of();
		}
		return (text != null) ? List.of(passages, text) : List.of(passages);
	}

	private @Nullable ServerSentEvent<Object> passages(ChatClientResponse response) {
		if (this.passagesShown
				|| !(response.context().get(QuestionAnswerAdvisor.RETRIEVED_DOCUMENTS) instanceof List<?> found)) {
			return null;
		}
		this.passagesShown = true;
		return event("passages", found.stream().map(Document.class::cast).map(Passage::of).toList());
	}

	private @Nullable ServerSentEvent<Object> text(@Nullable ChatResponse response) {
		if (response == null) {
			return null;
		}
		Usage latest = response.getMetadata().getUsage();
		this.usage = (latest != null && latest.getTotalTokens() > 0) ? latest : this.usage;
		String text = (response.getResult() != null) ? response.getResult().getOutput().getText() : null;
		return StringUtils.hasLength(text) ? event("text", Map.of("text", text)) : null;
	}

	private ServerSentEvent<Object> done() {
		return event("done", (this.usage != null) ? Map.of("prompt", this.usage.getPromptTokens(), "answer",
				this.usage.getCompletionTokens(), "total", this.usage.getTotalTokens()) : Map.of());
	}

	// The standard messages of the library are meant for visitors, and reveal nothing
	// internal.
	private static ServerSentEvent<Object> error(Throwable failure) {
		logger.warn("The answer failed", failure);
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return event("error", Map.of("message", GeminiErrorEventMapper.standard().map(cause).message()));
	}

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

}
