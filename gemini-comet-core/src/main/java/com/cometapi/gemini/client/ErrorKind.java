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

/**
 * Kinds of errors, each with a hint for the caller.
 */
enum ErrorKind {

	AUTHENTICATION("Check 'cometapi.gemini.api-key' (COMETAPI_KEY)."),

	PERMISSION("Check the permissions of the key: its group, its models and the addresses it may be used from."),

	QUOTA("Check the balance and the quota of the account and of the key."),

	RATE_LIMIT("Send fewer requests, or try again later."),

	INVALID_REQUEST("Change the request: as it is, it will be refused again."),

	UNKNOWN_ROUTE("Check 'cometapi.gemini.base-url' and 'cometapi.gemini.api-version'."),

	MODEL_NOT_FOUND("Check the id of the model; models() lists what the key can use."),

	BLOCKED("Change the prompt: a filter of the endpoint refuses it."),

	SERVER(""),

	SERVER_TRANSIENT("Try again later."),

	PROTOCOL("Check 'cometapi.gemini.base-url': it does not seem to be the address of a Gemini API.");

	private final String hint;

	ErrorKind(String hint) {
		this.hint = hint;
	}

	/**
	 * Return the hint for the caller.
	 * @return a sentence, or an empty text
	 */
	String hint() {
		return this.hint;
	}

}
