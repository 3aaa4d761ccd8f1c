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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a request that was made for one model to another one, and the response of the
 * other model to the first one, to which it is sent as a part of the history.
 *
 * <p>
 * Thinking levels become budgets and vice versa, each the nearest one that the model
 * takes, and are left out for a model whose family is not known. Penalties, which many
 * models refuse, are not sent to another model, nor is the resolution of a single medium
 * to a model before Gemini 3. Thought signatures belong to the family of models that made
 * them: another family gets the function calls of the history with the value that the API
 * defines for calls of other models, and everything else without its signature.
 */
public final class ModelAdapter {

	// Defined by the API for function calls that another family of models has made.
	private static final String SIGNATURE_OF_OTHER_MODELS = "skip_thought_signature_validator";

	private final ThinkingRules rules;

	/**
	 * Create an adapter.
	 * @param thinking the thinking settings of the application, including the families
	 * that it has configured
	 */
	public ModelAdapter(ThinkingDefaults thinking) {
		this.rules = new ThinkingRules(thinking);
	}

	/**
	 * Adapt a request to another model.
	 * @param request the request
	 * @param from the model that the request was made for
	 * @param to the model that it is sent to
	 * @return the request for that model
	 */
	public GenerateContentRequest adaptRequest(GenerateContentRequest request, String from, String to) {
		if (from.equals(to)) {
			return request;
		}
		GenerateContentRequest.Builder adapted = request.toBuilder().model(to);
		GenerationConfig config = request.generationConfig();
		if (config != null) {
			ThinkingConfig thinking = config.thinkingConfig();
			adapted.generationConfig(config.toBuilder()
				.thinkingConfig((thinking != null) ? this.rules.adapt(thinking, from, to) : null)
				.presencePenalty(null)
				.frequencyPenalty(null)
				.build());
		}
		PartAdapter parts = new PartAdapter(this.rules.isSameFamily(from, to), this.rules.takesLevels(to));
		return adapted.contents(request.contents().stream().map(parts::adapt).filter(ModelAdapter::hasParts).toList())
			.build();
	}

	private static boolean hasParts(Content content) {
		return !content.parts().isEmpty();
	}

	/**
	 * Return a function that adapts the events of a response, so that the first model
	 * accepts it as a part of the history.
	 * @param from the model that responds
	 * @param to the model that was asked first
	 * @return the function, for the events of one response in their order
	 */
	public UnaryOperator<GenerateContentResponse> responseAdapter(String from, String to) {
		if (this.rules.isSameFamily(from, to)) {
			return UnaryOperator.identity();
		}
		PartAdapter parts = new PartAdapter(false, this.rules.takesLevels(to));
		Set<@Nullable Integer> withCall = new HashSet<>();
		return (event) -> event.toBuilder()
			.candidates(event.candidates().stream().map((candidate) -> adapt(candidate, parts, withCall)).toList())
			.build();
	}

	// The first function call of a response may have come with an earlier event.
	private static Candidate adapt(Candidate candidate, PartAdapter parts, Set<@Nullable Integer> withCall) {
		Content content = candidate.content();
		if (content == null) {
			return candidate;
		}
		boolean hasCall = !content.functionCalls().isEmpty();
		Content adapted = parts.adapt(content, withCall.contains(candidate.index()));
		if (hasCall) {
			withCall.add(candidate.index());
		}
		return candidate.toBuilder().content(adapted).build();
	}

	/**
	 * Adapts the parts of contents.
	 *
	 * @param sameFamily whether the signatures are kept
	 * @param takesLevels whether the model belongs to a generation that requires
	 * signatures
	 */
	private record PartAdapter(boolean sameFamily, boolean takesLevels) {

		Content adapt(Content content) {
			return adapt(content, false);
		}

		Content adapt(Content content, boolean afterCall) {
			List<Part> parts = new ArrayList<>();
			boolean hasCall = afterCall;
			for (Part part : content.parts()) {
				Part adapted = adapt(part, part.functionCall() != null && !hasCall);
				// The API refuses empty parts.
				if (!adapted.isEmpty() || part.isEmpty()) {
					parts.add(adapted);
				}
				hasCall |= part.functionCall() != null;
			}
			return parts.equals(content.parts()) ? content : new Content(content.role(), parts, content.additional());
		}

		private Part adapt(Part part, boolean firstCall) {
			boolean hasResolution = part.mediaResolution() != null && !this.takesLevels;
			String signature = (this.sameFamily) ? part.thoughtSignature()
					: (firstCall && this.takesLevels) ? SIGNATURE_OF_OTHER_MODELS : null;
			if (!hasResolution && Objects.equals(signature, part.thoughtSignature())) {
				return part;
			}
			Part.Builder adapted = part.toBuilder().thoughtSignature(signature);
			return ((hasResolution) ? adapted.mediaResolution(null) : adapted).build();
		}

	}

}
