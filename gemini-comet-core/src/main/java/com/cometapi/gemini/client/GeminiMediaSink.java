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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.io.OutputStream;

import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the media of a response as they arrive, so that they are not held in memory.
 * The response then contains the parts of the media without their data, in the order in
 * which the sink was opened; {@code Part.isThought()} is {@code true} for drafts of the
 * model.
 *
 * <p>
 * Called on a thread that may block, for one medium after another. While a write blocks,
 * only a few network buffers are read ahead. Time spent in the sink counts against the
 * time limits of the call. When the call is cancelled, its connection is closed at once
 * and a blocking write is interrupted.
 *
 * <p>
 * A response without any medium, drafts in the thoughts aside, ends with a
 * {@link GeminiNoMediaException}, or with a {@link GeminiBlockedException} if a filter
 * blocked it.
 */
@FunctionalInterface
public interface GeminiMediaSink {

	/**
	 * Open the target of the next medium. An exception of this method or of the target
	 * ends the call with a {@link GeminiMediaSinkException}.
	 * @param mimeType the MIME type, or {@code null} if the response does not name it
	 * before the data
	 * @return the target of the bytes, closed after the last one or when the call ends
	 * early, so that media are complete only if the call succeeds
	 * @throws IOException if the target cannot be opened
	 */
	OutputStream open(@Nullable String mimeType) throws IOException;

}
