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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.client.GeminiAuth;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the Gemini client and template.
 *
 * @param enabled Whether to configure the Gemini client and template.
 * @param baseUrl Address of the endpoint, without the API version.
 * @param apiKey Key to send, taken from 'COMETAPI_KEY' if not set.
 * @param apiVersion Version segment of the path.
 * @param auth Header that carries the key.
 * @param model Model to ask when a request names none.
 * @param modelsPath Path of the list of models.
 * @param modelsAuth Header that carries the key when the models are listed. If not set,
 * 'bearer' for the path '/v1/models' and 'auth' for any other.
 * @param connectTimeout Time to wait for a connection.
 * @param firstEventTimeout Time to wait for the first event of a stream, or for the whole
 * answer of a call that does not stream.
 * @param idleTimeout Time to wait between two events, or signs of life, of a stream.
 * @param totalTimeout Time to wait for the whole call with all its attempts, unlimited if
 * not set.
 * @param maxResponseSize Largest answer to accept, all its events included.
 * @param maxEventSize Largest event to accept.
 * @param requireFinishReason Whether a stream that ends without a finish reason is an
 * error.
 * @param readDataUrls Whether to read images that the text of a response holds as
 * Markdown data URLs.
 * @param thinking How models think where a request says nothing itself.
 * @param generation How to generate where a request says nothing itself.
 * @param safety Thresholds of the safety filters by harm category.
 * @param ssl TLS to the endpoint.
 * @param proxy HTTP proxy in front of the endpoint.
 * @param http2 Whether to use HTTP/2 with an endpoint that offers it over TLS.
 * @param pool Connections to the endpoint.
 * @param retry When and how often to try again.
 * @param functions How functions are run that a model asks for.
 * @param entity Typed answers.
 * @param sse Events to the browser.
 * @param chat Conversations.
 * @param health Health of the endpoint.
 * @param observation Observation of calls to models.
 * @param threads Threads for code that may block.
 */
@ConfigurationProperties("cometapi.gemini")
public record GeminiProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("https://api.cometapi.com") String baseUrl, @Nullable String apiKey,
		@DefaultValue("v1beta") String apiVersion, @DefaultValue("x-goog-api-key") GeminiAuth auth,
		@DefaultValue(GeminiDefaults.DEFAULT_MODEL) String model, @DefaultValue("/v1/models") String modelsPath,
		@Nullable GeminiAuth modelsAuth, @DefaultValue("10s") Duration connectTimeout,
		@DefaultValue("3m") Duration firstEventTimeout, @DefaultValue("60s") Duration idleTimeout,
		@Nullable Duration totalTimeout, @DefaultValue("64MB") DataSize maxResponseSize,
		@DefaultValue("16MB") DataSize maxEventSize, @DefaultValue("true") boolean requireFinishReason,
		@DefaultValue("false") boolean readDataUrls, @DefaultValue Thinking thinking,
		@DefaultValue Generation generation, @DefaultValue Map<String, Threshold> safety, @DefaultValue Ssl ssl,
		@DefaultValue Proxy proxy, @DefaultValue("false") boolean http2, @DefaultValue Pool pool,
		@DefaultValue Retry retry, @DefaultValue Functions functions, @DefaultValue Entity entity,
		@DefaultValue Sse sse, @DefaultValue Chat chat, @DefaultValue Health health,
		@DefaultValue Observation observation, @DefaultValue Threads threads) {

	@Override
	public String toString() {
		return "GeminiProperties[enabled=%s, model=%s]".formatted(this.enabled, this.model);
	}

	/**
	 * How models think where a request says nothing itself.
	 *
	 * @param level How much to think, for models that take a level.
	 * @param budget Tokens to think with, for models that take a budget; 0 switches
	 * thinking off and -1 leaves it to the model.
	 * @param includeThoughts Whether to ask for summaries of the thoughts.
	 * @param onMismatch What to do with a setting of a request that does not fit its
	 * model.
	 * @param families Which setting the models take whose id starts with a prefix.
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
	 * @param temperature Randomness of the answer, from 0 to 2.
	 * @param topP Share of the probability that tokens are drawn from.
	 * @param topK Number of the likeliest tokens that tokens are drawn from.
	 * @param candidateCount Number of answers to generate.
	 * @param maxOutputTokens Largest number of tokens to generate, thoughts included.
	 * @param stopSequences Texts that end the answer.
	 * @param seed Seed of the randomness.
	 * @param presencePenalty Penalty for tokens that were used before.
	 * @param frequencyPenalty Penalty for tokens by how often they were used before.
	 * @param responseMimeType MIME type of the answer.
	 * @param responseModalities Kinds of output to generate.
	 * @param mediaResolution Resolution at which media are read.
	 * @param responseLogprobs Whether to return log probabilities.
	 * @param logprobs Number of the likeliest tokens to return log probabilities for.
	 * @param speech How to speak.
	 * @param image How to draw.
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
		 * @param voice Name of the voice.
		 * @param languageCode Language to speak, as a BCP 47 tag.
		 */
		public record Speech(@Nullable String voice, @Nullable String languageCode) {

		}

		/**
		 * How to draw.
		 *
		 * @param aspectRatio Ratio of width to height.
		 * @param size Size of the image.
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
	 * @param bundle Name of the SSL bundle.
	 */
	public record Ssl(@Nullable String bundle) {

	}

	/**
	 * HTTP proxy in front of the endpoint.
	 *
	 * @param host Host name of the proxy.
	 * @param port Port of the proxy.
	 * @param username User name at the proxy.
	 * @param password Password at the proxy.
	 * @param nonProxyHosts Hosts to reach directly, with '*' for any characters.
	 */
	public record Proxy(@Nullable String host, @DefaultValue("8080") int port, @Nullable String username,
			@Nullable String password, @DefaultValue List<String> nonProxyHosts) {

		@Override
		public String toString() {
			return "Proxy[host=%s, port=%d]".formatted(this.host, this.port);
		}

	}

	/**
	 * Connections to the endpoint. Not used if the application has given its connectors a
	 * pool of their own.
	 *
	 * @param maxConnections Largest number of connections.
	 * @param maxConcurrentStreams Largest number of calls that share a connection with
	 * HTTP/2, if the endpoint allows as many.
	 * @param pendingAcquireMaxCount Largest number of calls that wait for a connection.
	 * @param pendingAcquireTimeout Time to wait for a connection of the pool.
	 * @param maxIdleTime Time after which a connection without a call is closed, less
	 * than the endpoint keeps it open.
	 * @param maxLifeTime Time after which a connection is closed when its call has ended.
	 * @param evictInBackground Time between two searches for connections to close.
	 */
	public record Pool(@DefaultValue("500") int maxConnections, @DefaultValue("100") int maxConcurrentStreams,
			@DefaultValue("1000") int pendingAcquireMaxCount, @DefaultValue("45s") Duration pendingAcquireTimeout,
			@DefaultValue("30s") Duration maxIdleTime, @DefaultValue("10m") Duration maxLifeTime,
			@DefaultValue("30s") Duration evictInBackground) {

	}

	/**
	 * When and how often to try again.
	 *
	 * @param maxAttempts Number of attempts with the first one, so that 1 switches
	 * retries off.
	 * @param initialDelay Time to wait after the first attempt, if the endpoint does not
	 * say how long.
	 * @param multiplier Factor by which the wait grows.
	 * @param maxDelay Longest time to wait, if the endpoint does not say how long.
	 * @param jitter Share of a wait that is random, from 0 to 1.
	 * @param budget Time from the start of a call within which an attempt may begin.
	 */
	public record Retry(@DefaultValue("3") int maxAttempts, @DefaultValue("1s") Duration initialDelay,
			@DefaultValue("2.0") double multiplier, @DefaultValue("30s") Duration maxDelay,
			@DefaultValue("0.5") double jitter, @DefaultValue("2m") Duration budget) {

	}

	/**
	 * How functions are run that a model asks for.
	 *
	 * @param maxRounds How often the model may ask for functions in one prompt.
	 * @param maxConcurrency Largest number of functions of one prompt that run at the
	 * same time.
	 * @param timeout Time that one function may take.
	 * @param maxResultSize Largest result of a function, its media not included.
	 * @param onError What to do when a function fails or its arguments are not valid.
	 * @param echoIds Whether to send the ids of calls back with their results.
	 */
	public record Functions(@DefaultValue("10") int maxRounds, @DefaultValue("8") int maxConcurrency,
			@DefaultValue("2m") Duration timeout, @DefaultValue("8MB") DataSize maxResultSize,
			@DefaultValue("reply") OnError onError, @DefaultValue("true") boolean echoIds) {

	}

	/**
	 * Typed answers.
	 *
	 * @param repairs Number of times that a model is told what was wrong with its answer
	 * and asked again, each of them billed.
	 * @param validate Whether to check the constraints of answers, if there is a
	 * validator.
	 */
	public record Entity(@DefaultValue("0") int repairs, @DefaultValue("true") boolean validate) {

	}

	/**
	 * Events to the browser.
	 *
	 * @param heartbeatInterval Time of silence after which a comment is sent, so that a
	 * browser that left is noticed.
	 * @param timeout Time after which a stream to the browser is ended.
	 * @param writeTimeout Time after which a browser that takes nothing is given up.
	 * @param shutdownLeadTime Time before the end of the graceful shutdown when streams
	 * to browsers are ended. If not set, a fifth of
	 * spring.lifecycle.timeout-per-shutdown-phase, at most five seconds.
	 */
	public record Sse(@DefaultValue("15s") Duration heartbeatInterval, @Nullable Duration timeout,
			@DefaultValue("60s") Duration writeTimeout, @Nullable Duration shutdownLeadTime) {

	}

	/**
	 * Conversations.
	 *
	 * @param repository Where to keep conversations.
	 * @param maxConversations Largest number of conversations to keep in memory.
	 * @param timeToLive Time after its last turn when a conversation is forgotten. If not
	 * set, one day in memory and never elsewhere.
	 * @param maxTurns Largest number of turns to keep of a conversation.
	 * @param window How much of a conversation to send.
	 * @param redis Conversations in Redis.
	 */
	public record Chat(@DefaultValue("memory") Repository repository, @DefaultValue("1000") int maxConversations,
			@Nullable Duration timeToLive, @DefaultValue("1000") int maxTurns, @DefaultValue Window window,
			@DefaultValue Redis redis) {

		/**
		 * Where to keep conversations.
		 */
		public enum Repository {

			/**
			 * In the memory of the process.
			 */
			MEMORY,

			/**
			 * In the database of the application's data source.
			 */
			JDBC,

			/**
			 * In Redis.
			 */
			REDIS

		}

		/**
		 * How much of a conversation to send.
		 *
		 * @param maxTurns Largest number of turns to send with a prompt, all if not set.
		 * @param maxTokens Largest number of tokens to send with a prompt, unlimited if
		 * not set.
		 */
		public record Window(@Nullable Integer maxTurns, @Nullable Integer maxTokens) {

		}

		/**
		 * Conversations in Redis.
		 *
		 * @param keyPrefix Text before the id in the key of a conversation.
		 */
		public record Redis(@DefaultValue("gemini:chat:") String keyPrefix) {

		}

	}

	/**
	 * Health of the endpoint.
	 *
	 * @param cacheTtl Time for which a result is kept.
	 * @param timeout Time after which the endpoint counts as down.
	 */
	public record Health(@DefaultValue("30s") Duration cacheTtl, @DefaultValue("5s") Duration timeout) {

	}

	/**
	 * Observation of calls to models.
	 *
	 * @param maxModels Number of models that metrics report by their names, further ones
	 * being reported as 'other'.
	 */
	public record Observation(@DefaultValue("100") int maxModels) {

	}

	/**
	 * Threads for code that may block, virtual ones if the application uses those.
	 *
	 * @param functions Largest number of threads for functions and approvals.
	 * @param stores Largest number of threads for stores of conversations.
	 * @param media Largest number of threads for media that are read or written.
	 * @param filters Largest number of threads for filters of the WebClient.
	 * @param browsers Largest number of threads for responses to browsers that support
	 * blocking writes only.
	 * @param maxWait Longest wait for a thread, except that of a function, which counts
	 * in its own timeout.
	 */
	public record Threads(@DefaultValue("256") int functions, @DefaultValue("64") int stores,
			@DefaultValue("64") int media, @DefaultValue("64") int filters, @DefaultValue("64") int browsers,
			@DefaultValue("10s") Duration maxWait) {

	}

}
