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

package com.cometapi.gemini;

/**
 * The model has answered, but the turn could not be added to its conversation, which is
 * as it was. The turn is in here, so that the answer, which is paid for, is not lost.
 */
public final class GeminiChatNotSavedException extends GeminiChatException {

	private final transient GeminiTurn turn;

	/**
	 * Create the exception.
	 * @param message why the turn was not added
	 * @param conversationId the id of the conversation
	 * @param turn the turn
	 * @param cause what the repository threw
	 */
	public GeminiChatNotSavedException(String message, String conversationId, GeminiTurn turn, Throwable cause) {
		super(message, conversationId, cause);
		this.turn = turn;
	}

	/**
	 * Return the turn, with the answer of the model.
	 * @return the turn
	 */
	public GeminiTurn getTurn() {
		return this.turn;
	}

}
