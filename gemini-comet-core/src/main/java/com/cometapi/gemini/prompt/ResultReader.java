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

package com.cometapi.gemini.prompt;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.entity.EntityReader;
import com.cometapi.gemini.entity.ResponseText;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.thread.CallerThreadLocals;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Reads a value from the result of a turn. It does so inside of all other advisors, so
 * that a chat does not store a turn without a value. If the value does not fit, the model
 * may be asked for a correction. Lives for one subscription.
 *
 * @param <T> the type of the value
 */
final class ResultReader<T> implements TurnAdvisor {

	private static final String CORRECTION = """
			Your last answer does not fit the JSON schema that was asked for: %s
			Answer again with the whole corrected JSON and nothing else.""";

	private final UnaryOperator<PromptTurn> preparation;

	private final Function<PromptResult, T> reader;

	private final int repairs;

	private final @Nullable EntityReader<T> entity;

	private volatile @Nullable T value;

	private ResultReader(UnaryOperator<PromptTurn> preparation, Function<PromptResult, T> reader, int repairs,
			@Nullable EntityReader<T> entity) {
		this.preparation = preparation;
		this.reader = reader;
		this.repairs = repairs;
		this.entity = entity;
	}

	static ResultReader<String> ofText() {
		return new ResultReader<>(UnaryOperator.identity(), (result) -> ResponseText.of(result.response()), 0, null);
	}

	/**
	 * Return a reader for which the response must have its media.
	 * @param reader reads the value
	 * @param <T> the type of the value
	 * @return a new reader
	 */
	static <T> ResultReader<T> ofWhole(Function<PromptResult, T> reader) {
		return new ResultReader<>(PromptTurn::requireMedia, reader, 0, null);
	}

	static <T> ResultReader<T> ofEntity(EntityReader<T> reader, int repairs) {
		return new ResultReader<>((turn) -> withSchema(turn.requireMedia(), reader.schema()),
				(result) -> reader.read(result.response()), repairs, reader);
	}

	private static PromptTurn withSchema(PromptTurn turn, GeminiSchema schema) {
		GenerationConfig config = turn.request().generationConfig();
		Assert.isTrue(config == null || (config.responseSchema() == null && config.responseJsonSchema() == null),
				"A prompt for an entity must not have a schema of its own: use call() or text() with it instead");
		GenerationConfig.Builder builder = (config != null) ? config.toBuilder() : GenerationConfig.builder();
		// The configured media type does not apply to typed responses.
		builder.responseMimeType(null);
		if (schema.schema() != null) {
			ResponseSchemas.apply(builder, schema.schema());
		}
		else if (schema.jsonSchema() != null) {
			ResponseSchemas.apply(builder, schema.jsonSchema());
		}
		return turn.withRequest(turn.request().toBuilder().generationConfig(builder.build()).build());
	}

	@Override
	public Flux<GenerateContentResponse> advise(PromptTurn turn, Next next) {
		return proceed(this.preparation.apply(turn), next, this.repairs);
	}

	private Flux<GenerateContentResponse> proceed(PromptTurn turn, Next next, int repairs) {
		return next.proceed(turn).concatWith(Flux.defer(() -> readResult(turn, next, repairs)));
	}

	private Flux<GenerateContentResponse> readResult(PromptTurn turn, Next next, int repairs) {
		Flux<GenerateContentResponse> read = read(turn::result);
		return (repairs == 0) ? read : read.onErrorResume(GeminiResponseMismatchException.class,
				(ex) -> proceed(turn.withCorrection(CORRECTION.formatted(ex.getReason())), next, repairs - 1));
	}

	private Flux<GenerateContentResponse> read(Supplier<PromptResult> result) {
		return CallerThreadLocals.call(() -> this.reader.apply(result.get()))
			.doOnNext((value) -> this.value = value)
			.thenMany(Flux.empty());
	}

	/**
	 * Return the events of a run that this reader advises.
	 * @param run the run
	 * @return the events
	 */
	Flux<GenerateContentResponse> events(PromptRun run) {
		// What an advisor has returned instead has to be read as well.
		return run.events(this)
			.concatWith(Flux.defer(() -> (this.value != null && !run.isChanged()) ? Flux.empty() : read(run::result)));
	}

	/**
	 * Return the value of a run that this reader advises.
	 * @param run the run
	 * @return the value
	 */
	Mono<T> value(PromptRun run) {
		return events(run).then(Mono.fromSupplier(this::value));
	}

	/**
	 * Return the values of a streamed entity.
	 * @param run the run that this reader advises
	 * @return the values, the last one complete
	 */
	Flux<T> values(PromptRun run) {
		Assert.state(this.entity != null, "The reader is not that of an entity");
		return this.entity.read(events(run), this::value);
	}

	private T value() {
		T value = this.value;
		Assert.state(value != null, "The turn has not ended");
		return value;
	}

}
