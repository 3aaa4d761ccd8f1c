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

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Origin of a response or an event. Set by this library; the wire has no such member.
 *
 * @param kind the kind of source
 * @param connection the name of the connection that was called, or {@code null} if none
 * was
 * @param model the id of the model that was called, or {@code null} if none was
 * @param fallback whether a fallback was called, since the first choice was not available
 * @param cost the cost of the call, on an event of a stream that of the tokens reported
 * so far, or {@code null} if it is not known, as without prices; zero for a response from
 * a cache
 */
public record ResponseOrigin(Kind kind, @Nullable String connection, @Nullable String model, boolean fallback,
		@Nullable BigDecimal cost) {

	/**
	 * Origin of the event with function responses that a prompt adds to a stream.
	 */
	public static final ResponseOrigin FUNCTIONS = new ResponseOrigin(Kind.FUNCTIONS, null, null, false, null);

	/**
	 * Create an origin.
	 */
	public ResponseOrigin {
		Preconditions.notNull(kind, "kind");
	}

	/**
	 * Return a copy with a cost.
	 * @param cost the cost of the call, or {@code null} if it is not known
	 * @return the copy
	 */
	public ResponseOrigin withCost(@Nullable BigDecimal cost) {
		return new ResponseOrigin(this.kind, this.connection, this.model, this.fallback, cost);
	}

	/**
	 * Return a copy that comes from a fallback.
	 * @return the copy
	 */
	public ResponseOrigin withFallback() {
		return new ResponseOrigin(this.kind, this.connection, this.model, true, this.cost);
	}

	/**
	 * Create the origin of the response of a model.
	 * @param connection the name of the connection
	 * @param model the id of the model that was called
	 * @return the origin, without a cost
	 */
	public static ResponseOrigin ofModel(String connection, String model) {
		return new ResponseOrigin(Kind.MODEL, connection, model, false, null);
	}

	/**
	 * Kinds of sources.
	 */
	public enum Kind {

		/**
		 * A model responded to a call.
		 */
		MODEL,

		/**
		 * The response to an earlier call was stored.
		 */
		CACHE,

		/**
		 * Functions of the application responded.
		 */
		FUNCTIONS

	}

}
