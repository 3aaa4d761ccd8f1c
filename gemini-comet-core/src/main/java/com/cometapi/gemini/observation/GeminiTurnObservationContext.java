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

package com.cometapi.gemini.observation;

import java.math.BigDecimal;

import com.cometapi.gemini.api.UsageMetadata;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation of one turn: the rounds of a prompt, its functions and its
 * advisors.
 */
public final class GeminiTurnObservationContext extends Observation.Context {

	private final @Nullable String model;

	private final boolean streaming;

	private boolean cancelled;

	private int rounds;

	private @Nullable UsageMetadata usage;

	private @Nullable BigDecimal cost;

	private volatile @Nullable String conversationId;

	/**
	 * Create the context of a turn.
	 * @param model the requested model, or {@code null} if it is not known
	 * @param streaming whether the responses are streamed
	 */
	public GeminiTurnObservationContext(@Nullable String model, boolean streaming) {
		this.model = model;
		this.streaming = streaming;
	}

	/**
	 * Return the requested model.
	 * @return the bare id, or {@code null} if it is not known
	 */
	public @Nullable String getModel() {
		return this.model;
	}

	/**
	 * Return whether the responses are streamed.
	 * @return {@code true} if they are
	 */
	public boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Return the id of the conversation that the turn belongs to.
	 * @return the id, or {@code null} outside of a chat
	 */
	public @Nullable String getConversationId() {
		return this.conversationId;
	}

	/**
	 * Set the id of the conversation that the turn belongs to.
	 * @param conversationId the id
	 */
	public void setConversationId(String conversationId) {
		this.conversationId = conversationId;
	}

	/**
	 * Return the id of the conversation that a call or a function belongs to.
	 * @param context the context of an observation within a turn
	 * @return the id, or {@code null} outside of a turn or a chat
	 */
	static @Nullable String conversationId(Observation.ContextView context) {
		ObservationView parent = context.getParentObservation();
		return (parent != null && parent.getContextView() instanceof GeminiTurnObservationContext turn)
				? turn.getConversationId() : null;
	}

	/**
	 * Return the number of rounds.
	 * @return the number, 0 before the end
	 */
	public int getRounds() {
		return this.rounds;
	}

	/**
	 * Return the usage of all rounds.
	 * @return the usage, or {@code null} before the end and if it is not known
	 */
	public @Nullable UsageMetadata getUsage() {
		return this.usage;
	}

	/**
	 * Return the cost of all rounds.
	 * @return the cost in the currency of the prices, or {@code null} before the end and
	 * if it is not known
	 */
	public @Nullable BigDecimal getCost() {
		return this.cost;
	}

	/**
	 * Set the number of rounds, at the end of the turn.
	 * @param rounds the number
	 */
	public void setRounds(int rounds) {
		this.rounds = rounds;
	}

	/**
	 * Set the usage and the cost of the turn, at its end.
	 * @param usage the usage of all rounds, or {@code null} if it is not known
	 * @param cost the cost of all rounds, or {@code null} if it is not known
	 */
	public void setUsage(@Nullable UsageMetadata usage, @Nullable BigDecimal cost) {
		this.usage = usage;
		this.cost = cost;
	}

	/**
	 * Return whether the caller cancelled the prompt.
	 * @return {@code true} if it was cancelled, which is not an error
	 */
	public boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Mark the prompt as cancelled.
	 */
	public void markCancelled() {
		this.cancelled = true;
	}

}
