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

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code error.type}, the same for all observations and meters.
 */
final class ErrorTypes {

	private static final String CANCELLED = "cancelled";

	private ErrorTypes() {
	}

	/**
	 * Return the key and value for the outcome of something observed.
	 * @param key the key
	 * @param error the error, or {@code null} if there was none
	 * @param cancelled whether the caller cancelled
	 * @return the key with the simple name of the error, {@code cancelled} or
	 * {@code none}
	 */
	static KeyValue keyValue(KeyName key, @Nullable Throwable error, boolean cancelled) {
		if (error != null) {
			return key.withValue(error.getClass().getSimpleName());
		}
		return key.withValue((cancelled) ? CANCELLED : KeyValue.NONE_VALUE);
	}

}
