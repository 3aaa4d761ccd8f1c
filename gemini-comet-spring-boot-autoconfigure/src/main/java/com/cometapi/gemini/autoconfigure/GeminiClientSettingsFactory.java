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

import java.util.List;
import java.util.regex.Pattern;

import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Retry;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.client.GeminiRetrySettings;

/**
 * Creates the settings of a client from properties.
 */
final class GeminiClientSettingsFactory {

	private static final Pattern API_VERSION = Pattern.compile("[A-Za-z0-9._-]+");

	private static final Pattern MODELS_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

	private GeminiClientSettingsFactory() {
	}

	static GeminiClientSettings create(String connection, GeminiConnectionProperties properties,
			GeminiConnectionDetails connectionDetails, List<GeminiRetryListener> retryListeners) {
		return GeminiClientSettings.builder(connectionDetails.getApiKey())
			.connectionName(connection)
			.baseUrl(connectionDetails.getBaseUrl())
			.apiVersion(checkPath("cometapi.gemini.api-version", properties.apiVersion(), API_VERSION,
					"it must be a single segment of a path", "v1beta"))
			.auth(properties.auth())
			.modelsPath(checkPath("cometapi.gemini.models-path", properties.modelsPath(), MODELS_PATH,
					"it must begin with '/' and be a path without a query", "/v1/models"))
			.modelsAuth(properties.modelsAuth())
			.connectTimeout(PropertyChecks.positive("cometapi.gemini.connect-timeout", properties.connectTimeout()))
			.firstEventTimeout(
					PropertyChecks.positive("cometapi.gemini.first-event-timeout", properties.firstEventTimeout()))
			.idleTimeout(PropertyChecks.positive("cometapi.gemini.idle-timeout", properties.idleTimeout()))
			.totalTimeout(PropertyChecks.positiveIfSet("cometapi.gemini.total-timeout", properties.totalTimeout()))
			.maxResponseSize(PropertyChecks.positive("cometapi.gemini.max-response-size", properties.maxResponseSize()))
			.maxEventSize(PropertyChecks.positive("cometapi.gemini.max-event-size", properties.maxEventSize()))
			.requireFinishReason(properties.requireFinishReason())
			.readDataUrls(properties.readDataUrls())
			.retry(retry(properties.retry()))
			.retryListeners(retryListeners)
			.build();
	}

	private static GeminiRetrySettings retry(Retry retry) {
		if (retry.maxDelay().compareTo(retry.initialDelay()) < 0) {
			throw new InvalidGeminiPropertyException("cometapi.gemini.retry.max-delay", retry.maxDelay(),
					"it must not be less than 'cometapi.gemini.retry.initial-delay'",
					"Increase it or reduce 'cometapi.gemini.retry.initial-delay'.");
		}
		return GeminiRetrySettings.builder()
			.maxAttempts(PropertyChecks.positive("cometapi.gemini.retry.max-attempts", retry.maxAttempts()))
			.initialDelay(PropertyChecks.notNegative("cometapi.gemini.retry.initial-delay", retry.initialDelay()))
			.multiplier(PropertyChecks.inRange("cometapi.gemini.retry.multiplier", retry.multiplier(), 1, 100))
			.maxDelay(retry.maxDelay())
			.jitter(PropertyChecks.inRange("cometapi.gemini.retry.jitter", retry.jitter(), 0, 1))
			.budget(PropertyChecks.notNegative("cometapi.gemini.retry.budget", retry.budget()))
			.build();
	}

	private static String checkPath(String name, String value, Pattern pattern, String rule, String example) {
		if (!pattern.matcher(value).matches()) {
			throw new InvalidGeminiPropertyException(name, value, rule,
					"Set it to a value such as '%s'.".formatted(example));
		}
		return value;
	}

}
