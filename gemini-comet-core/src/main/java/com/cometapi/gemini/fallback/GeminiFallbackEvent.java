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

package com.cometapi.gemini.fallback;

import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;

/**
 * Event published before a call goes to a fallback.
 *
 * @param fromConnection the name of the connection that failed or was skipped
 * @param fromModel the model that failed or was skipped
 * @param toConnection the name of the connection that is called
 * @param toModel the model that is called
 * @param reason the reason
 * @param failure the failure, or {@code null} if the circuit was open
 */
public record GeminiFallbackEvent(String fromConnection, String fromModel, String toConnection, String toModel,
		GeminiFallbackReason reason, @Nullable GeminiException failure) {

}
