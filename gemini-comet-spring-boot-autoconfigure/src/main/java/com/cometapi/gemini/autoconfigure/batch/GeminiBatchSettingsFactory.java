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

package com.cometapi.gemini.autoconfigure.batch;

import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.batch.GeminiBatchSettings;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Creates the settings of steps from the properties.
 */
final class GeminiBatchSettingsFactory {

	private static final String PREFIX = "cometapi.gemini.batch.";

	private GeminiBatchSettingsFactory() {
	}

	static GeminiBatchSettings create(GeminiBatchProperties properties) {
		PropertyChecks.positive(PREFIX + "concurrency", properties.concurrency());
		PropertyChecks.positive(PREFIX + "chunk-size", properties.chunkSize());
		PropertyChecks.positive(PREFIX + "max-consecutive-failures", properties.maxConsecutiveFailures());
		PropertyChecks.positive(PREFIX + "threads", properties.threads());
		Integer window = properties.window();
		if (window != null && window < properties.concurrency()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "window", window,
					"It must not be less than '%sconcurrency' (%d).".formatted(PREFIX, properties.concurrency()));
		}
		PropertyChecks.notNegative(PREFIX + "max-wait", properties.maxWait());
		return new GeminiBatchSettings(properties.concurrency(), properties.chunkSize(), properties.ordered(), window,
				properties.maxConsecutiveFailures(), properties.maxWait());
	}

}
