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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * One content of a conversation, such as a question of the user or a response of the
 * model: a role and parts.
 *
 * <p>
 * Wire: message {@code Content} of {@code v1beta}.
 *
 * @param role {@code user} or {@code model}
 * @param parts the parts of the content, in order
 * @param additional members that this version does not know, by name
 */
public record Content(@Nullable String role, @IncludeWhenPresent List<Part> parts,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	private static final String MODEL = "model";

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public Content {
		parts = ImmutableCollections.list(parts);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the text of all parts but thoughts, joined without separators.
	 * @return the text, empty if there is none
	 */
	public String text() {
		return join((part) -> !part.isThought());
	}

	/**
	 * Return the text of all thoughts, joined without separators.
	 * @return the text, empty if there is none
	 */
	public String thoughts() {
		return join(Part::isThought);
	}

	/**
	 * Return the function calls that the model asks for, in order.
	 * @return the calls, empty if there are none
	 */
	public List<FunctionCall> functionCalls() {
		return select(Part::functionCall);
	}

	/**
	 * Return the media of all parts but thoughts: image models put their drafts there.
	 * @return the media, empty if there are none
	 */
	public List<Blob> inlineData() {
		return select((part) -> (!part.isThought()) ? part.inlineData() : null);
	}

	/**
	 * Return the code that the model wrote and ran on the server, in order.
	 * @return the code, empty if there is none
	 */
	public List<ExecutableCode> executableCode() {
		return select(Part::executableCode);
	}

	/**
	 * Return the results of running code on the server, in order.
	 * @return the results, empty if there are none
	 */
	public List<CodeExecutionResult> codeExecutionResults() {
		return select(Part::codeExecutionResult);
	}

	Content ofModel() {
		return (MODEL.equals(this.role)) ? this : new Content(MODEL, this.parts, this.additional);
	}

	/**
	 * Return a copy with other parts.
	 * @param parts the parts
	 * @return a new content with the role and the unknown members of this one
	 */
	public Content withParts(List<Part> parts) {
		return new Content(this.role, parts, this.additional);
	}

	/**
	 * Return a copy with other unknown members.
	 * @param additional the members by name, sent as they are
	 * @return a new content with the role and the parts of this one
	 */
	public Content withAdditional(Map<String, @Nullable Object> additional) {
		return new Content(this.role, this.parts, additional);
	}

	private String join(Predicate<Part> filter) {
		StringBuilder text = null;
		String first = "";
		for (Part part : this.parts) {
			if (part.text() == null || part.text().isEmpty() || !filter.test(part)) {
				continue;
			}
			if (first.isEmpty()) {
				first = part.text();
				continue;
			}
			if (text == null) {
				text = new StringBuilder(first);
			}
			text.append(part.text());
		}
		return (text != null) ? text.toString() : first;
	}

	private <T> List<T> select(Function<Part, @Nullable T> member) {
		List<T> selected = new ArrayList<>(2);
		for (Part part : this.parts) {
			T value = member.apply(part);
			if (value != null) {
				selected.add(value);
			}
		}
		return List.copyOf(selected);
	}

	/**
	 * Create a content of the user with a text.
	 * @param text the text
	 * @return a new content
	 */
	public static Content user(String text) {
		return user(Part.text(text));
	}

	/**
	 * Create a content of the user. Function responses are a content of the user too.
	 * @param parts the parts, in order
	 * @return a new content
	 */
	public static Content user(Part... parts) {
		return new Content("user", List.of(parts), Map.of());
	}

	/**
	 * Create a content of the model with a text.
	 * @param text the text
	 * @return a new content
	 */
	public static Content model(String text) {
		return model(Part.text(text));
	}

	/**
	 * Create a content of the model. To replay a response of a model, send its own
	 * content.
	 * @param parts the parts, in order
	 * @return a new content
	 */
	public static Content model(Part... parts) {
		return new Content(MODEL, List.of(parts), Map.of());
	}

	/**
	 * Create a system instruction, which has no role.
	 * @param text the instruction
	 * @return a new content
	 */
	public static Content system(String text) {
		return new Content(null, List.of(Part.text(text)), Map.of());
	}

}
