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
 * Takes the media of an answer while they arrive, so that none is held in memory however
 * large it is. The answer then has the parts of the media with no data in them, in the
 * order in which the sink was opened; {@code Part.isThought()} tells which were drafts of
 * the model.
 *
 * <p>
 * Opened and written to on a thread that may block, one medium after another. Until a
 * write returns, no more of the answer is fetched than a few buffers of the network. Time
 * limits go on: what takes long to write is part of the answer's time. When the call is
 * cancelled, its connection is closed at once and a write that blocks is interrupted.
 *
 * <p>
 * A response without any medium, drafts in the thoughts aside, ends with a
 * {@link GeminiNoMediaException}, or with a {@link GeminiBlockedException} if a filter
 * blocked it.
 */
@FunctionalInterface
public interface GeminiMediaSink {

	/**
	 * Open the target of the next medium. What goes wrong here or in the target ends the
	 * call with a {@link GeminiMediaSinkException}.
	 * @param mimeType the MIME type, or {@code null} if the answer does not name it
	 * before the data
	 * @return takes the bytes; closed after the last one, and also when the call ends
	 * early, so that only an answer without an exception makes its media whole
	 * @throws IOException if the medium cannot be taken
	 */
	OutputStream open(@Nullable String mimeType) throws IOException;

}
