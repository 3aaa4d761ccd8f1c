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

package com.cometapi.gemini.client;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;

import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * State of one HTTP attempt; decides whether it may be retried.
 */
final class HttpAttempt {

	// A stale connection fails with the first bytes of a request; a later failure may
	// come from processing the request.
	private static final Duration STALE_WITHIN = Duration.ofSeconds(2);

	/**
	 * The attribute of a request that has its attempt, for {@link #FILTER}.
	 */
	static final String ATTRIBUTE = HttpAttempt.class.getName();

	/**
	 * Ends an exchange when its attempt fails, within the WebClient, so that its
	 * observation has the error.
	 */
	static final ExchangeFilterFunction FILTER = (request, next) -> {
		Mono<ClientResponse> exchange = next.exchange(request);
		HttpAttempt attempt = of(request);
		return (attempt != null) ? attempt.observe(exchange) : exchange;
	};

	private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(HttpAttempt.class, "used");

	private final CallContext context;

	private volatile @Nullable AttemptExchange running;

	private volatile boolean sent;

	private volatile boolean written;

	private volatile boolean reused;

	private volatile boolean responseStarted;

	private volatile boolean handedOver;

	private volatile boolean cancelled;

	private volatile long sentAt;

	private volatile long lastSignOfLife = now();

	private volatile @Nullable Connection exchange;

	// Kept here, since the connection of an exchange that has ended returns another
	// channel.
	private volatile @Nullable Channel channel;

	private volatile @Nullable Channel shared;

	private volatile @Nullable Http2StreamChannel stream;

	private volatile @Nullable Http2Connection http2;

	/**
	 * Create the state of an attempt.
	 * @param context the context of the call
	 */
	HttpAttempt(CallContext context) {
		this.context = context;
	}

	CallContext context() {
		return this.context;
	}

	/**
	 * Record a comment or an empty event, which restarts the idle timeout.
	 */
	void markSignOfLife() {
		this.lastSignOfLife = now();
	}

	/**
	 * Return the time at which the last comment or empty event arrived.
	 * @return the time in nanoseconds of the scheduler's clock; the start of the attempt
	 * if there was none
	 */
	long lastSignOfLife() {
		return this.lastSignOfLife;
	}

	private Mono<ClientResponse> observe(Mono<ClientResponse> exchange) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
				AttemptExchange running = new AttemptExchange(actual, HttpAttempt.this);
				HttpAttempt.this.running = running;
				exchange.subscribe(running);
			}

		};
	}

	/**
	 * Return the attempt of a request.
	 * @param request the request
	 * @return the attempt, or {@code null} if the request is not one of this client
	 */
	static @Nullable HttpAttempt of(ClientRequest request) {
		return (HttpAttempt) request.attributes().get(ATTRIBUTE);
	}

	/**
	 * End the running exchange with a failure.
	 * @param failure the failure
	 * @return {@code true} if it had not failed before
	 */
	boolean fail(Throwable failure) {
		AttemptExchange running = this.running;
		return !this.cancelled && running != null && running.fail(failure);
	}

	/**
	 * Record that the request is about to be written.
	 * @param request the request
	 */
	void markSent(ClientHttpRequest request) {
		this.context.sent(request);
		// A filter may send the request again.
		if (!this.sent) {
			this.context.noteSent();
		}
		this.sent = true;
		this.sentAt = now();
		if (request.getNativeRequest() instanceof Connection connection) {
			this.exchange = connection;
			Channel channel = connection.channel();
			this.channel = channel;
			InformationalResponseHandler.dropAll(channel);
			// A filter may have given up the exchange of this connection and begun
			// another one.
			AttemptExchange own = (connection instanceof CoreSubscriber<?> subscriber)
					? AttemptExchange.of(subscriber.currentContext()) : this.running;
			if (own != null) {
				ResponseFailureHandler.watch(channel, own);
			}
			// With HTTP/2 each request has a channel of its own below the connection's.
			Channel shared = channel.parent();
			this.shared = shared;
			if (shared != null && channel instanceof Http2StreamChannel http2Stream) {
				this.stream = http2Stream;
				Http2FrameCodec codec = shared.pipeline().get(Http2FrameCodec.class);
				this.http2 = (codec != null) ? codec.connection() : null;
			}
			this.reused = ((shared != null) ? shared : channel).attr(USED).getAndSet(Boolean.TRUE) != null;
		}
	}

	/**
	 * Record that the request was written completely, so that the endpoint may process
	 * and charge it.
	 */
	void markWritten() {
		Connection exchange = this.exchange;
		// Writing also completes without an error when the connection is closed
		// meanwhile.
		this.written = exchange == null || exchange.channel().isActive();
	}

	/**
	 * Record that the head of the response has arrived.
	 */
	void markResponseStarted() {
		this.responseStarted = true;
	}

	/**
	 * Return whether the head of the response has arrived.
	 * @return {@code true} if it has
	 */
	boolean isResponseStarted() {
		return this.responseStarted;
	}

	/**
	 * Record that the attempt has failed.
	 * @param failure the failure
	 */
	void markFailed(GeminiException failure) {
		if (this.sent) {
			this.context.noteFailed(failure);
		}
	}

	/**
	 * Record that a part of the response was handed over to the caller.
	 */
	void markHandedOver() {
		this.handedOver = true;
	}

	/**
	 * Record that the caller has cancelled.
	 */
	void markCancelled() {
		this.cancelled = true;
	}

	/**
	 * Close the connection of an exchange that was given up, since the WebClient reads a
	 * response to its end if it is cancelled between the head and the body, and release
	 * what has arrived of a body that nobody reads. Must be called after the cancel was
	 * propagated, or the close would be handled as a transient failure.
	 */
	void closeConnection() {
		Connection exchange = this.exchange;
		Channel channel = this.channel;
		if (exchange == null || channel == null) {
			return;
		}
		try {
			// On the thread of the connection, so that no other exchange gets it
			// meanwhile.
			channel.eventLoop().execute(() -> {
				if (ChannelOperations.get(channel) == exchange) {
					channel.close();
				}
				// Fails if the body has a reader, which releases it.
				exchange.inbound().receive().onErrorComplete().subscribe();
			});
		}
		catch (RejectedExecutionException ex) {
			// The event loops were stopped, and their connections with them.
		}
	}

	/**
	 * Return whether the caller has cancelled.
	 * @return {@code true} if it has
	 */
	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Return whether the failed exchange may be retried: not after the response has
	 * started, since it is charged, nor after a time limit of the caller.
	 * @param failure the failure
	 * @return {@code true} if it may be retried
	 */
	boolean isRepeatable(GeminiException failure) {
		if (this.handedOver || !failure.isTransient()) {
			return false;
		}
		if (failure instanceof GeminiTimeoutException timeout) {
			return timeout.getLimit() == GeminiTimeLimit.CONNECT;
		}
		// Another attempt would wait for a thread as well, and this one may be charged.
		return !(failure instanceof GeminiThreadsExhaustedException)
				&& !(failure instanceof GeminiConnectionException && this.responseStarted);
	}

	/**
	 * Return whether the exchange got a stale connection, closed by the endpoint while it
	 * was in the pool.
	 * @param failure the failure
	 * @return {@code true} if the request most likely never reached the endpoint
	 */
	boolean isStale(GeminiException failure) {
		if (!(failure instanceof GeminiConnectionException) || this.responseStarted) {
			return false;
		}
		Channel shared = this.shared;
		return wasRefused() || (this.reused && (shared == null || !shared.isActive())
				&& now() - this.sentAt <= STALE_WITHIN.toNanos());
	}

	/**
	 * Return whether the endpoint cannot have processed the request of a stale exchange,
	 * since it refused it or the request was not written completely.
	 * @return {@code true} if the request was certainly not processed
	 */
	boolean isUnsent() {
		return !this.written || wasRefused();
	}

	// GOAWAY names the last stream that the endpoint processes.
	private boolean wasRefused() {
		Http2Connection http2 = this.http2;
		Http2StreamChannel stream = this.stream;
		if (http2 == null || stream == null || !http2.goAwayReceived()) {
			return false;
		}
		int id = stream.stream().id();
		return id <= 0 || id > http2.local().lastStreamKnownByPeer();
	}

	/**
	 * Return whether the endpoint may have processed and charged the request despite the
	 * failure.
	 * @param failure the failure
	 * @return {@code true} if another attempt may be charged a second time
	 */
	boolean mayHaveRun(GeminiException failure) {
		return (failure instanceof GeminiConnectionException) ? this.sent
				: ChargeableFailures.isGatewayTimeout(failure);
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

}
