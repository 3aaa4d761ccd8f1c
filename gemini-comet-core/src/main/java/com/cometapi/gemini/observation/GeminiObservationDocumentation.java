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

package com.cometapi.gemini.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of this library.
 */
public enum GeminiObservationDocumentation implements ObservationDocumentation {

	/**
	 * One call to a model, over all of its attempts.
	 */
	GENERATE_CONTENT {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultGeminiObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return Events.values();
		}
	};

	/**
	 * Events of the observations.
	 */
	public enum Events implements Observation.Event {

		/**
		 * The response announced that the model will be retired. Counted as
		 * {@code gen_ai.client.operation.model_retirement}.
		 */
		MODEL_RETIREMENT("model_retirement", "retirement of the model announced");

		private final String name;

		private final String contextualName;

		Events(String name, String contextualName) {
			this.name = name;
			this.contextualName = contextualName;
		}

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public String getContextualName() {
			return this.contextualName;
		}

	}

	/**
	 * Keys with few values, on every observation.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The operation: {@code generate_content}.
		 */
		OPERATION_NAME("gen_ai.operation.name"),

		/**
		 * The flavour of the API: {@code gcp.gemini}.
		 */
		PROVIDER_NAME("gen_ai.provider.name"),

		/**
		 * The model that was asked.
		 */
		REQUEST_MODEL("gen_ai.request.model"),

		/**
		 * Whether the answer was streamed: {@code true} or {@code false}.
		 */
		REQUEST_STREAM("gen_ai.request.stream"),

		/**
		 * The model that answered, {@code none} if none did.
		 */
		RESPONSE_MODEL("gen_ai.response.model"),

		/**
		 * What a filter blocked: {@code prompt}, {@code response} or {@code none}.
		 */
		BLOCKED("cometapi.gemini.blocked"),

		/**
		 * How the call failed: the simple name of the exception, {@code cancelled} if the
		 * caller did not wait for the end, otherwise {@code none}.
		 */
		ERROR_TYPE("error.type"),

		/**
		 * The host of the endpoint.
		 */
		SERVER_ADDRESS("server.address"),

		/**
		 * The port of the endpoint.
		 */
		SERVER_PORT("server.port");

		private final String key;

		LowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys with many values, only where there is one.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The tokens of the prompt, cached ones and those that built-in tools fed back
		 * included.
		 */
		INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/**
		 * The tokens of the answer, thoughts included.
		 */
		OUTPUT_TOKENS("gen_ai.usage.output_tokens"),

		/**
		 * The tokens of the prompt that came from a cache.
		 */
		CACHED_TOKENS("gen_ai.usage.cache_read.input_tokens"),

		/**
		 * The tokens of the thoughts.
		 */
		REASONING_TOKENS("gen_ai.usage.reasoning.output_tokens"),

		/**
		 * Why the model stopped, one reason for each answer, with commas between them.
		 */
		FINISH_REASONS("gen_ai.response.finish_reasons"),

		/**
		 * Why the prompt was blocked.
		 */
		BLOCK_REASON("cometapi.gemini.block_reason"),

		/**
		 * The time at which the model will be retired, or its stage if the endpoint names
		 * no time.
		 */
		MODEL_RETIREMENT("cometapi.gemini.model_retirement"),

		/**
		 * The id of the answer.
		 */
		RESPONSE_ID("gen_ai.response.id"),

		/**
		 * The time to the first event of a stream in seconds.
		 */
		TIME_TO_FIRST_CHUNK("gen_ai.response.time_to_first_chunk"),

		/**
		 * What was asked for: {@code json}, {@code image} or {@code speech}.
		 */
		OUTPUT_TYPE("gen_ai.output.type"),

		/**
		 * How many answers were asked for.
		 */
		CHOICE_COUNT("gen_ai.request.choice.count"),

		/**
		 * The limit of the tokens of the answer, thoughts included.
		 */
		MAX_TOKENS("gen_ai.request.max_tokens"),

		/**
		 * The temperature.
		 */
		TEMPERATURE("gen_ai.request.temperature"),

		/**
		 * How many tokens are candidates for the next one.
		 */
		TOP_K("gen_ai.request.top_k"),

		/**
		 * The sum of the probabilities of these tokens.
		 */
		TOP_P("gen_ai.request.top_p"),

		/**
		 * The penalty for tokens by how often they were used.
		 */
		FREQUENCY_PENALTY("gen_ai.request.frequency_penalty"),

		/**
		 * The penalty for tokens that were used.
		 */
		PRESENCE_PENALTY("gen_ai.request.presence_penalty"),

		/**
		 * The seed.
		 */
		SEED("gen_ai.request.seed");

		private final String key;

		HighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
