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

package com.cometapi.gemini.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A client of the Gemini native API, used as its documentation shows.
 */
interface Contender extends AutoCloseable {

	/**
	 * Ask and wait.
	 * @return the text of the answer
	 */
	String unary();

	/**
	 * Ask without waiting, on threads of the contender's own where it can only block.
	 * @return the text of the answer
	 */
	CompletableFuture<@Nullable String> unaryAsync();

	/**
	 * Ask for a stream.
	 * @param model the model, which selects the response of the server
	 * @param texts called with the text of each event
	 * @return the end of the stream
	 */
	CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts);

	/**
	 * Send a picture with a question and wait.
	 * @param picture the bytes of the picture
	 * @return the text of the answer
	 */
	String upload(byte[] picture);

	/**
	 * Ask for a picture and wait.
	 * @return the number of bytes, decoded
	 */
	int download();

	@Override
	void close();

}
