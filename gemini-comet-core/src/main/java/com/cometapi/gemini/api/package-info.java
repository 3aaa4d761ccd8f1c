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
 * The messages of the Gemini native API: a record for each message of the wire.
 *
 * <p>
 * Absent members are {@code null} and absent lists are empty; no accessor throws for
 * them. Members that this version does not know are in {@code additional()} and are sent
 * back unchanged. Enums are open: a value that this version does not know keeps its text.
 * Messages are immutable. Those with many members have a builder, the others factory
 * methods. Canonical constructors are for Jackson: components may be added to them. Start
 * reading at {@link com.cometapi.gemini.api.GenerateContentRequest} and
 * {@link com.cometapi.gemini.api.GenerateContentResponse}. This package uses annotations
 * of Jackson and JSpecify only.
 */
@NullMarked
package com.cometapi.gemini.api;

import org.jspecify.annotations.NullMarked;
