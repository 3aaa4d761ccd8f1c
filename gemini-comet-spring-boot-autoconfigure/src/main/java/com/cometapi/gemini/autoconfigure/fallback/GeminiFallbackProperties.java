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

package com.cometapi.gemini.autoconfigure.fallback;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the fallback to other models and connections.
 *
 * @param fallback Models and connections to try, in this order, when a call fails. Each
 * entry has a 'model', a 'connection' or both.
 * @param firstChoice Models and connections to which the calls of the default connection
 * are distributed. Each entry has a 'connection', a 'model' or both, and a 'weight'.
 * @param fallbackOn Failures after which a call goes to a fallback.
 * @param circuitBreaker Circuit breaker of each model of a connection.
 */
@ConfigurationProperties("cometapi.gemini")
public record GeminiFallbackProperties(@DefaultValue List<Target> fallback, @DefaultValue List<Share> firstChoice,
		@DefaultValue On fallbackOn, @DefaultValue CircuitBreaker circuitBreaker) {

	/**
	 * Model or connection to which a failed call goes.
	 *
	 * @param connection Name of the connection. If not set, that of the call.
	 * @param model Model to ask. If not set, that of the call.
	 */
	public record Target(@Nullable String connection, @Nullable String model) {

	}

	/**
	 * First choice that gets a share of the calls.
	 *
	 * @param connection Name of the connection. If not set, the default one.
	 * @param model Model to ask. If not set, that of the call.
	 * @param weight Weight among the first choices.
	 */
	public record Share(@Nullable String connection, @Nullable String model, @DefaultValue("1") int weight) {

	}

	/**
	 * Failures after which a call goes to a fallback.
	 *
	 * @param serverError Whether a call goes to a fallback when the endpoint fails.
	 * @param overloaded Whether a call goes to a fallback when the model is overloaded or
	 * unavailable.
	 * @param rateLimit Whether a call goes to a fallback when the endpoint gets too many
	 * requests.
	 * @param quota Whether a call goes to a fallback when the quota or the balance is
	 * used up.
	 * @param modelNotFound Whether a call goes to a fallback when the model is not
	 * offered.
	 * @param connection Whether a call goes to a fallback when the endpoint cannot be
	 * reached or the connection breaks.
	 * @param timeout Whether a call goes to a fallback when there is no event within the
	 * time limit.
	 * @param limit Whether a call goes to a fallback when a limit of this application
	 * does not admit it.
	 */
	public record On(@DefaultValue("true") boolean serverError, @DefaultValue("true") boolean overloaded,
			@DefaultValue("true") boolean rateLimit, @DefaultValue("true") boolean quota,
			@DefaultValue("true") boolean modelNotFound, @DefaultValue("true") boolean connection,
			@DefaultValue("true") boolean timeout, @DefaultValue("true") boolean limit) {

	}

	/**
	 * Circuit breaker of each model of a connection.
	 *
	 * @param enabled Whether to stop calling a model for a while when its calls fail.
	 * @param failures Number of consecutive failures after which a model is not called.
	 * Without effect if there is a CircuitBreakerRegistry of Resilience4j.
	 * @param waitTime Time for which a model is not called. Without effect if there is a
	 * CircuitBreakerRegistry of Resilience4j.
	 */
	public record CircuitBreaker(@DefaultValue("true") boolean enabled, @DefaultValue("5") int failures,
			@DefaultValue("30s") Duration waitTime) {

	}

}
