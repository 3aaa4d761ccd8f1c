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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.thread.GeminiThreads;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Writes images to files.
 */
final class ImageFiles {

	private ImageFiles() {
	}

	/**
	 * Write an image to a file.
	 * @param file the file, replaced when the whole image has been written
	 * @param image sends the prompt for the image
	 * @param threads the threads that write
	 * @return the image
	 */
	static Mono<Blob> write(Path file, Mono<Blob> image, GeminiThreads threads) {
		// Checked before the prompt is sent, since a response that cannot be written is
		// billed as well.
		return threads.onMediaThread(Mono.<Blob>fromRunnable(() -> checkPlace(file)))
			.switchIfEmpty(image)
			.flatMap((found) -> threads.onMediaThread(Mono.fromCallable(() -> write(found, file))));
	}

	private static void checkPlace(Path file) {
		Path directory = file.toAbsolutePath().getParent();
		Assert.isTrue(directory != null && Files.isDirectory(directory),
				() -> "'file' must be in a directory that exists, but was '%s'".formatted(file));
		Assert.isTrue(!Files.isDirectory(file), () -> "'file' must not be a directory, but was '%s'".formatted(file));
	}

	private static Blob write(Blob image, Path file) {
		MediaData data = image.data();
		Assert.state(data != null, "An image has data");
		// Not a temporary file of the system, which other users may not read.
		Path part = file.toAbsolutePath().resolveSibling(".gemini-" + UUID.randomUUID() + ".part");
		try {
			write(data, part);
			Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
			return image;
		}
		catch (IOException ex) {
			delete(part);
			throw new GeminiMediaSinkException("The image cannot be written to '%s': %s".formatted(file, ex), ex);
		}
	}

	private static void write(MediaData data, Path part) throws IOException {
		try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
			data.writeTo(out);
		}
	}

	private static void delete(Path part) {
		try {
			Files.deleteIfExists(part);
		}
		catch (IOException ex) {
			// The exception of the write says more.
		}
	}

}
