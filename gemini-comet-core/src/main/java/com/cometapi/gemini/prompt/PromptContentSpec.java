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

import java.net.URI;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;

import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * The content of a prompt: texts, media and history. Part of {@link PromptSpec}.
 *
 * <p>
 * Texts and media become the parts of one turn of the user, in the order of the calls.
 *
 * @param <S> the type of the prompt
 */
public interface PromptContentSpec<S extends PromptContentSpec<S>> {

	/**
	 * Add to the system instruction. Each call adds parts to the same instruction.
	 * @param text the instruction
	 * @return this prompt
	 */
	S system(String text);

	/**
	 * Add to the system instruction. Each call adds parts to the same instruction.
	 * @param content the instruction, text only
	 * @return this prompt
	 */
	S system(Content content);

	/**
	 * Add a text of the user.
	 * @param text the text
	 * @return this prompt
	 */
	S user(String text);

	/**
	 * Add parts to the turn of the user.
	 * @param parts the parts
	 * @return this prompt
	 */
	S user(Part... parts);

	/**
	 * Add turns before the turn of the user. A prompt may also consist of such turns
	 * alone, for example when the last one holds the results of functions.
	 * @param contents the turns, oldest first, of the role {@code user} or {@code model}
	 * @return this prompt
	 * @throws IllegalArgumentException if a turn has another role, such as
	 * {@code assistant}
	 */
	S history(List<Content> contents);

	/**
	 * Add turns before the turn of the user.
	 * @param contents the turns, oldest first
	 * @return this prompt
	 */
	default S history(Content... contents) {
		return history(List.of(contents));
	}

	/**
	 * Add a medium whose type is detected by the name of the resource or by its first
	 * bytes.
	 *
	 * <p>
	 * The resource is read when the prompt is sent, never on an event loop. A large
	 * resource is read each time the prompt is sent and never held in memory; a resource
	 * that cannot be read twice is read only once. Sending fails with an
	 * {@link java.io.UncheckedIOException} if the resource cannot be read, and with an
	 * {@link IllegalArgumentException} if its type cannot be detected.
	 * @param resource the medium
	 * @return this prompt
	 */
	S media(Resource resource);

	/**
	 * Add a medium, which is read as described for {@link #media(Resource)}. Sending
	 * fails with an {@link java.io.UncheckedIOException} if the resource cannot be read.
	 * @param mimeType the type, such as {@code image/png}
	 * @param resource the medium
	 * @return this prompt
	 */
	S media(MimeType mimeType, Resource resource);

	/**
	 * Add a medium.
	 * @param mimeType the type, such as {@code image/png}
	 * @param bytes the medium; not copied, so it must not be changed afterwards
	 * @return this prompt
	 */
	S media(MimeType mimeType, byte[] bytes);

	/**
	 * Add a medium that the endpoint fetches itself, and whose type is detected by the
	 * path. A video on YouTube needs no type.
	 * @param uri the address, public and absolute
	 * @return this prompt
	 * @throws IllegalArgumentException if the type cannot be detected or the address is
	 * one that only this machine can read
	 */
	S media(URI uri);

	/**
	 * Add a medium that the endpoint fetches itself.
	 * @param mimeType the type, such as {@code video/mp4}
	 * @param uri the address, public and absolute
	 * @return this prompt
	 * @throws IllegalArgumentException if the address is one that only this machine can
	 * read
	 */
	S media(MimeType mimeType, URI uri);

}
