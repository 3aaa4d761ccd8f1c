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

package com.cometapi.gemini.prompt;

import java.nio.file.Path;
import java.util.List;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import reactor.core.publisher.Mono;

/**
 * Images as the result of a prompt. Part of {@link PromptSpec}.
 *
 * <p>
 * An image is a medium of the response whose type begins with {@code image/}, or that has
 * no type; drafts in the thoughts do not count. If there are several, the last one is the
 * model's result. The prompt itself asks the model for images, with
 * {@link PromptGenerationSpec#responseModalities}. A prompt with a {@code mediaSink},
 * which takes the images out of the response, is refused with an
 * {@link IllegalArgumentException}. A chat does not store a turn without an image.
 */
public interface PromptImageSpec {

	/**
	 * Send the prompt and wait for the last image of the response. Blocks; billed.
	 * @return the image
	 * @throws GeminiBlockedException if a filter blocked the prompt or the response
	 * @throws GeminiNoMediaException if there is no image: its message says why the model
	 * stopped and what it said instead
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	Blob image();

	/**
	 * Send the prompt and return the last image of the response. Billed for each
	 * subscription.
	 * @return the image, or one of the exceptions that {@link #image()} throws
	 */
	default Mono<Blob> imageAsync() {
		return imagesAsync().map((images) -> images.get(images.size() - 1));
	}

	/**
	 * Send the prompt and wait for the images of the response. Blocks; billed.
	 * @return the images in their order, at least one
	 * @throws GeminiBlockedException if a filter blocked the prompt or the response
	 * @throws GeminiNoMediaException if there is no image: its message says why the model
	 * stopped and what it said instead
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	List<Blob> images();

	/**
	 * Send the prompt and return the images of the response. Billed for each
	 * subscription.
	 * @return the images in their order, at least one, or one of the exceptions that
	 * {@link #images()} throws
	 */
	Mono<List<Blob>> imagesAsync();

	/**
	 * Send the prompt, wait for the response and write its last image to a file. Blocks;
	 * billed. The file is replaced when the whole image has been written; a failure
	 * leaves it unchanged. The bytes are written unchanged, whatever type the name of the
	 * file suggests.
	 * @param file the file, in a directory that exists
	 * @return the image that was written
	 * @throws GeminiBlockedException if a filter blocked the prompt or the response
	 * @throws GeminiNoMediaException if there is no image: its message says why the model
	 * stopped and what it said instead
	 * @throws GeminiMediaSinkException if the file cannot be written
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	Blob imageTo(Path file);

	/**
	 * Send the prompt and write the last image of the response to a file, on a thread for
	 * media. Billed for each subscription.
	 * @param file the file, in a directory that exists
	 * @return the image that was written, or one of the exceptions that
	 * {@link #imageTo(Path)} throws
	 */
	Mono<Blob> imageToAsync(Path file);

}
