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

package com.cometapi.gemini;

import java.lang.reflect.Type;
import java.util.function.Consumer;

import com.cometapi.gemini.PromptCalls.TurnValue;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.client.CallerThreadLocals;
import com.cometapi.gemini.entity.EntityReader;
import com.cometapi.gemini.entity.EntityReaderFactory;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.schema.GeminiSchema;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Asks for values of types, and asks again where the answer does not fit. Thread-safe.
 */
final class EntityCalls {

	private static final String REPAIR = """
			Your last answer does not fit the JSON schema that was asked for: %s
			Answer again with the whole corrected JSON and nothing else.""";

	private final GeminiEntitySettings settings;

	private final EntityReaderFactory readers;

	EntityCalls(GeminiEntitySettings settings) {
		this.settings = settings;
		this.readers = new EntityReaderFactory(settings);
	}

	int repairs() {
		return this.settings.repairs();
	}

	<T> Mono<T> call(PromptCalls calls, Type type, int repairs) {
		return Mono.defer(() -> {
			EntityReader<T> reader = this.readers.forType(type);
			PromptCalls typed = calls.with(schemaStep(reader.schema()));
			return typed.turn((draft) -> ask(typed, draft, reader, repairs), TurnValue::turn).map(TurnValue::value);
		});
	}

	private <T> Mono<TurnValue<T>> ask(PromptCalls calls, PromptDraft draft, EntityReader<T> reader, int repairs) {
		return calls.send(draft).flatMap((turn) -> {
			Mono<TurnValue<T>> answer = CallerThreadLocals
				.call(() -> new TurnValue<>(turn, reader.read(turn.response())));
			return (repairs == 0) ? answer : answer.onErrorResume(GeminiResponseMismatchException.class, (ex) -> {
				Content complaint = Content.user(REPAIR.formatted(ex.getReason()));
				draft.askAgain(turn.contents(), complaint);
				return ask(calls, draft, reader, repairs - 1)
					.map((better) -> new TurnValue<>(TurnContents.repaired(turn, complaint, better.turn()),
							better.value()));
			});
		});
	}

	<T> Flux<T> stream(PromptCalls calls, Type type) {
		return Flux.defer(() -> {
			EntityReader<T> reader = this.readers.forType(type);
			return calls.with(schemaStep(reader.schema())).stream(reader::read);
		});
	}

	private static Consumer<PromptDraft> schemaStep(GeminiSchema schema) {
		return (draft) -> {
			GenerationConfig.Builder config = draft.generationConfig();
			GenerationConfig set = config.build();
			Assert.isTrue(set.responseSchema() == null && set.responseJsonSchema() == null,
					"A prompt for an entity must not have a schema of its own: use call() or text() with it instead");
			// What the configuration says of other answers does not hold for this one.
			config.responseMimeType(null);
			if (schema.schema() != null) {
				ResponseSchemas.apply(config, schema.schema());
			}
			else if (schema.jsonSchema() != null) {
				ResponseSchemas.apply(config, schema.jsonSchema());
			}
		};
	}

}
