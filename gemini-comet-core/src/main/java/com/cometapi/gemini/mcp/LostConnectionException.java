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

package com.cometapi.gemini.mcp;

import org.jspecify.annotations.Nullable;

/**
 * Thrown within this package when the connection to a server is lost or a request was not
 * answered.
 */
final class LostConnectionException extends RuntimeException {

	private final boolean mayHaveRun;

	LostConnectionException(String reason, boolean mayHaveRun, @Nullable Throwable cause) {
		super(reason, cause);
		this.mayHaveRun = mayHaveRun;
	}

	/**
	 * Combine this failure of a repeated request with that of the first attempt.
	 * @param first the failure of the first attempt
	 * @return a failure for both attempts
	 */
	LostConnectionException after(LostConnectionException first) {
		return (this.mayHaveRun == first.mayHaveRun) ? this
				: new LostConnectionException(String.valueOf(getMessage()), true, this);
	}

	/**
	 * Return this failure of an attempt to connect as one of the request, which was not
	 * sent.
	 * @return a failure of a request that was not sent
	 */
	LostConnectionException beforeRequest() {
		return this.mayHaveRun ? new LostConnectionException(String.valueOf(getMessage()), false, this) : this;
	}

	/**
	 * Return whether the server may have acted on the request.
	 * @return {@code false} only if it certainly has not
	 */
	boolean mayHaveRun() {
		return this.mayHaveRun;
	}

}
