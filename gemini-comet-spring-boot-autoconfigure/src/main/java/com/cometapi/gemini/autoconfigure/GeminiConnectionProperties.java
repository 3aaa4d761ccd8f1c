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
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of a connection and of the requests that are sent over it.
 * Those of the default connection are directly below {@code cometapi.gemini}. Each other
 * connection has its own, below {@code cometapi.gemini.connections.<name>}, and inherits
 * what it does not set from the default connection.
 *
 * @param baseUrl Base URL of the endpoint, without the API version.
 * @param apiKey API key. If not set, the value of 'COMETAPI_KEY' is used.
 * @param apiVersion API version, used as the first segment of the path.
 * @param auth Header in which the API key is sent.
 * @param model Default model of requests.
 * @param modelsPath Path of the model list.
 * @param modelsAuth Header in which the API key is sent when models are listed. If not
 * set, 'bearer' for the path '/v1/models' and the value of 'auth' for any other.
 * @param connectTimeout Timeout for establishing a connection.
 * @param firstEventTimeout Timeout for the first event of a stream, or for the whole
 * response of a call without streaming.
 * @param idleTimeout Timeout between two events of a stream, keep-alive comments
 * included.
 * @param totalTimeout Timeout for a whole prompt, including retries, function rounds and
 * storing a chat turn. Unlimited if not set.
 * @param maxResponseSize Maximum size of a response, all events of a stream included.
 * @param maxEventSize Maximum size of a single event.
 * @param requireFinishReason Whether a stream that ends without a finish reason is
 * treated as an error.
 * @param readDataUrls Whether to extract images that a text response embeds as Markdown
 * data URLs.
 * @param thinking Thinking defaults of requests.
 * @param generation Generation defaults of requests.
 * @param safety Blocking thresholds by harm category, such as 'harassment:
 * block-only-high'.
 * @param ssl TLS connections to the endpoint.
 * @param proxy HTTP proxy in front of the endpoint.
 * @param http2 Whether to use HTTP/2 if the endpoint supports it over TLS.
 * @param pool Connection pool.
 * @param retry Retries of failed calls.
 */
@ConfigurationProperties("cometapi.gemini")
public record GeminiConnectionProperties(@DefaultValue("https://api.cometapi.com") String baseUrl,
		@Nullable String apiKey, @DefaultValue("v1beta") String apiVersion,
		@DefaultValue("x-goog-api-key") GeminiAuth auth, @DefaultValue(GeminiDefaults.DEFAULT_MODEL) String model,
		@DefaultValue("/v1/models") String modelsPath, @Nullable GeminiAuth modelsAuth,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("3m") Duration firstEventTimeout,
		@DefaultValue("60s") Duration idleTimeout, @Nullable Duration totalTimeout,
		@DefaultValue("64MB") DataSize maxResponseSize, @DefaultValue("16MB") DataSize maxEventSize,
		@DefaultValue("true") boolean requireFinishReason, @DefaultValue("false") boolean readDataUrls,
		@DefaultValue Thinking thinking, @DefaultValue Generation generation, @DefaultValue Map<String, String> safety,
		@DefaultValue Ssl ssl, @DefaultValue Proxy proxy, @DefaultValue("false") boolean http2, @DefaultValue Pool pool,
		@DefaultValue Retry retry) {

	@Override
	public String toString() {
		return "GeminiConnectionProperties[model=%s]".formatted(this.model);
	}

	/**
	 * Thinking defaults of requests.
	 *
	 * @param level Thinking level, for models that support levels.
	 * @param budget Maximum number of thinking tokens, for models that support budgets. 0
	 * disables thinking and -1 lets the model decide.
	 * @param includeThoughts Whether to include thought summaries in responses.
	 * @param onMismatch Reaction to a thinking setting of a request that its model does
	 * not support.
	 * @param families Thinking control ('level', 'budget' or 'none') by model id prefix,
	 * in addition to the known families.
	 */
	public record Thinking(@Nullable String level, @Nullable Integer budget, @Nullable Boolean includeThoughts,
			@DefaultValue("fail") OnMismatch onMismatch, @DefaultValue Map<String, ThinkingControl> families) {

	}

	/**
	 * Generation defaults of requests. Settings without a value are not sent.
	 *
	 * @param temperature Sampling temperature, from 0 to 2.
	 * @param topP Cumulative probability for nucleus sampling.
	 * @param topK Number of candidate tokens for top-k sampling.
	 * @param maxOutputTokens Maximum number of tokens to generate, thoughts included.
	 * @param stopSequences Character sequences that stop the generation.
	 * @param seed Seed for sampling.
	 * @param presencePenalty Penalty for tokens that already occur in the response.
	 * @param frequencyPenalty Penalty for tokens in proportion to their occurrences in
	 * the response.
	 * @param responseModalities Modalities of the response.
	 * @param mediaResolution Resolution at which the model processes media.
	 * @param speech Speech output.
	 * @param image Image output.
	 */
	public record Generation(@Nullable Double temperature, @Nullable Double topP, @Nullable Integer topK,
			@Nullable Integer maxOutputTokens, @DefaultValue List<String> stopSequences, @Nullable Integer seed,
			@Nullable Double presencePenalty, @Nullable Double frequencyPenalty,
			@DefaultValue List<String> responseModalities, @Nullable String mediaResolution,
			@DefaultValue Speech speech, @DefaultValue Image image) {

		/**
		 * Speech output.
		 *
		 * @param voice Name of the prebuilt voice.
		 * @param languageCode Language of the speech, as a BCP 47 tag.
		 */
		public record Speech(@Nullable String voice, @Nullable String languageCode) {

		}

		/**
		 * Image output.
		 *
		 * @param aspectRatio Aspect ratio of generated images, width to height.
		 * @param size Size of generated images.
		 */
		public record Image(@Nullable String aspectRatio, @Nullable String size) {

		}

	}

	/**
	 * TLS connections to the endpoint.
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
	 * @param username Username for the proxy.
	 * @param password Password for the proxy.
	 * @param nonProxyHosts Hosts to connect to directly. '*' matches any characters.
	 */
	public record Proxy(@Nullable String host, @DefaultValue("8080") int port, @Nullable String username,
			@Nullable String password, @DefaultValue List<String> nonProxyHosts) {

		@Override
		public String toString() {
			return "Proxy[host=%s, port=%d]".formatted(this.host, this.port);
		}

	}

	/**
	 * Connection pool. Ignored if the application configures a connection provider for
	 * its connectors.
	 *
	 * @param maxConnections Maximum number of connections.
	 * @param maxConcurrentStreams Maximum number of concurrent calls per HTTP/2
	 * connection, if the endpoint allows as many.
	 * @param pendingAcquireMaxCount Maximum number of calls that wait for a connection.
	 * @param pendingAcquireTimeout Maximum time to wait for a connection from the pool.
	 * @param maxIdleTime Time after which an idle connection is closed. Should be shorter
	 * than the keep-alive time of the endpoint.
	 * @param maxLifeTime Maximum age of a connection. Older ones are closed once idle.
	 * @param evictInBackground Interval between background checks for connections to
	 * close.
	 */
	public record Pool(@DefaultValue("500") int maxConnections, @DefaultValue("100") int maxConcurrentStreams,
			@DefaultValue("1000") int pendingAcquireMaxCount, @DefaultValue("45s") Duration pendingAcquireTimeout,
			@DefaultValue("30s") Duration maxIdleTime, @DefaultValue("10m") Duration maxLifeTime,
			@DefaultValue("30s") Duration evictInBackground) {

	}

	/**
	 * Retries of failed calls.
	 *
	 * @param maxAttempts Maximum number of attempts including the first. 1 disables
	 * retries.
	 * @param initialDelay Delay before the first retry, unless the endpoint specifies
	 * one.
	 * @param multiplier Multiplier for the delay of subsequent retries.
	 * @param maxDelay Maximum delay between retries, unless the endpoint specifies one.
	 * @param jitter Random share of the delay, from 0 to 1.
	 * @param budget Time since the start of a call after which no further attempt begins.
	 */
	public record Retry(@DefaultValue("3") int maxAttempts, @DefaultValue("1s") Duration initialDelay,
			@DefaultValue("2.0") double multiplier, @DefaultValue("30s") Duration maxDelay,
			@DefaultValue("0.5") double jitter, @DefaultValue("2m") Duration budget) {

	}

}
