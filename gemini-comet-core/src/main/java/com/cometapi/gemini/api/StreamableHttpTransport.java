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

package com.cometapi.gemini.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * Connection of the endpoint to an MCP server.
 *
 * <p>
 * Wire: message {@code StreamableHttpTransport} of {@code v1beta}.
 *
 * @param url the address of the server
 * @param headers the headers to send, possibly credentials, which are left out of
 * {@code toString()}
 * @param timeout the limit of a call, in seconds with the suffix {@code s}
 * @param sseReadTimeout the limit between two events, in seconds with the suffix
 * {@code s}
 * @param terminateOnClose whether to end the session afterwards
 * @param additional members that this version does not know, by name
 */
public record StreamableHttpTransport(@Nullable String url, @Nullable Map<String, String> headers,
		@Nullable String timeout, @Nullable String sseReadTimeout, @Nullable Boolean terminateOnClose,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public StreamableHttpTransport {
		headers = ImmutableCollections.map(headers);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a builder with this message's values.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a readable form of the message, without members that may hold credentials.
	 * @return the text
	 */
	@Override
	public String toString() {
		return "StreamableHttpTransport[url=" + Redacted.query(this.url) + ", headers=" + Redacted.values(this.headers)
				+ ", timeout=" + this.timeout + ", sseReadTimeout=" + this.sseReadTimeout + ", terminateOnClose="
				+ this.terminateOnClose + ", additional=" + Redacted.values(this.additional) + "]";
	}

	/**
	 * Builder for {@link StreamableHttpTransport}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String url;

		private @Nullable Map<String, String> headers;

		private @Nullable String timeout;

		private @Nullable String sseReadTimeout;

		private @Nullable Boolean terminateOnClose;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(StreamableHttpTransport message) {
			this.url = message.url;
			this.headers = message.headers;
			this.timeout = message.timeout;
			this.sseReadTimeout = message.sseReadTimeout;
			this.terminateOnClose = message.terminateOnClose;
			this.additional = message.additional;
		}

		/**
		 * Set the address of the server.
		 * @param url the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder url(@Nullable String url) {
			this.url = url;
			return this;
		}

		/**
		 * Set the headers to send, possibly credentials, which are left out of
		 * {@code toString()}.
		 * @param headers the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder headers(@Nullable Map<String, String> headers) {
			this.headers = headers;
			return this;
		}

		/**
		 * Set the limit of a call, in seconds with the suffix {@code s}.
		 * @param timeout the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder timeout(@Nullable String timeout) {
			this.timeout = timeout;
			return this;
		}

		/**
		 * Set the limit between two events, in seconds with the suffix {@code s}.
		 * @param sseReadTimeout the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder sseReadTimeout(@Nullable String sseReadTimeout) {
			this.sseReadTimeout = sseReadTimeout;
			return this;
		}

		/**
		 * Set whether to end the session afterwards.
		 * @param terminateOnClose the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder terminateOnClose(@Nullable Boolean terminateOnClose) {
			this.terminateOnClose = terminateOnClose;
			return this;
		}

		/**
		 * Set members that this version does not know, sent as they are.
		 * @param additional the members by name
		 * @return this builder
		 */
		public Builder additional(Map<String, @Nullable Object> additional) {
			this.additional = additional;
			return this;
		}

		/**
		 * Build the message.
		 * @return a new, immutable message
		 */
		public StreamableHttpTransport build() {
			return new StreamableHttpTransport(this.url, this.headers, this.timeout, this.sseReadTimeout,
					this.terminateOnClose, this.additional);
		}

	}

}
