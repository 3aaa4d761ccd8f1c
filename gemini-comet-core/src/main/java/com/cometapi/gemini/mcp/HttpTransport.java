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

package com.cometapi.gemini.mcp;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.cometapi.gemini.client.UnsentRequests;
import com.cometapi.gemini.error.Redactor;
import com.cometapi.gemini.thread.Durations;
import com.cometapi.gemini.thread.GeminiThreads;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Transport over streamable HTTP. Each request has an exchange of its own, which ends
 * when the request is abandoned.
 */
final class HttpTransport extends SessionTransport {

	private static final Log logger = LogFactory.getLog(HttpTransport.class);

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final String SESSION_ID = "Mcp-Session-Id";

	private static final String PROTOCOL_VERSION = "MCP-Protocol-Version";

	private static final Duration LISTEN_DELAY = Duration.ofSeconds(1);

	private static final Duration MAX_LISTEN_DELAY = Duration.ofSeconds(30);

	private static final int MAX_REPLIES = 64;

	private static final int MAX_BODY = 200;

	private final GeminiMcpServerSettings settings;

	private final URI url;

	private final WebClient webClient;

	private final GeminiThreads threads;

	private final Redactor redactor;

	private final Disposable.Swap listener = Disposables.swap();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private final AtomicInteger replies = new AtomicInteger();

	private volatile @Nullable String sessionId;

	private volatile @Nullable String protocolVersion;

	private volatile @Nullable String lastEventId;

	private volatile boolean triedToListen;

	HttpTransport(GeminiMcpServerSettings settings, URI url, WebClient webClient, GeminiThreads threads) {
		this.settings = settings;
		this.url = url;
		this.webClient = webClient;
		this.threads = threads;
		this.redactor = new Redactor(settings.headers().values());
	}

	@Override
	void start() {
		// Connects with the first request.
	}

	@Override
	boolean answersAfterLoss() {
		return true;
	}

	// A firewall or a load balancer may drop a silent connection without telling anybody.
	@Override
	boolean receivesAnnouncements() {
		return false;
	}

	@Override
	public Mono<Void> sendMessage(JSONRPCMessage message) {
		return Mono.deferContextual((context) -> {
			SentRequest request = context.getOrDefault(SentRequest.class, null);
			Object id = register(message, request);
			this.protocolVersion = context.getOrDefault(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION,
					this.protocolVersion);
			if (id == null) {
				return reply(message);
			}
			if (Boolean.TRUE.equals(this.closed.scan(Scannable.Attr.TERMINATED))) {
				// The client begins another session instead of failing.
				return Mono.error(new LostConnectionException("the connection was closed", false, null));
			}
			Mono<Void> exchange = request(message, id).takeUntilOther(this.closed.asMono());
			return (request != null) ? exchange.takeUntilOther(request.abandoned()) : exchange;
		});
	}

	private Mono<Void> request(JSONRPCMessage message, Object id) {
		return Mono.defer(() -> {
			AwaitedResponse response = new AwaitedResponse(id);
			return read(post(message, response::eventId), response).onErrorResume((ex) -> resume(response, ex));
		});
	}

	private Mono<Void> read(Flux<String> messages, AwaitedResponse response) {
		// The results may be large, and this is an event loop of the application.
		return messages.publishOn(Schedulers.parallel(), 1)
			.concatMapIterable(HttpTransport::toMessages, 1)
			.doOnNext((received) -> {
				response.check(received);
				receive(received);
			})
			// A server should end its response now, but need not.
			.takeUntilOther(response.end.asMono().then(Mono.delay(LISTEN_DELAY)))
			.then(Mono.<Void>defer(() -> (response.arrived) ? Mono.empty()
					: Mono.error(new LostConnectionException("it ended its response without a result", true, null))))
			.onErrorResume((ex) -> (response.arrived) ? Mono.empty() : Mono.error(translate(ex)));
	}

	// A server that sends event ids stores its events, and goes on with the work after a
	// loss.
	private Mono<Void> resume(AwaitedResponse response, Throwable failure) {
		String eventId = response.lastEventId;
		if (eventId == null || eventId.equals(response.resumedAt)
				|| (failure instanceof LostConnectionException lost && !lost.mayHaveRun())) {
			return Mono.error((response.resumedAt != null) ? mayHaveRun(failure) : failure);
		}
		response.resumedAt = eventId;
		return Mono.delay(LISTEN_DELAY)
			.then(read(get(() -> eventId, response::eventId), response))
			.onErrorResume((ex) -> resume(response, ex));
	}

	private static LostConnectionException mayHaveRun(Throwable failure) {
		return new LostConnectionException(String.valueOf(failure.getMessage()), true, failure);
	}

	// A notification, or a response to a request of the server.
	private Mono<Void> reply(JSONRPCMessage message) {
		if (this.replies.incrementAndGet() > MAX_REPLIES) {
			this.replies.decrementAndGet();
			return Mono.error(new LostConnectionException("it sends too many requests", true, null));
		}
		return post(message, (eventId) -> {
		}).then()
			.timeout(this.settings.connectTimeout())
			.onErrorMap(this::translate)
			.doFinally((signal) -> this.replies.decrementAndGet())
			.doOnSuccess((sent) -> {
				if (message instanceof JSONRPCNotification notification
						&& McpSchema.METHOD_NOTIFICATION_INITIALIZED.equals(notification.method())) {
					listen();
				}
			});
	}

	private Flux<String> post(JSONRPCMessage message, Consumer<String> eventIds) {
		return Flux.defer(() -> {
			byte[] body;
			try {
				body = JSON.writeValueAsBytes(message);
			}
			catch (IOException ex) {
				return Flux.error(ex);
			}
			return onFilterThread(this.webClient.post()
				.uri(this.url)
				.headers(this::addHeaders)
				.contentType(MediaType.APPLICATION_JSON)
				.accept(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM)
				.bodyValue(body)
				.exchangeToFlux((response) -> messages(response, eventIds)));
		});
	}

	// Filters of the application may block.
	private <T> Flux<T> onFilterThread(Flux<T> exchange) {
		return this.threads.onFilterThread(Mono.just(exchange)).flatMapMany((flux) -> flux);
	}

	private void addHeaders(HttpHeaders headers) {
		this.settings.headers().forEach(headers::set);
		if (this.sessionId != null) {
			headers.set(SESSION_ID, this.sessionId);
		}
		if (this.protocolVersion != null) {
			headers.set(PROTOCOL_VERSION, this.protocolVersion);
		}
	}

	private Flux<String> messages(ClientResponse response, Consumer<String> eventIds) {
		HttpStatusCode status = response.statusCode();
		if (!status.is2xxSuccessful()) {
			return response.bodyToMono(String.class)
				.onErrorReturn("")
				.defaultIfEmpty("")
				.flatMapMany((body) -> Flux.error(refused(status, response.headers().asHttpHeaders(), body)));
		}
		String session = response.headers().asHttpHeaders().getFirst(SESSION_ID);
		if (session != null && this.sessionId == null) {
			this.sessionId = session;
		}
		MediaType type = response.headers().contentType().orElse(null);
		if (type != null && MediaType.TEXT_EVENT_STREAM.isCompatibleWith(type)) {
			return response.bodyToFlux(EVENT).mapNotNull((event) -> {
				if (event.id() != null) {
					eventIds.accept(event.id());
				}
				return (event.event() == null || "message".equals(event.event())) ? event.data() : null;
			});
		}
		return (type != null && MediaType.APPLICATION_JSON.isCompatibleWith(type))
				? response.bodyToMono(String.class).flux() : response.releaseBody().thenMany(Flux.empty());
	}

	private RuntimeException refused(HttpStatusCode status, HttpHeaders headers, String body) {
		boolean unknownSession = this.sessionId != null
				&& (status.isSameCodeAs(HttpStatus.NOT_FOUND) || status.isSameCodeAs(HttpStatus.BAD_REQUEST));
		String text = "it responded with status %d%s".formatted(status.value(), describe(status, headers, body));
		if (unknownSession) {
			LostConnectionException expired = new LostConnectionException("the session has ended: " + text, false,
					null);
			lose(expired);
			return expired;
		}
		return new LostConnectionException(text, status.is5xxServerError(), null);
	}

	private String describe(HttpStatusCode status, HttpHeaders headers, String body) {
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (status.is3xxRedirection() && location != null) {
			// Queries may be secrets.
			return ", a redirect to " + this.redactor.redact(location.replaceAll("[?#].*", ""), MAX_BODY);
		}
		return (body.isBlank()) ? "" : ": " + this.redactor.redact(body.replaceAll("\\s+", " "), MAX_BODY);
	}

	private static List<JSONRPCMessage> toMessages(String text) {
		return (text.isBlank()) ? List.of() : read(text);
	}

	private Throwable translate(Throwable failure) {
		if (failure instanceof LostConnectionException) {
			return failure;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (UnsentRequests.isPoolExhausted(cause)) {
				return new LostConnectionException("its connections are all in use by other requests", false, failure);
			}
			if (UnsentRequests.isUnsent(cause)) {
				LostConnectionException unreachable = new LostConnectionException(
						"cannot connect: " + Objects.requireNonNullElse(cause.getMessage(), cause.toString()), false,
						failure);
				lose(unreachable);
				return unreachable;
			}
			if (cause instanceof DataBufferLimitException) {
				return new LostConnectionException("it sent a message of more than %d bytes ('max-message-size')"
					.formatted(this.settings.maxMessageSize()), true, failure);
			}
		}
		return new LostConnectionException("the connection broke: " + failure.getMessage(), true, failure);
	}

	// Opens the stream on which the server announces changes of its tools and sends its
	// own requests.
	private void listen() {
		AtomicInteger failures = new AtomicInteger();
		this.listener.update(get(() -> this.lastEventId, (id) -> this.lastEventId = id, this::beginToListen)
			.doFinally((signal) -> this.triedToListen = true)
			.publishOn(Schedulers.parallel(), 1)
			.doOnNext((text) -> {
				failures.set(0);
				toMessages(text).forEach(this::receive);
			})
			.onErrorMap((ex) -> (ex instanceof NotOfferedException) ? ex : translate(ex))
			.retryWhen(Retry.from((signals) -> signals
				.flatMap((signal) -> (lossReason() != null || signal.failure() instanceof NotOfferedException)
						? Mono.error(signal.failure()) : Mono.delay(listenDelay(failures)))))
			.repeatWhen((ends) -> ends.flatMap((end) -> Mono.delay(listenDelay(failures))))
			.subscribe((text) -> {
			}, (ex) -> logger
				.debug("Not listening to announcements of the MCP server '%s'".formatted(this.settings.name()), ex)));
	}

	private Flux<String> get(Supplier<@Nullable String> lastEventId, Consumer<String> eventIds) {
		return get(lastEventId, eventIds, () -> {
		});
	}

	private Flux<String> get(Supplier<@Nullable String> lastEventId, Consumer<String> eventIds, Runnable onOpen) {
		return Flux.defer(() -> onFilterThread(this.webClient.get().uri(this.url).headers((headers) -> {
			addHeaders(headers);
			String eventId = lastEventId.get();
			if (eventId != null) {
				headers.set("Last-Event-ID", eventId);
			}
		})
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchangeToFlux((response) -> isNotOffered(response.statusCode())
					? response.releaseBody().thenMany(Flux.error(NotOfferedException.INSTANCE))
					: messages(response, eventIds).doFirst(() -> {
						if (response.statusCode().is2xxSuccessful()) {
							onOpen.run();
						}
					}))));
	}

	// Servers without such a stream should respond with 405, but many respond with 404 or
	// 400. After the first attempt, these mean that the session has ended.
	private boolean isNotOffered(HttpStatusCode status) {
		return status.isSameCodeAs(HttpStatus.METHOD_NOT_ALLOWED) || (!this.triedToListen
				&& (status.isSameCodeAs(HttpStatus.NOT_FOUND) || status.isSameCodeAs(HttpStatus.BAD_REQUEST)));
	}

	private void beginToListen() {
		// A server without event ids does not repeat what it has announced meanwhile.
		if (this.triedToListen && this.lastEventId == null) {
			toolsChanged();
		}
	}

	private static Duration listenDelay(AtomicInteger failures) {
		Duration delay = LISTEN_DELAY.multipliedBy(1L << Math.min(failures.getAndIncrement(), 5));
		return (delay.compareTo(MAX_LISTEN_DELAY) < 0) ? delay : MAX_LISTEN_DELAY;
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.defer(() -> {
			if (this.closed.tryEmitEmpty().isFailure()) {
				return Mono.empty();
			}
			this.listener.dispose();
			boolean lostBefore = lossReason() != null;
			lose(new LostConnectionException("the connection was closed", true, null));
			if (this.sessionId == null || lostBefore) {
				return Mono.empty();
			}
			return onFilterThread(this.webClient.delete()
				.uri(this.url)
				.headers(this::addHeaders)
				.exchangeToFlux((response) -> response.releaseBody().thenMany(Flux.<String>empty()))).then()
				.timeout(Durations.capped(this.settings.closeTimeout().plusSeconds(1)))
				.onErrorResume((ex) -> {
					logger.debug("Could not end the session with the MCP server '%s'".formatted(this.settings.name()),
							ex);
					return Mono.empty();
				});
		});
	}

	/**
	 * The response to a request, which may arrive in several pieces.
	 */
	private static final class AwaitedResponse {

		private final Object id;

		private volatile boolean arrived;

		private final Sinks.Empty<Void> end = Sinks.empty();

		private volatile @Nullable String lastEventId;

		private volatile @Nullable String resumedAt;

		AwaitedResponse(Object id) {
			this.id = id;
		}

		void eventId(String eventId) {
			this.lastEventId = eventId;
		}

		void check(JSONRPCMessage received) {
			if (received instanceof JSONRPCResponse response && this.id.equals(response.id())) {
				this.arrived = true;
				this.end.tryEmitEmpty();
			}
		}

	}

	/**
	 * Thrown if the server does not offer a stream of its own messages.
	 */
	private static final class NotOfferedException extends RuntimeException {

		private static final NotOfferedException INSTANCE = new NotOfferedException();

		private NotOfferedException() {
			super("The server sends messages only in response to requests", null, false, false);
		}

	}

}
