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

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Convention for the names, keys and values of observations of calls to a model. A bean
 * of this type replaces {@link DefaultGeminiObservationConvention}.
 */
public interface GeminiObservationConvention extends ObservationConvention<GeminiObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof GeminiObservationContext;
	}

	/**
	 * Return whether the convention uses the contents of responses. Only then are the
	 * contents of a stream collected.
	 * @return {@code true} if it does, by default {@code false}
	 */
	default boolean isContentUsed() {
		return false;
	}

}
