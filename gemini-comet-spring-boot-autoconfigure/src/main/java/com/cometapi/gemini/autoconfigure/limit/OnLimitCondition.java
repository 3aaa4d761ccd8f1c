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

package com.cometapi.gemini.autoconfigure.limit;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if there is a limit.
 */
class OnLimitCondition extends SpringBootCondition {

	// Settings that are not limits themselves, in uniform format.
	private static final Set<String> SETTINGS = Set.of("instances", "maxwait", "onstorefailure", "redis", "store",
			"storetimeout");

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, Object> properties = Binder.get(context.getEnvironment())
			.bind("cometapi.gemini.limits", Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of);
		boolean found = properties.keySet().stream().anyMatch((name) -> !SETTINGS.contains(toUniform(name)));
		ConditionMessage.Builder message = ConditionMessage.forCondition("Gemini limits");
		return found ? ConditionOutcome.match(message.because("a limit is configured"))
				: ConditionOutcome.noMatch(message.because("no limit is configured"));
	}

	private static String toUniform(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

}
