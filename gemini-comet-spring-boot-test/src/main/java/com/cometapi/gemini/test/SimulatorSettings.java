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

package com.cometapi.gemini.test;

import java.time.Duration;
import java.util.Set;

/**
 * What a simulator is started with.
 *
 * @param apiKey the key it accepts
 * @param moreModels the ids it knows beside the usual ones
 * @param pace the wait between two events of an answer
 * @param errorStyle how errors are written
 * @param lenient whether requests are not checked
 */
record SimulatorSettings(String apiKey, Set<String> moreModels, Duration pace, ErrorStyle errorStyle, boolean lenient) {

}
