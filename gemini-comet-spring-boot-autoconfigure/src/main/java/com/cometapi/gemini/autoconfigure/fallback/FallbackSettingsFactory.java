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

package com.cometapi.gemini.autoconfigure.fallback;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.autoconfigure.fallback.GeminiFallbackProperties.On;
import com.cometapi.gemini.autoconfigure.fallback.GeminiFallbackProperties.Share;
import com.cometapi.gemini.autoconfigure.fallback.GeminiFallbackProperties.Target;
import com.cometapi.gemini.client.ModelId;
import com.cometapi.gemini.fallback.GeminiFallbackReason;
import com.cometapi.gemini.fallback.GeminiFallbackSettings;
import com.cometapi.gemini.fallback.GeminiFallbackSettings.FirstChoice;
import com.cometapi.gemini.fallback.GeminiFallbackTarget;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Creates the settings of the fallback from its properties.
 */
final class FallbackSettingsFactory {

	private final List<String> connections;

	/**
	 * Create a factory.
	 * @param connections the names of the connections that exist
	 */
	FallbackSettingsFactory(List<String> connections) {
		this.connections = connections;
	}

	GeminiFallbackSettings create(GeminiFallbackProperties properties, String defaultModel) {
		List<Target> fallback = properties.fallback();
		List<Share> firstChoice = properties.firstChoice();
		return new GeminiFallbackSettings(
				IntStream.range(0, fallback.size())
					.mapToObj((i) -> target("cometapi.gemini.fallback[%s]".formatted(i), fallback.get(i).connection(),
							fallback.get(i).model()))
					.toList(),
				IntStream.range(0, firstChoice.size())
					.mapToObj((i) -> firstChoice("cometapi.gemini.first-choice[%s]".formatted(i), firstChoice.get(i)))
					.toList(),
				ModelId.normalize(defaultModel), reasons(properties.fallbackOn()));
	}

	private FirstChoice firstChoice(String name, Share share) {
		int weight = PropertyChecks.positive(name + ".weight", share.weight());
		return new FirstChoice(target(name, share.connection(), share.model()), weight);
	}

	private GeminiFallbackTarget target(String name, @Nullable String connection, @Nullable String model) {
		if (connection == null && model == null) {
			throw new InvalidConfigurationPropertyValueException(name, "",
					"Set its 'model', its 'connection' or both.");
		}
		if (connection != null && !this.connections.contains(connection)) {
			throw new InvalidConfigurationPropertyValueException(name + ".connection", connection,
					"There is no such connection. Connections: " + String.join(", ", this.connections) + ".");
		}
		try {
			return new GeminiFallbackTarget(connection, (model != null) ? ModelId.normalize(model) : null);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(name + ".model", model, ex.getMessage());
		}
	}

	private static Set<GeminiFallbackReason> reasons(On on) {
		Set<GeminiFallbackReason> reasons = EnumSet.noneOf(GeminiFallbackReason.class);
		add(reasons, on.serverError(), GeminiFallbackReason.SERVER_ERROR);
		add(reasons, on.overloaded(), GeminiFallbackReason.OVERLOADED);
		add(reasons, on.rateLimit(), GeminiFallbackReason.RATE_LIMIT);
		add(reasons, on.quota(), GeminiFallbackReason.QUOTA);
		add(reasons, on.modelNotFound(), GeminiFallbackReason.MODEL_NOT_FOUND);
		add(reasons, on.connection(), GeminiFallbackReason.CONNECTION);
		add(reasons, on.timeout(), GeminiFallbackReason.TIMEOUT);
		add(reasons, on.limit(), GeminiFallbackReason.LIMIT);
		return reasons;
	}

	private static void add(Set<GeminiFallbackReason> reasons, boolean enabled, GeminiFallbackReason reason) {
		if (enabled) {
			reasons.add(reason);
		}
	}

}
