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
 * Documents the observations of this library.
 */
public enum GeminiObservationDocumentation implements ObservationDocumentation {

	/**
	 * One call to a model, including its retries.
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
	 * Keys with few values, present on every observation.
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
		 * The requested model.
		 */
		REQUEST_MODEL("gen_ai.request.model"),

		/**
		 * Whether the response was streamed: {@code true} or {@code false}.
		 */
		REQUEST_STREAM("gen_ai.request.stream"),

		/**
		 * The model that responded, or {@code none}.
		 */
		RESPONSE_MODEL("gen_ai.response.model"),

		/**
		 * The content that a filter blocked: {@code prompt}, {@code response} or
		 * {@code none}.
		 */
		BLOCKED("cometapi.gemini.blocked"),

		/**
		 * The simple name of the exception, {@code cancelled} if the caller cancelled the
		 * call, otherwise {@code none}.
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
	 * Keys with many values, present only with a value.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The tokens of the prompt, including cached ones and those of built-in tools.
		 */
		INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/**
		 * The tokens of the response, including thoughts.
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
		 * The finish reasons of all candidates, separated by commas.
		 */
		FINISH_REASONS("gen_ai.response.finish_reasons"),

		/**
		 * The reason why the prompt was blocked.
		 */
		BLOCK_REASON("cometapi.gemini.block_reason"),

		/**
		 * The time at which the model will be retired, or its stage if the endpoint names
		 * no time.
		 */
		MODEL_RETIREMENT("cometapi.gemini.model_retirement"),

		/**
		 * The id of the response.
		 */
		RESPONSE_ID("gen_ai.response.id"),

		/**
		 * The time to the first event of a stream in seconds.
		 */
		TIME_TO_FIRST_CHUNK("gen_ai.response.time_to_first_chunk"),

		/**
		 * The requested output: {@code json}, {@code image} or {@code speech}.
		 */
		OUTPUT_TYPE("gen_ai.output.type"),

		/**
		 * The requested number of candidates.
		 */
		CHOICE_COUNT("gen_ai.request.choice.count"),

		/**
		 * The maximum number of tokens of the response, including thoughts.
		 */
		MAX_TOKENS("gen_ai.request.max_tokens"),

		/**
		 * The temperature.
		 */
		TEMPERATURE("gen_ai.request.temperature"),

		/**
		 * The number of tokens considered for the next one.
		 */
		TOP_K("gen_ai.request.top_k"),

		/**
		 * The cumulative probability for nucleus sampling.
		 */
		TOP_P("gen_ai.request.top_p"),

		/**
		 * The frequency penalty.
		 */
		FREQUENCY_PENALTY("gen_ai.request.frequency_penalty"),

		/**
		 * The presence penalty.
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
