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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.Redactor;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.http.client.reactive.ClientHttpRequest;

/**
 * Context of one call: its operation, model and secrets, from which exceptions are
 * created.
 */
final class CallContext {

	// Headers whose values are not secret and occur in ordinary texts.
	private static final Set<String> PUBLIC_HEADERS = Set.of("accept", "accept-encoding", "accept-language", "baggage",
			"b3", "connection", "content-length", "content-type", "host", "traceparent", "tracestate",
			"transfer-encoding", "upgrade", "http2-settings", "user-agent");

	private final String operation;

	private final @Nullable String model;

	private final GeminiCallOptions options;

	private final GeminiClientSettings settings;

	private final GeminiThreads threads;

	private final KnownModels models;

	private final @Nullable ChargeableAttempts attempts;

	private final long started = Schedulers.parallel().now(TimeUnit.NANOSECONDS);

	private volatile @Nullable ClientHttpRequest request;

	/**
	 * Create the context of a call that starts now.
	 * @param operation the name of the operation, such as {@code generateContent}
	 * @param model the name of the model, or {@code null} for a call without one
	 * @param options the per-call options
	 * @param settings the settings of the client
	 * @param threads the threads of the client
	 * @param models the models that the client knows
	 * @param attempts the counter of the attempts that may be charged, or {@code null}
	 * for none
	 */
	CallContext(String operation, @Nullable String model, GeminiCallOptions options, GeminiClientSettings settings,
			GeminiThreads threads, KnownModels models, @Nullable ChargeableAttempts attempts) {
		this.operation = operation;
		this.model = model;
		this.options = options;
		this.settings = settings;
		this.threads = threads;
		this.models = models;
		this.attempts = attempts;
	}

	String operation() {
		return this.operation;
	}

	String connection() {
		return this.settings.connectionName();
	}

	@Nullable String model() {
		return this.model;
	}

	/**
	 * Return the origin of the responses of this call.
	 * @return the origin, or {@code null} for a call without a model
	 */
	@Nullable ResponseOrigin origin() {
		return (this.model != null) ? ResponseOrigin.ofModel(this.settings.connectionName(), this.model) : null;
	}

	GeminiCallOptions options() {
		return this.options;
	}

	String apiKey() {
		return (this.options.apiKey() != null) ? this.options.apiKey() : this.settings.apiKey();
	}

	GeminiThreads threads() {
		return this.threads;
	}

	/**
	 * Return the time at which the call started.
	 * @return the time in nanoseconds of the scheduler's clock
	 */
	long started() {
		return this.started;
	}

	GeminiRetrySettings retry() {
		return (this.options.retry() != null) ? this.options.retry() : this.settings.retry();
	}

	List<GeminiRetryListener> retryListeners() {
		return this.settings.retryListeners();
	}

	Duration connectTimeout() {
		return this.settings.connectTimeout();
	}

	/**
	 * Return the maximum time until the first event of each attempt.
	 * @return the time limit
	 */
	Duration firstEventTimeout() {
		return (this.options.firstEventTimeout() != null) ? this.options.firstEventTimeout()
				: this.settings.firstEventTimeout();
	}

	/**
	 * Return the maximum time between two events of each attempt.
	 * @return the time limit
	 */
	Duration idleTimeout() {
		return (this.options.idleTimeout() != null) ? this.options.idleTimeout() : this.settings.idleTimeout();
	}

	/**
	 * Return the maximum time of all attempts together.
	 * @return the time limit, or {@code null} for none
	 */
	@Nullable Duration totalTimeout() {
		return (this.options.totalTimeout() != null) ? this.options.totalTimeout() : this.settings.totalTimeout();
	}

	/**
	 * Return known models with similar ids.
	 * @return their ids, or an empty list
	 */
	List<String> similarModels() {
		// Another key may have access to other models than the known ones.
		return (this.model != null && this.options.apiKey() == null) ? this.models.findSimilar(this.model) : List.of();
	}

	/**
	 * Note that the request of an attempt is about to be sent.
	 */
	void noteSent() {
		if (this.attempts != null) {
			this.attempts.add();
		}
	}

	/**
	 * Note that an attempt whose request was sent has failed.
	 * @param failure the failure
	 */
	void noteFailed(GeminiException failure) {
		if (this.attempts != null && !ChargeableFailures.mayHaveRun(failure)) {
			this.attempts.remove();
		}
	}

	/**
	 * Record the status of the model in a response or an event, if it has one.
	 * @param response the response or the event
	 */
	void noteStatus(GenerateContentResponse response) {
		ModelStatus status = response.modelStatus();
		if (status != null) {
			this.models.addStatus(status, this);
		}
	}

	/**
	 * Record the request that is sent: customizers and filters of the application may
	 * have added headers with secrets.
	 * @param request the request
	 */
	void sent(ClientHttpRequest request) {
		this.request = request;
	}

	/**
	 * Return a redactor that knows the secrets of this call.
	 * @return a new redactor
	 */
	Redactor redactor() {
		List<String> all = new ArrayList<>(List.of(this.settings.apiKey(), apiKey()));
		all.addAll(this.options.headers().values());
		ClientHttpRequest request = this.request;
		if (request != null) {
			request.getHeaders().forEach((name, values) -> addSecrets(name, values, all));
			if (request.getNativeRequest() instanceof HttpClientRequest nativeRequest) {
				nativeRequest.requestHeaders()
					.forEach((header) -> addSecrets(header.getKey(), List.of(header.getValue()), all));
			}
		}
		return new Redactor(all);
	}

	private static void addSecrets(String name, List<String> values, List<String> secrets) {
		if (!PUBLIC_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
			secrets.addAll(values);
		}
	}

	/**
	 * Return the subject of an exception message.
	 * @return the operation, with the model if there is one and with the connection if it
	 * is not the default one
	 */
	String subject() {
		String subject = (this.model != null) ? "%s of model '%s'".formatted(this.operation, this.model)
				: this.operation;
		return (GeminiExchange.DEFAULT_CONNECTION.equals(this.settings.connectionName())) ? subject
				: "%s over connection '%s'".formatted(subject, this.settings.connectionName());
	}

	@Override
	public String toString() {
		return "CallContext[operation=%s, model=%s]".formatted(this.operation, this.model);
	}

}
