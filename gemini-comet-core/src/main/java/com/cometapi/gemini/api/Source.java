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

package com.cometapi.gemini.api;

import org.jspecify.annotations.Nullable;

/**
 * A source of a response of any kind: a page, an image, a place or a document.
 *
 * <p>
 * Not a message of the wire, but a short form of {@link GroundingChunk} and
 * {@link UrlMetadata}.
 *
 * @param uri the address, or {@code null} for a document that has only a title
 * @param title the title, or {@code null} if there is none
 */
public record Source(@Nullable String uri, @Nullable String title) {

}
