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
	},

	/**
	 * One turn, from the first advisor to the last event: its rounds, functions and
	 * conversation. Only for prompts with functions, advisors or a typed response; any
	 * other prompt is one call.
	 */
	INVOKE_AGENT {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultGeminiTurnObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return TurnLowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return TurnHighCardinalityKeyNames.values();
		}
	},

	/**
	 * One execution of a function that a model called, including the wait for a thread.
	 */
	EXECUTE_TOOL {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultGeminiFunctionObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return FunctionLowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return FunctionHighCardinalityKeyNames.values();
		}
	};

	/**
	 * Events of the observations.
	 */
	public enum Events implements Observation.Event {

		/**
		 * The response announced that the model will be retired. Counted as
		 * {@code gen_ai.client.inference.duration.model_retirement}.
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
	 * Keys of calls with few values, present on every observation.
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
		 * The name of the connection.
		 */
		CONNECTION("cometapi.gemini.connection"),

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
	 * Keys of calls with many values, present only with a value.
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
		 * The tokens that built-in tools fed back, a part of the input tokens.
		 */
		TOOL_USE_TOKENS("cometapi.gemini.usage.tool_use.input_tokens"),

		/**
		 * The cost of the call, in the currency of the prices.
		 */
		COST("cometapi.gemini.cost"),

		/**
		 * The finish reasons of all candidates, separated by commas; {@code error} if the
		 * call failed or was cancelled before there was one.
		 */
		FINISH_REASONS("gen_ai.response.finish_reasons"),

		/**
		 * The id of the conversation, in a chat.
		 */
		CONVERSATION_ID("gen_ai.conversation.id"),

		/**
		 * The reason why the prompt was blocked.
		 */
		BLOCK_REASON("cometapi.gemini.block_reason"),

		/**
		 * The reason for which the call went to a fallback, such as {@code overloaded}.
		 */
		FALLBACK_REASON("cometapi.gemini.fallback_reason"),

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
		SEED("gen_ai.request.seed"),

		/**
		 * The texts that end the response, separated by commas.
		 */
		STOP_SEQUENCES("gen_ai.request.stop_sequences"),

		/**
		 * The thinking level, as it is sent.
		 */
		REASONING_LEVEL("gen_ai.request.reasoning.level"),

		/**
		 * The system instruction as JSON, only on request.
		 */
		SYSTEM_INSTRUCTIONS("gen_ai.system_instructions"),

		/**
		 * The contents of the request as JSON, only on request.
		 */
		INPUT_MESSAGES("gen_ai.input.messages"),

		/**
		 * The contents of the response as JSON, only on request.
		 */
		OUTPUT_MESSAGES("gen_ai.output.messages");

		private final String key;

		HighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of turns with few values, present on every observation.
	 */
	public enum TurnLowCardinalityKeyNames implements KeyName {

		/**
		 * The operation: {@code invoke_agent}.
		 */
		OPERATION_NAME("gen_ai.operation.name"),

		/**
		 * The flavour of the API: {@code gcp.gemini}.
		 */
		PROVIDER_NAME("gen_ai.provider.name"),

		/**
		 * Whether the prompt is streamed: {@code true} or {@code false}.
		 */
		REQUEST_STREAM("gen_ai.request.stream"),

		/**
		 * The simple name of the exception, {@code cancelled} if the caller cancelled the
		 * prompt, otherwise {@code none}.
		 */
		ERROR_TYPE("error.type");

		private final String key;

		TurnLowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of turns with many values, present only with a value.
	 */
	public enum TurnHighCardinalityKeyNames implements KeyName {

		/**
		 * The requested model.
		 */
		REQUEST_MODEL("gen_ai.request.model"),

		/**
		 * The id of the conversation, in a chat.
		 */
		CONVERSATION_ID("gen_ai.conversation.id"),

		/**
		 * The number of rounds.
		 */
		ROUNDS("cometapi.gemini.rounds"),

		/**
		 * The input tokens of all rounds.
		 */
		INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/**
		 * The output tokens of all rounds.
		 */
		OUTPUT_TOKENS("gen_ai.usage.output_tokens"),

		/**
		 * The cost of all rounds, in the currency of the prices.
		 */
		COST("cometapi.gemini.cost");

		private final String key;

		TurnHighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of functions with few values, present on every observation.
	 */
	public enum FunctionLowCardinalityKeyNames implements KeyName {

		/**
		 * The operation: {@code execute_tool}.
		 */
		OPERATION_NAME("gen_ai.operation.name"),

		/**
		 * The name of the function.
		 */
		TOOL_NAME("gen_ai.tool.name"),

		/**
		 * The kind of the tool: {@code function}.
		 */
		TOOL_TYPE("gen_ai.tool.type"),

		/**
		 * The source of the function, such as the name of an MCP server, or {@code none}
		 * if it is part of the application.
		 */
		SOURCE("cometapi.gemini.function_source"),

		/**
		 * The simple name of the exception, even if the model received an error response,
		 * {@code timeout}, {@code cancelled}, otherwise {@code none}.
		 */
		ERROR_TYPE("error.type");

		private final String key;

		FunctionLowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of functions with many values, present only with a value.
	 */
	public enum FunctionHighCardinalityKeyNames implements KeyName {

		/**
		 * The id of the function call.
		 */
		CALL_ID("gen_ai.tool.call.id"),

		/**
		 * The id of the conversation, in a chat.
		 */
		CONVERSATION_ID("gen_ai.conversation.id");

		private final String key;

		FunctionHighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
