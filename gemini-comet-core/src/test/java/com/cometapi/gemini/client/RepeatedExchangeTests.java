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
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of filters of the {@code WebClient} that repeat an exchange.
 */
class RepeatedExchangeTests extends AbstractGeminiClientTests {

	private final AtomicInteger requests = new AtomicInteger();

	@Test
	void exchangeIsRepeatedAfterItsConnectionWasClosed() {
		start((connection) -> {
			if (this.requests.incrementAndGet() == 1) {
				connection.cut();
			}
			else {
				connection.eventStream().chunk(HEL).chunk(LO).end();
			}
		});

		assertThat(text((request, next) -> next.exchange(request).retry(1))).isEqualTo("Hello");
	}

	@Test
	void exchangeThatReplacesAnotherOneSurvivesTheEndOfItsConnection() {
		Sinks.Empty<Void> arrived = Sinks.empty();
		start((connection) -> {
			if (this.requests.incrementAndGet() == 1) {
				arrived.tryEmitEmpty();
			}
			else {
				awaitEndOfTheFirstConnection();
				connection.eventStream().chunk(HEL).chunk(LO).end();
			}
		});

		assertThat(text((request,
				next) -> next.exchange(request).takeUntilOther(arrived.asMono()).switchIfEmpty(next.exchange(request))))
			.isEqualTo("Hello");
		assertThat(this.requests).hasValue(2);
	}

	private void awaitEndOfTheFirstConnection() {
		try {
			this.server.awaitClientGone(30_000);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String text(ExchangeFilterFunction filter) {
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create().disableRetry(true)))
			.filter(filter);
		GeminiClient client = GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder(KEY).baseUrl(this.server.url()).retry(GeminiRetrySettings.NONE).build());
		return String.join("", stream(client).map((event) -> event.text()).collectList().block(Duration.ofSeconds(30)));
	}

}
