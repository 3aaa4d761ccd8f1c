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

import java.util.List;
import java.util.Set;

import com.cometapi.gemini.observation.GeminiObservationDocumentation.HighCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.LowCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.TurnHighCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/**
 * Makes spans of the observations of this library, with attributes of the types that
 * OpenTelemetry's conventions ask for, and without those that are not known. Micrometer's
 * own handlers would write all of them as texts.
 */
public final class GeminiTracingObservationHandler implements TracingObservationHandler<Observation.Context> {

	private static final Set<String> NUMBERS = Set.of(LowCardinalityKeyNames.SERVER_PORT.asString(),
			HighCardinalityKeyNames.INPUT_TOKENS.asString(), HighCardinalityKeyNames.OUTPUT_TOKENS.asString(),
			HighCardinalityKeyNames.CACHED_TOKENS.asString(), HighCardinalityKeyNames.REASONING_TOKENS.asString(),
			HighCardinalityKeyNames.TOOL_USE_TOKENS.asString(), HighCardinalityKeyNames.CHOICE_COUNT.asString(),
			HighCardinalityKeyNames.MAX_TOKENS.asString(), HighCardinalityKeyNames.SEED.asString(),
			HighCardinalityKeyNames.TOP_K.asString(), TurnHighCardinalityKeyNames.ROUNDS.asString());

	private static final Set<String> DECIMALS = Set.of(HighCardinalityKeyNames.TIME_TO_FIRST_CHUNK.asString(),
			HighCardinalityKeyNames.COST.asString(), HighCardinalityKeyNames.TEMPERATURE.asString(),
			HighCardinalityKeyNames.TOP_P.asString(), HighCardinalityKeyNames.FREQUENCY_PENALTY.asString(),
			HighCardinalityKeyNames.PRESENCE_PENALTY.asString());

	private static final String STREAM = LowCardinalityKeyNames.REQUEST_STREAM.asString();

	private static final String FINISH_REASONS = HighCardinalityKeyNames.FINISH_REASONS.asString();

	private final Tracer tracer;

	/**
	 * Create a handler.
	 * @param tracer the tracer
	 */
	public GeminiTracingObservationHandler(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof GeminiObservationContext || context instanceof GeminiTurnObservationContext
				|| context instanceof GeminiFunctionObservationContext;
	}

	@Override
	public void onStart(Observation.Context context) {
		Span.Builder span = this.tracer.spanBuilder();
		if (context instanceof GeminiObservationContext) {
			span.kind(Span.Kind.CLIENT);
		}
		Span parent = getParentSpan(context);
		if (parent != null) {
			span.setParent(parent.context());
		}
		getTracingContext(context).setSpan(span.start());
	}

	@Override
	public void onStop(Observation.Context context) {
		Span span = getRequiredSpan(context);
		tagSpan(context, span);
		span.name(getSpanName(context));
		endSpan(context, span);
	}

	@Override
	public void tagSpan(Observation.Context context, Span span) {
		for (KeyValue keyValue : context.getAllKeyValues()) {
			if (!KeyValue.NONE_VALUE.equals(keyValue.getValue())) {
				tag(span, keyValue.getKey(), keyValue.getValue());
			}
		}
	}

	private static void tag(Span span, String key, String value) {
		try {
			if (NUMBERS.contains(key)) {
				span.tag(key, Long.parseLong(value));
				return;
			}
			if (DECIMALS.contains(key)) {
				span.tag(key, Double.parseDouble(value));
				return;
			}
		}
		catch (NumberFormatException ex) {
			// A convention of the application has another value.
			span.tag(key, value);
			return;
		}
		if (STREAM.equals(key)) {
			span.tag(key, Boolean.parseBoolean(value));
		}
		else if (FINISH_REASONS.equals(key)) {
			span.tagOfStrings(key, List.of(value.split(",")));
		}
		else {
			span.tag(key, value);
		}
	}

}
