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

package com.cometapi.gemini.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Approval of a tool call by the user of a page that uses the AI SDK.
 *
 * @param id the id of the approval
 * @param approved whether the call was approved, or {@code null} if the user has not
 * decided yet
 * @param reason the reason, or {@code null} for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UiToolApproval(@JsonProperty("id") @Nullable String id,
		@JsonProperty("approved") @Nullable Boolean approved, @JsonProperty("reason") @Nullable String reason) {

}
