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

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the observations of this library. A convention or a handler that fails
 * does not affect the work that is observed.
 */
public final class GeminiObservations {

	private static final DefaultGeminiObservationConvention CALLS = new DefaultGeminiObservationConvention();

	private static final DefaultGeminiTurnObservationConvention TURNS = new DefaultGeminiTurnObservationConvention();

	private static final DefaultGeminiFunctionObservationConvention FUNCTIONS = new DefaultGeminiFunctionObservationConvention();

	private static final Log logger = LogFactory.getLog(GeminiObservations.class);

	private GeminiObservations() {
	}

	/**
	 * Start the observation of a call.
	 * @param context the context of the call
	 * @param convention names the observation, or {@code null} for the convention of the
	 * registry or the default one
	 * @param registry the registry
	 * @param parent the parent, or {@code null} for the observation of the thread
	 * @return the observation, without effect if nobody observes
	 */
	public static Observation startCall(GeminiObservationContext context,
			@Nullable GeminiObservationConvention convention, ObservationRegistry registry,
			@Nullable Observation parent) {
		return start(() -> GeminiObservationDocumentation.GENERATE_CONTENT.observation(convention, CALLS, () -> context,
				registry), parent);
	}

	/**
	 * Start the observation of a turn.
	 * @param context the context of the turn
	 * @param registry the registry
	 * @param parent the parent, or {@code null} for the observation of the thread
	 * @return the observation, without effect if nobody observes
	 */
	public static Observation startTurn(GeminiTurnObservationContext context, ObservationRegistry registry,
			@Nullable Observation parent) {
		return start(
				() -> GeminiObservationDocumentation.INVOKE_AGENT.observation(null, TURNS, () -> context, registry),
				parent);
	}

	/**
	 * Start the observation of a function.
	 * @param context the context of the function
	 * @param parent the parent, whose registry is used, or {@code null} to observe
	 * nothing
	 * @return the observation, without effect if nobody observes
	 */
	public static Observation startFunction(GeminiFunctionObservationContext context, @Nullable Observation parent) {
		if (parent == null || parent.isNoop()) {
			return Observation.NOOP;
		}
		return start(() -> GeminiObservationDocumentation.EXECUTE_TOOL.observation(null, FUNCTIONS, () -> context,
				parent.getObservationRegistry()), parent);
	}

	private static Observation start(Supplier<Observation> created, @Nullable Observation parent) {
		try {
			Observation observation = created.get();
			if (observation.isNoop()) {
				return Observation.NOOP;
			}
			return ((parent != null) ? observation.parentObservation(parent) : observation).start();
		}
		catch (RuntimeException ex) {
			logger.warn("Failed to start an observation", ex);
			return Observation.NOOP;
		}
	}

	/**
	 * Stop an observation.
	 * @param observation the observation
	 * @param before completes the observation before it stops
	 */
	public static void stop(Observation observation, Runnable before) {
		try {
			before.run();
			observation.stop();
		}
		catch (RuntimeException ex) {
			logger.warn("Failed to stop an observation", ex);
		}
	}

}
