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

/**
 * Observations and meters of calls to a model, turns and functions, following the
 * {@code gen_ai.*} conventions of OpenTelemetry. Start reading at
 * {@link com.cometapi.gemini.observation.GeminiObservationDocumentation
 * GeminiObservationDocumentation}, which lists all keys;
 * {@link com.cometapi.gemini.observation.DefaultGeminiObservationConvention
 * DefaultGeminiObservationConvention} computes those of calls, and
 * {@link com.cometapi.gemini.observation.GeminiMeterObservationHandler
 * GeminiMeterObservationHandler} and {@link com.cometapi.gemini.observation.GeminiMeters
 * GeminiMeters} record the meters. This package uses the {@code api} and {@code error}
 * packages only.
 */
@NullMarked
package com.cometapi.gemini.observation;

import org.jspecify.annotations.NullMarked;
