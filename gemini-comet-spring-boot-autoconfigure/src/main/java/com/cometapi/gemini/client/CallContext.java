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

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of one call need to know of it.
 *
 * @param operation the name of the operation, such as {@code generateContent}
 * @param model the bare id of the model, or {@code null} for a call without one
 * @param secrets the keys in use, which no exception may show
 * @param connectTimeout the time until the connection stands
 */
record CallContext(String operation, @Nullable String model, List<String> secrets, Duration connectTimeout) {

	CallContext {
		secrets = List.copyOf(secrets);
	}

	/**
	 * Return the beginning of a message: what was called.
	 * @return the operation, with the model if there is one
	 */
	String subject() {
		return (this.model != null) ? "%s of model '%s'".formatted(this.operation, this.model) : this.operation;
	}

	@Override
	public String toString() {
		return "CallContext[operation=%s, model=%s]".formatted(this.operation, this.model);
	}

}
