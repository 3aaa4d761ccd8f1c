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

package com.cometapi.gemini.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.ThinkingDefaults.ThinkingControl;
import com.cometapi.gemini.client.GeminiAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the Gemini client and template.
 *
 * @param enabled whether to configure the Gemini client and template
 * @param baseUrl address of the endpoint, without the API version
 * @param apiKey key to send, taken from 'COMETAPI_KEY' if not set
 * @param apiVersion version segment of the path
 * @param auth header that carries the key
 * @param modelsPath path of the list of models
 * @param model model to ask when a request names none
 * @param connectTimeout time until the connection stands
 * @param firstEventTimeout time until the first event of a stream, or until the whole
 * answer of a call that does not stream
 * @param idleTimeout time between two events of a stream
 * @param totalTimeout time of the whole call
 * @param maxResponseSize largest answer to accept, all its events included
 * @param maxEventSize largest event to accept
 * @param requireFinishReason whether a stream that ends without a finish reason is an
 * error
 * @param thinking how models think
 * @param generation how to generate
 * @param safety thresholds of the safety filters by harm category
 * @param ssl TLS to the endpoint
 * @param proxy HTTP proxy in front of the endpoint
 * @param sse events to the browser
 * @param health health of the endpoint
 */
@ConfigurationProperties("cometapi.gemini")
public record GeminiProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("https://api.cometapi.com") URI baseUrl, @Nullable String apiKey,
		@DefaultValue("v1beta") String apiVersion, @DefaultValue("x-goog-api-key") GeminiAuth auth,
		@DefaultValue("/v1/models") String modelsPath, @DefaultValue("gemini-2.5-flash") String model,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("3m") Duration firstEventTimeout,
		@DefaultValue("60s") Duration idleTimeout, @Nullable Duration totalTimeout,
		@DefaultValue("64MB") DataSize maxResponseSize, @DefaultValue("16MB") DataSize maxEventSize,
		@DefaultValue("true") boolean requireFinishReason, @DefaultValue Thinking thinking,
		@DefaultValue Generation generation, @DefaultValue Map<String, Threshold> safety, @DefaultValue Ssl ssl,
		@DefaultValue Proxy proxy, @DefaultValue Sse sse, @DefaultValue Health health) {

	@Override
	public String toString() {
		return "GeminiProperties[enabled=%s, model=%s]".formatted(this.enabled, this.model);
	}

	/**
	 * How models think where a request says nothing itself.
	 *
	 * @param level how much to think, for models that take a level
	 * @param budget tokens to think with, for models that take a budget; 0 switches
	 * thinking off and -1 leaves it to the model
	 * @param includeThoughts whether to ask for summaries of the thoughts
	 * @param onMismatch what to do with a setting of a request that does not fit its
	 * model
	 * @param families which setting the models take whose id starts with a prefix
	 */
	public record Thinking(@Nullable Level level, @Nullable Integer budget, @Nullable Boolean includeThoughts,
			@DefaultValue("fail") OnMismatch onMismatch, @DefaultValue Map<String, ThinkingControl> families) {

		/**
		 * How much to think.
		 */
		public enum Level {

			/**
			 * As little as the model can.
			 */
			MINIMAL,

			/**
			 * Little.
			 */
			LOW,

			/**
			 * In between.
			 */
			MEDIUM,

			/**
			 * Much.
			 */
			HIGH

		}

	}

	/**
	 * How to generate where a request says nothing itself. What is not set is not sent.
	 *
	 * @param temperature randomness of the answer, from 0 to 2
	 * @param topP share of the probability that tokens are drawn from
	 * @param topK number of the likeliest tokens that tokens are drawn from
	 * @param candidateCount number of answers to generate
	 * @param maxOutputTokens largest number of tokens to generate, thoughts included
	 * @param stopSequences texts that end the answer
	 * @param seed seed of the randomness
	 * @param presencePenalty penalty for tokens that were used before
	 * @param frequencyPenalty penalty for tokens by how often they were used before
	 * @param responseMimeType MIME type of the answer
	 * @param responseModalities kinds of output to generate
	 * @param mediaResolution resolution at which media are read
	 * @param responseLogprobs whether to return log probabilities
	 * @param logprobs number of the likeliest tokens to return log probabilities for
	 * @param speech how to speak
	 * @param image how to draw
	 */
	public record Generation(@Nullable Double temperature, @Nullable Double topP, @Nullable Integer topK,
			@Nullable Integer candidateCount, @Nullable Integer maxOutputTokens,
			@DefaultValue List<String> stopSequences, @Nullable Integer seed, @Nullable Double presencePenalty,
			@Nullable Double frequencyPenalty, @Nullable String responseMimeType,
			@DefaultValue List<Output> responseModalities, @Nullable Resolution mediaResolution,
			@Nullable Boolean responseLogprobs, @Nullable Integer logprobs, @DefaultValue Speech speech,
			@DefaultValue Image image) {

		/**
		 * Kind of output.
		 */
		public enum Output {

			/**
			 * Text.
			 */
			TEXT,

			/**
			 * Images.
			 */
			IMAGE,

			/**
			 * Speech.
			 */
			AUDIO,

			/**
			 * Video.
			 */
			VIDEO

		}

		/**
		 * Resolution at which media are read.
		 */
		public enum Resolution {

			/**
			 * Fewest tokens.
			 */
			LOW,

			/**
			 * In between.
			 */
			MEDIUM,

			/**
			 * Most tokens.
			 */
			HIGH

		}

		/**
		 * How to speak.
		 *
		 * @param voice name of the voice
		 * @param languageCode language to speak, as a BCP 47 tag
		 */
		public record Speech(@Nullable String voice, @Nullable String languageCode) {

		}

		/**
		 * How to draw.
		 *
		 * @param aspectRatio ratio of width to height
		 * @param size size of the image
		 */
		public record Image(@Nullable String aspectRatio, @Nullable String size) {

		}

	}

	/**
	 * From which probability of harm on an answer is blocked.
	 */
	public enum Threshold {

		/**
		 * The filter is switched off.
		 */
		OFF,

		/**
		 * Nothing is blocked.
		 */
		BLOCK_NONE,

		/**
		 * High probability is blocked.
		 */
		BLOCK_ONLY_HIGH,

		/**
		 * Medium and high probability is blocked.
		 */
		BLOCK_MEDIUM_AND_ABOVE,

		/**
		 * Low, medium and high probability is blocked.
		 */
		BLOCK_LOW_AND_ABOVE

	}

	/**
	 * TLS to the endpoint.
	 *
	 * @param bundle name of the SSL bundle
	 */
	public record Ssl(@Nullable String bundle) {

	}

	/**
	 * HTTP proxy in front of the endpoint.
	 *
	 * @param host host name of the proxy
	 * @param port port of the proxy
	 * @param username user name at the proxy
	 * @param password password at the proxy
	 * @param nonProxyHosts hosts to reach directly, with '*' for any characters
	 */
	public record Proxy(@Nullable String host, @DefaultValue("8080") int port, @Nullable String username,
			@Nullable String password, @DefaultValue List<String> nonProxyHosts) {

		@Override
		public String toString() {
			return "Proxy[host=%s, port=%d]".formatted(this.host, this.port);
		}

	}

	/**
	 * Events to the browser.
	 *
	 * @param heartbeatInterval time of silence after which a comment is sent, so that a
	 * browser that left is noticed
	 * @param timeout time after which a stream to the browser is ended
	 */
	public record Sse(@DefaultValue("15s") Duration heartbeatInterval, @Nullable Duration timeout) {

	}

	/**
	 * Health of the endpoint.
	 *
	 * @param cacheTtl time for which a result is kept
	 * @param timeout time after which the endpoint counts as down
	 */
	public record Health(@DefaultValue("30s") Duration cacheTtl, @DefaultValue("5s") Duration timeout) {

	}

}
