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

package com.cometapi.gemini.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

import com.cometapi.gemini.test.Exchange.Framing;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;

/**
 * Dispatches HTTP requests to their replies.
 */
final class SimulatorHandler {

	private final Deque<ScriptedResponse> scripted = new ConcurrentLinkedDeque<>();

	private final ResponseGenerator generator = new ResponseGenerator();

	private final SimulatorSettings settings;

	private final SimulatorJournal journal;

	private final RequestReader reader;

	private final ModelCatalog models;

	SimulatorHandler(SimulatorSettings settings, SimulatorJournal journal) {
		this.settings = settings;
		this.journal = journal;
		this.reader = new RequestReader(settings.moreModels(), settings.lenient());
		this.models = new ModelCatalog(settings.moreModels());
	}

	void add(ScriptedResponse response) {
		this.scripted.add(response);
	}

	int scripted() {
		return this.scripted.size();
	}

	void clear() {
		this.scripted.clear();
	}

	Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(new byte[0])
			.flatMap((body) -> respond(record(request, body), response));
	}

	private static RecordedRequest record(HttpServerRequest request, byte[] body) {
		URI uri = URI.create(request.uri());
		HttpHeaders headers = new HttpHeaders();
		request.requestHeaders().forEach((header) -> headers.add(header.getKey(), header.getValue()));
		return new RecordedRequest(request.method().name(), uri.getRawPath(), uri.getRawQuery(), headers,
				new String(body, StandardCharsets.UTF_8));
	}

	private Mono<Void> respond(RecordedRequest request, HttpServerResponse response) {
		this.journal.add(request);
		Channel[] channel = new Channel[1];
		response.withConnection((connection) -> channel[0] = connection.channel());
		HttpReplyWriter writer = new HttpReplyWriter(response, channel[0]);
		ModelCall call = "POST".equals(request.method()) ? ModelCall.parse(request.path()) : null;
		if (call == null) {
			return writer.write(replyToOther(request), ReplyDelivery.atOnce());
		}
		return generate(request, call, writer);
	}

	private Mono<Void> generate(RecordedRequest request, ModelCall call, HttpReplyWriter writer) {
		Framing framing = framing(request, call);
		SimulatedRequest simulated;
		try {
			checkKey(request);
			simulated = this.reader.read(call, request.body());
		}
		catch (RequestRejectedException ex) {
			return refuse(ex.error(), framing, writer);
		}
		Exchange exchange = new Exchange(request, simulated, framing, this.settings.errorStyle());
		try {
			ScriptedResponse response = findScripted(request);
			HttpReply reply = response.reply(exchange,
					(usual) -> usual.reply(this.generator.generate(usual.simulated())));
			Duration pace = (reply.stream()) ? this.settings.pace() : Duration.ZERO;
			return counted(call.streaming(), writer, writer.write(reply, response.delivery(exchange, pace)));
		}
		catch (RuntimeException ex) {
			// A scripted function failed, or the simulator did: the message tells which.
			return refuse(ApiError.ofStatus(500, "The simulator failed: " + ex, null, null), framing, writer);
		}
	}

	private Mono<Void> refuse(ApiError error, Framing framing, HttpReplyWriter writer) {
		return writer.write(Exchange.error(error, this.settings.errorStyle(), framing), ReplyDelivery.atOnce());
	}

	private ScriptedResponse findScripted(RecordedRequest request) {
		synchronized (this.scripted) {
			ScriptedResponse next = this.scripted.peek();
			if (next != null) {
				if (next.use()) {
					this.scripted.remove(next);
				}
				return next;
			}
		}
		ScriptedResponse prepared = new ScriptedResponse();
		this.settings.preparedResponses()
			.stream()
			.filter((response) -> response.condition().test(request))
			.findFirst()
			.ifPresent((response) -> response.script().accept(prepared));
		return prepared;
	}

	private Mono<Void> counted(boolean stream, HttpReplyWriter writer, Mono<Void> written) {
		return Mono.defer(() -> {
			this.journal.opened(stream);
			return written.doFinally((signal) -> this.journal.closed(stream, !writer.isEnded()));
		});
	}

	private HttpReply replyToOther(RecordedRequest request) {
		try {
			boolean get = "GET".equals(request.method());
			if (get && "/v1/models".equals(request.path())) {
				return openAiModels(request);
			}
			if (get && "/v1beta/models".equals(request.path())) {
				checkKey(request);
				return HttpReply.json(200, this.models.nativeList(this.settings.errorStyle()));
			}
			ApiError error = ApiError.unknownRoute(request.method(), request.path());
			return HttpReply.json(404, error.body(ErrorStyle.COMETAPI, ApiError.newRequestId()));
		}
		catch (RequestRejectedException ex) {
			return Exchange.error(ex.error(), this.settings.errorStyle(), Framing.SINGLE);
		}
	}

	private HttpReply openAiModels(RecordedRequest request) {
		if (request.headers().containsHeader("x-goog-api-key")) {
			// With this header, the gateway interprets the route as that of a single
			// model.
			return HttpReply.json(200, Map.of("error", Map.of("message", "The model '' does not exist", "type",
					"invalid_request_error", "param", "model", "code", "model_not_found")));
		}
		checkKey(request);
		return HttpReply.json(200, this.models.openAiList());
	}

	private void checkKey(RecordedRequest request) {
		String key = key(request.headers());
		if (key == null) {
			throw new RequestRejectedException(ApiError.missingKey());
		}
		if (!this.settings.apiKey().equals(key)) {
			throw new RequestRejectedException(ApiError.invalidKey());
		}
	}

	private static @Nullable String key(HttpHeaders headers) {
		String key = headers.getFirst("x-goog-api-key");
		if (key != null && !key.isEmpty()) {
			return key;
		}
		String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		return (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7))
				? authorization.substring(7).strip() : null;
	}

	private static Framing framing(RecordedRequest request, ModelCall call) {
		if (!call.streaming()) {
			return Framing.SINGLE;
		}
		return (request.query() != null && ("&" + request.query() + "&").contains("&alt=sse&")) ? Framing.EVENTS
				: Framing.ARRAY;
	}

}
