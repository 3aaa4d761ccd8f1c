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

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Connection settings and limits of a {@link GeminiClient}.
 *
 * @param connectionName the name of the connection in filters, messages and metrics
 * @param baseUrl the address of the endpoint, without the version
 * @param apiKey the key
 * @param apiVersion the version segment of the path
 * @param auth the header that carries the key
 * @param modelsPath the path of the list of models
 * @param modelsAuth the header that carries the key when the models are listed
 * @param connectTimeout the maximum time to establish a connection
 * @param firstEventTimeout the maximum time until the first event, or until the response
 * of a call that is not streamed
 * @param idleTimeout the maximum time between two events, where comments and empty events
 * count as events
 * @param totalTimeout the maximum time of the whole call including retries, or
 * {@code null} for no limit
 * @param maxResponseSize the maximum size of a response, including all events
 * @param maxEventSize the maximum size of one event
 * @param requireFinishReason whether a stream that ends without a finish reason is an
 * error
 * @param readDataUrls whether to read images that the text of a response holds as
 * Markdown data URLs
 * @param retry the retry settings
 * @param retryListeners the listeners called before each retry, in this order
 */
public record GeminiClientSettings(String connectionName, URI baseUrl, String apiKey, String apiVersion,
		GeminiAuth auth, String modelsPath, GeminiAuth modelsAuth, Duration connectTimeout, Duration firstEventTimeout,
		Duration idleTimeout, @Nullable Duration totalTimeout, DataSize maxResponseSize, DataSize maxEventSize,
		boolean requireFinishReason, boolean readDataUrls, GeminiRetrySettings retry,
		List<GeminiRetryListener> retryListeners) {

	private static final String DEFAULT_MODELS_PATH = "/v1/models";

	public GeminiClientSettings {
		retryListeners = List.copyOf(retryListeners);
		HeaderChecks.checkKey(apiKey);
	}

	@Override
	public String toString() {
		return "GeminiClientSettings[baseUrl=%s, apiKey=***]".formatted(BaseUrls.describe(this.baseUrl));
	}

	/**
	 * Parse the address of an endpoint.
	 * @param baseUrl the address, {@code http} or {@code https}, with or without a path,
	 * and without the API version
	 * @return the address
	 * @throws IllegalArgumentException if it cannot be the address of an endpoint; the
	 * message gives the reason and shows nothing that could be a key
	 */
	public static URI parseBaseUrl(String baseUrl) {
		URI uri;
		try {
			uri = new URI(baseUrl.strip());
		}
		catch (URISyntaxException ex) {
			// Not kept as the cause: the exception quotes the address, which may contain
			// a key.
			throw new IllegalArgumentException(
					"it is not a URL: %s at character %d".formatted(ex.getReason(), ex.getIndex() + 1));
		}
		String fault = BaseUrls.findFault(uri);
		if (fault != null) {
			throw new IllegalArgumentException(fault);
		}
		return uri;
	}

	/**
	 * Return a builder with the defaults.
	 * @param apiKey the key
	 * @return a new builder
	 * @throws IllegalArgumentException if the key is empty or has a character that is not
	 * allowed in a key; the message does not show the key
	 */
	public static Builder builder(String apiKey) {
		Assert.hasText(apiKey, "'apiKey' must not be empty");
		HeaderChecks.checkKey(apiKey);
		return new Builder(apiKey);
	}

	/**
	 * Builder for {@link GeminiClientSettings}, not thread-safe.
	 */
	public static final class Builder {

		private final String apiKey;

		private String connectionName = GeminiExchange.DEFAULT_CONNECTION;

		private URI baseUrl = URI.create("https://api.cometapi.com");

		private String apiVersion = "v1beta";

		private GeminiAuth auth = GeminiAuth.X_GOOG_API_KEY;

		private String modelsPath = DEFAULT_MODELS_PATH;

		private @Nullable GeminiAuth modelsAuth;

		private Duration connectTimeout = Duration.ofSeconds(10);

		private Duration firstEventTimeout = Duration.ofMinutes(3);

		private Duration idleTimeout = Duration.ofSeconds(60);

		private @Nullable Duration totalTimeout;

		private DataSize maxResponseSize = DataSize.ofMegabytes(64);

		private DataSize maxEventSize = DataSize.ofMegabytes(16);

		private boolean requireFinishReason = true;

		private boolean readDataUrls;

		private GeminiRetrySettings retry = GeminiRetrySettings.builder().build();

		private List<GeminiRetryListener> retryListeners = List.of();

		private Builder(String apiKey) {
			this.apiKey = apiKey;
		}

		/**
		 * Set the name of the connection, which filters, messages and metrics show.
		 * @param connectionName the name, {@value GeminiExchange#DEFAULT_CONNECTION} by
		 * default
		 * @return this builder
		 */
		public Builder connectionName(String connectionName) {
			Assert.hasText(connectionName, "'connectionName' must not be empty");
			this.connectionName = connectionName;
			return this;
		}

		/**
		 * Set the address of the endpoint, without the version.
		 * @param baseUrl the address, {@code http} or {@code https}, with or without a
		 * path
		 * @return this builder
		 * @throws IllegalArgumentException if it cannot be the address of an endpoint
		 */
		public Builder baseUrl(URI baseUrl) {
			String fault = BaseUrls.findFault(baseUrl);
			Assert.isTrue(fault == null, () -> "'baseUrl' is not valid: " + fault);
			this.baseUrl = baseUrl;
			return this;
		}

		/**
		 * Set the version segment of the path.
		 * @param apiVersion the version
		 * @return this builder
		 */
		public Builder apiVersion(String apiVersion) {
			this.apiVersion = apiVersion;
			return this;
		}

		/**
		 * Set the header that carries the key.
		 * @param auth the header
		 * @return this builder
		 */
		public Builder auth(GeminiAuth auth) {
			this.auth = auth;
			return this;
		}

		/**
		 * Set the path of the list of models.
		 * @param modelsPath the path, which starts with a slash
		 * @return this builder
		 */
		public Builder modelsPath(String modelsPath) {
			this.modelsPath = modelsPath;
			return this;
		}

		/**
		 * Set the header that carries the key when the models are listed.
		 * @param modelsAuth the header, or {@code null} for the default: as for all other
		 * calls, but {@link GeminiAuth#BEARER} for the path {@code /v1/models}, where
		 * gateways look for it
		 * @return this builder
		 */
		public Builder modelsAuth(@Nullable GeminiAuth modelsAuth) {
			this.modelsAuth = modelsAuth;
			return this;
		}

		/**
		 * Set the maximum time to establish a connection.
		 * @param connectTimeout the time
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set the maximum time until the first event, or until the response of a call
		 * that is not streamed. Comments and empty events do not count as the first
		 * event.
		 * @param firstEventTimeout the time
		 * @return this builder
		 */
		public Builder firstEventTimeout(Duration firstEventTimeout) {
			this.firstEventTimeout = firstEventTimeout;
			return this;
		}

		/**
		 * Set the maximum time between two events. Comments and empty events, which are
		 * not emitted, count as well.
		 * @param idleTimeout the time
		 * @return this builder
		 */
		public Builder idleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
			return this;
		}

		/**
		 * Set the maximum time of the whole call, including retries.
		 * @param totalTimeout the time, or {@code null} for no limit
		 * @return this builder
		 */
		public Builder totalTimeout(@Nullable Duration totalTimeout) {
			this.totalTimeout = totalTimeout;
			return this;
		}

		/**
		 * Set the maximum size of a response, including all events.
		 * @param maxResponseSize the limit
		 * @return this builder
		 */
		public Builder maxResponseSize(DataSize maxResponseSize) {
			this.maxResponseSize = maxResponseSize;
			return this;
		}

		/**
		 * Set the maximum size of one event.
		 * @param maxEventSize the limit
		 * @return this builder
		 */
		public Builder maxEventSize(DataSize maxEventSize) {
			this.maxEventSize = maxEventSize;
			return this;
		}

		/**
		 * Set whether a stream that ends without a finish reason is an error. Switch this
		 * off for endpoints that never send one; a truncated stream then looks like a
		 * complete one.
		 * @param requireFinishReason whether such a stream is an error, {@code true}
		 * unless set
		 * @return this builder
		 */
		public Builder requireFinishReason(boolean requireFinishReason) {
			this.requireFinishReason = requireFinishReason;
			return this;
		}

		/**
		 * Set whether to read images that the text of a response holds as Markdown data
		 * URLs, such as {@code ![image](data:image/png;base64,...)}: some gateways put
		 * the images of a model there. They become parts with {@code inlineData}, even in
		 * the texts of the model that a request sends back. Otherwise they remain text
		 * and are sent back as such, which is logged once. Off unless set.
		 * @param readDataUrls whether to read them
		 * @return this builder
		 */
		public Builder readDataUrls(boolean readDataUrls) {
			this.readDataUrls = readDataUrls;
			return this;
		}

		/**
		 * Set the retry settings.
		 * @param retry the settings, {@link GeminiRetrySettings#NONE} for no retries
		 * @return this builder
		 */
		public Builder retry(GeminiRetrySettings retry) {
			this.retry = retry;
			return this;
		}

		/**
		 * Set the listeners that are called before each retry.
		 * @param retryListeners the listeners, in calling order
		 * @return this builder
		 */
		public Builder retryListeners(List<GeminiRetryListener> retryListeners) {
			this.retryListeners = retryListeners;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public GeminiClientSettings build() {
			return new GeminiClientSettings(this.connectionName, this.baseUrl, this.apiKey, this.apiVersion, this.auth,
					this.modelsPath, modelsAuthOrDefault(), this.connectTimeout, this.firstEventTimeout,
					this.idleTimeout, this.totalTimeout, this.maxResponseSize, this.maxEventSize,
					this.requireFinishReason, this.readDataUrls, this.retry, this.retryListeners);
		}

		private GeminiAuth modelsAuthOrDefault() {
			if (this.modelsAuth != null) {
				return this.modelsAuth;
			}
			return DEFAULT_MODELS_PATH.equals(this.modelsPath) ? GeminiAuth.BEARER : this.auth;
		}

	}

}
