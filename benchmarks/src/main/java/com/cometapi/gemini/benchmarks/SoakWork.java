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

package com.cometapi.gemini.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.GenerateContentResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.MimeTypeUtils;

/**
 * Calls of the soak test. Each fails if its outcome is not the expected one.
 */
enum SoakWork {

	/**
	 * A call without waiting.
	 */
	UNARY(30) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return gemini.prompt(Prompts.QUESTION).textAsync().map(Wire.ANSWER::equals).flatMap(this::expect);
		}
	},

	/**
	 * A call that waits.
	 */
	BLOCKING(10) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return Mono.fromCallable(() -> gemini.prompt(Prompts.QUESTION).text())
				.subscribeOn(Schedulers.boundedElastic())
				.map(Wire.ANSWER::equals)
				.flatMap(this::expect);
		}
	},

	/**
	 * A fast stream, read to its end.
	 */
	STREAM(10) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return stream(gemini, Prompts.STREAM).count().map((count) -> count == Wire.EVENTS).flatMap(this::expect);
		}
	},

	/**
	 * A stream at the pace of a model, read to its end.
	 */
	PACED(10) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return stream(gemini, Prompts.paced(5, 20)).count().map((count) -> count == 20).flatMap(this::expect);
		}
	},

	/**
	 * A stream at the pace of a model, cancelled on the way.
	 */
	CANCELLED(15) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return stream(gemini, Prompts.paced(5, 200)).take(7)
				.count()
				.map((count) -> count == 7)
				.flatMap(this::expect);
		}
	},

	/**
	 * A fast stream, cancelled when more has arrived than was asked for.
	 */
	CANCELLED_FAST(5) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return stream(gemini, Prompts.STREAM).limitRate(1)
				.take(20)
				.count()
				.map((count) -> count == 20)
				.flatMap(this::expect);
		}
	},

	/**
	 * A call that is cancelled before there is a response.
	 */
	CANCELLED_EARLY(5) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return stream(gemini, Prompts.paced(500, 1)).takeUntilOther(Mono.delay(Duration.ofMillis(20)))
				.count()
				.map((count) -> count == 0)
				.flatMap(this::expect);
		}
	},

	/**
	 * A picture to the server.
	 */
	UPLOAD(3) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return gemini.prompt(Prompts.QUESTION)
				.media(MimeTypeUtils.IMAGE_PNG, PICTURE)
				.textAsync()
				.map(Wire.ANSWER::equals)
				.flatMap(this::expect);
		}
	},

	/**
	 * A picture from the server.
	 */
	DOWNLOAD(3) {
		@Override
		Mono<Void> run(GeminiOperations gemini) {
			return gemini.prompt(Prompts.QUESTION)
				.model(Prompts.PICTURE)
				.callAsync()
				.map((response) -> response.inlineData().get(0).asBytes().length == Wire.PICTURE_SIZE)
				.flatMap(this::expect);
		}
	};

	private static final byte[] PICTURE = picture();

	private final int weight;

	SoakWork(int weight) {
		this.weight = weight;
	}

	abstract Mono<Void> run(GeminiOperations gemini);

	Mono<Void> expect(boolean expected) {
		return expected ? Mono.empty() : Mono.error(new IllegalStateException(name() + ": another outcome"));
	}

	/**
	 * Run into a fault.
	 * @param gemini the library
	 * @param fault the fault
	 * @return the end, or an error if the outcome is not that of the fault
	 */
	static Mono<Void> run(GeminiOperations gemini, Fault fault) {
		return gemini.prompt(Prompts.QUESTION)
			.model(fault.model())
			.firstEventTimeout(fault.timeout())
			.idleTimeout(fault.timeout())
			.stream()
			.then(Mono.<Void>error(new IllegalStateException("No failure")))
			.onErrorResume(fault.expected(), (ex) -> Mono.empty());
	}

	/**
	 * Return all kinds of work, each as often as its weight.
	 * @return the kinds
	 */
	static List<SoakWork> weighted() {
		List<SoakWork> works = new ArrayList<>();
		for (SoakWork work : values()) {
			works.addAll(Collections.nCopies(work.weight, work));
		}
		return works;
	}

	private static Flux<GenerateContentResponse> stream(GeminiOperations gemini, String model) {
		return gemini.prompt(Prompts.QUESTION).model(model).stream();
	}

	private static byte[] picture() {
		byte[] picture = new byte[2 * 1024 * 1024];
		new Random(42).nextBytes(picture);
		return picture;
	}

}
