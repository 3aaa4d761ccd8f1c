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

import com.cometapi.gemini.observation.GeminiObservationDocumentation.FunctionHighCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.FunctionLowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Default convention for observations of functions, which OpenTelemetry calls tools.
 * Never reports arguments or results. An application replaces it with a
 * {@link io.micrometer.observation.GlobalObservationConvention}.
 *
 * @see GeminiObservationDocumentation#EXECUTE_TOOL
 */
public class DefaultGeminiFunctionObservationConvention
		implements ObservationConvention<GeminiFunctionObservationContext> {

	/**
	 * The name of the observations.
	 */
	public static final String NAME = "gen_ai.execute_tool.duration";

	private static final String OPERATION = "execute_tool";

	private static final String CONTEXTUAL_NAME_PREFIX = OPERATION + " ";

	private static final KeyValue OPERATION_NAME = FunctionLowCardinalityKeyNames.OPERATION_NAME.withValue(OPERATION);

	private static final KeyValue TOOL_TYPE = FunctionLowCardinalityKeyNames.TOOL_TYPE.withValue("function");

	private static final KeyValue NO_SOURCE = FunctionLowCardinalityKeyNames.SOURCE.withValue("none");

	private static final KeyValue TIMEOUT = FunctionLowCardinalityKeyNames.ERROR_TYPE.withValue("timeout");

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(GeminiFunctionObservationContext context) {
		return CONTEXTUAL_NAME_PREFIX + context.getFunction();
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof GeminiFunctionObservationContext;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(GeminiFunctionObservationContext context) {
		KeyValue errorType = (context.isTimedOut()) ? TIMEOUT : ErrorTypes
			.keyValue(FunctionLowCardinalityKeyNames.ERROR_TYPE, context.getError(), context.isCancelled());
		KeyValue source = (context.getSource() != null)
				? FunctionLowCardinalityKeyNames.SOURCE.withValue(context.getSource()) : NO_SOURCE;
		return KeyValues.of(errorType, OPERATION_NAME, source,
				FunctionLowCardinalityKeyNames.TOOL_NAME.withValue(context.getFunction()), TOOL_TYPE);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(GeminiFunctionObservationContext context) {
		KeyValues values = KeyValues.empty();
		if (context.getCallId() != null) {
			values = values.and(FunctionHighCardinalityKeyNames.CALL_ID.withValue(context.getCallId()));
		}
		String conversationId = GeminiTurnObservationContext.conversationId(context);
		if (conversationId != null) {
			values = values.and(FunctionHighCardinalityKeyNames.CONVERSATION_ID.withValue(conversationId));
		}
		return values;
	}

}
