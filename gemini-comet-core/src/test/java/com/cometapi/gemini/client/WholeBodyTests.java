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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WholeBody}.
 */
class WholeBodyTests {

	private final ResponseErrors errors = new ResponseErrors(503, new HttpHeaders(),
			new ErrorTranslator(JsonMapper.shared()), Errors.context("generateContent", "gemini-3.5-flash"));

	@Test
	void bodyThatCannotBeReadAfterTheCallerHasLeftIsNoError() {
		List<Throwable> dropped = new ArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			AtomicReference<Subscription> subscription = new AtomicReference<>();
			DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap("{}".getBytes(StandardCharsets.UTF_8));
			Flux.<String>from((subscriber) -> Flux.just(buffer)
				.subscribe(new WholeBody<>(Operators.toCoreSubscriber(subscriber), this.errors, 10, (buffers) -> {
					subscription.get().cancel();
					throw new IllegalStateException("Refused");
				}))).doOnSubscribe(subscription::set).subscribe();
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
		assertThat(dropped).isEmpty();
	}

}
