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

import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.FunctionLowCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.HighCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.LowCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.TurnHighCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/**
 * Creates spans for the observations of this library, with attributes of the types that
 * OpenTelemetry's conventions require, and without attributes whose value is unknown.
 * Micrometer's own handlers would write all attributes as texts.
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

	/**
	 * Keys that the conventions require at the start of a span, so that a sampler can use
	 * them.
	 */
	private static final Set<String> FOR_SAMPLERS = Set.of(LowCardinalityKeyNames.OPERATION_NAME.asString(),
			LowCardinalityKeyNames.PROVIDER_NAME.asString(), LowCardinalityKeyNames.REQUEST_MODEL.asString(),
			LowCardinalityKeyNames.SERVER_ADDRESS.asString(), LowCardinalityKeyNames.SERVER_PORT.asString(),
			FunctionLowCardinalityKeyNames.TOOL_NAME.asString(), FunctionLowCardinalityKeyNames.TOOL_TYPE.asString());

	private static final String STREAM = LowCardinalityKeyNames.REQUEST_STREAM.asString();

	private static final String FINISH_REASONS = HighCardinalityKeyNames.FINISH_REASONS.asString();

	private static final String STOP_SEQUENCES = HighCardinalityKeyNames.STOP_SEQUENCES.asString();

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
		for (KeyValue keyValue : context.getAllKeyValues()) {
			if (FOR_SAMPLERS.contains(keyValue.getKey()) && isKnown(keyValue)) {
				tag(span, keyValue.getKey(), typed(context, keyValue));
			}
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
			if (isKnown(keyValue)) {
				tag(span, keyValue.getKey(), typed(context, keyValue));
			}
		}
	}

	private static boolean isKnown(KeyValue keyValue) {
		return !KeyValue.NONE_VALUE.equals(keyValue.getValue());
	}

	private static Object typed(Observation.Context context, KeyValue keyValue) {
		String key = keyValue.getKey();
		String value = keyValue.getValue();
		try {
			if (NUMBERS.contains(key)) {
				return Long.parseLong(value);
			}
			if (DECIMALS.contains(key)) {
				return Double.parseDouble(value);
			}
		}
		catch (NumberFormatException ex) {
			// A convention of the application has another value.
			return value;
		}
		if (STREAM.equals(key)) {
			return Boolean.parseBoolean(value);
		}
		if (FINISH_REASONS.equals(key)) {
			return List.of(value.split(","));
		}
		if (STOP_SEQUENCES.equals(key)) {
			return stopSequences(context, value);
		}
		return value;
	}

	// From the request: they may contain commas.
	private static List<String> stopSequences(Observation.Context context, String value) {
		GenerationConfig config = (context instanceof GeminiObservationContext call)
				? call.getRequest().generationConfig() : null;
		return (config != null) ? config.stopSequences() : List.of(value);
	}

	private static void tag(Span span, String key, Object value) {
		if (value instanceof Long number) {
			span.tag(key, number);
		}
		else if (value instanceof Double number) {
			span.tag(key, number);
		}
		else if (value instanceof Boolean flag) {
			span.tag(key, flag);
		}
		else if (value instanceof List<?> list) {
			span.tagOfStrings(key, list.stream().map(String::valueOf).toList());
		}
		else {
			span.tag(key, value.toString());
		}
	}

	private static void tag(Span.Builder span, String key, Object value) {
		if (value instanceof Long number) {
			span.tag(key, number);
		}
		else {
			span.tag(key, value.toString());
		}
	}

}
