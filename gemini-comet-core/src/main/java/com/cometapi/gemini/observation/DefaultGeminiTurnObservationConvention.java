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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.TurnHighCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.TurnLowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * Default convention for observations of turns, which OpenTelemetry calls invocations of
 * an agent. An application replaces it with a
 * {@link io.micrometer.observation.GlobalObservationConvention}.
 *
 * @see GeminiObservationDocumentation#INVOKE_AGENT
 */
public class DefaultGeminiTurnObservationConvention implements ObservationConvention<GeminiTurnObservationContext> {

	/**
	 * The name of the observations.
	 */
	public static final String NAME = "gen_ai.invoke_agent.duration";

	private static final String OPERATION = "invoke_agent";

	private static final KeyValue OPERATION_NAME = TurnLowCardinalityKeyNames.OPERATION_NAME.withValue(OPERATION);

	private static final KeyValue PROVIDER_NAME = TurnLowCardinalityKeyNames.PROVIDER_NAME
		.withValue(DefaultGeminiObservationConvention.PROVIDER);

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(GeminiTurnObservationContext context) {
		return OPERATION;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof GeminiTurnObservationContext;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(GeminiTurnObservationContext context) {
		return KeyValues.of(
				ErrorTypes.keyValue(TurnLowCardinalityKeyNames.ERROR_TYPE, context.getError(), context.isCancelled()),
				OPERATION_NAME, PROVIDER_NAME,
				TurnLowCardinalityKeyNames.REQUEST_STREAM.withValue(Boolean.toString(context.isStreaming())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(GeminiTurnObservationContext context) {
		List<KeyValue> values = new ArrayList<>();
		UsageMetadata usage = context.getUsage();
		add(values, TurnHighCardinalityKeyNames.REQUEST_MODEL, context.getModel());
		add(values, TurnHighCardinalityKeyNames.CONVERSATION_ID, context.getConversationId());
		add(values, TurnHighCardinalityKeyNames.ROUNDS, (context.getRounds() > 0) ? context.getRounds() : null);
		add(values, TurnHighCardinalityKeyNames.INPUT_TOKENS, TokenCounts.input(usage));
		add(values, TurnHighCardinalityKeyNames.OUTPUT_TOKENS, TokenCounts.output(usage));
		BigDecimal cost = context.getCost();
		add(values, TurnHighCardinalityKeyNames.COST, (cost != null) ? cost.toPlainString() : null);
		return KeyValues.of(values);
	}

	private static void add(List<KeyValue> values, KeyName name, @Nullable Object value) {
		if (value != null) {
			values.add(name.withValue(value.toString()));
		}
	}

}
