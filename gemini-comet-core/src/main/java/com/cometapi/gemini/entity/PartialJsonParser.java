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

package com.cometapi.gemini.entity;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Parses a growing JSON text to a tree and reads each character once. Tolerates invalid
 * JSON, which is detected when the text is complete.
 */
final class PartialJsonParser {

	private static final ObjectReader literals = JsonMapper.builder()
		.build()
		.reader()
		.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

	private static final int MAX_DEPTH = 200;

	private final Deque<Frame> open = new ArrayDeque<>();

	private final StringBuilder token = new StringBuilder();

	private @Nullable JsonNode root;

	private State state = State.BETWEEN;

	private int codeUnit;

	private int digits;

	private long values;

	private boolean amongWords;

	private @Nullable StringNode unfinished;

	private final String type;

	PartialJsonParser() {
		this("");
	}

	/**
	 * Create a parser.
	 * @param type the JSON type of the value, such as {@code object}, by which citations
	 * before it are skipped; empty for any
	 */
	PartialJsonParser(String type) {
		this.type = type;
	}

	void feed(String text) {
		for (int i = 0; i < text.length() && isSmall(); i++) {
			feed(text.charAt(i));
		}
	}

	// A value that is too large is not shown while it grows, and is refused at the end.
	private boolean isSmall() {
		return this.open.size() < MAX_DEPTH && this.values < ResponseJson.MAX_VALUES;
	}

	/**
	 * Return the tree so far, including its unfinished text.
	 * @return the tree, valid until more text is fed, or {@code null} if no value has
	 * begun
	 */
	@Nullable JsonNode snapshot() {
		this.unfinished = null;
		Frame top = this.open.peek();
		boolean inText = this.state == State.TEXT || this.state == State.ESCAPE || this.state == State.CODE_UNIT;
		if (!inText || (top != null && top.expectsName())) {
			return this.root;
		}
		int end = this.token.length();
		boolean pairOpen = end > 0 && Character.isHighSurrogate(this.token.charAt(end - 1));
		StringNode text = JsonNodeFactory.instance.stringNode(this.token.substring(0, pairOpen ? end - 1 : end));
		this.unfinished = text;
		if (top == null) {
			return (this.root != null || this.amongWords) ? this.root : text;
		}
		top.show(text);
		return this.root;
	}

	/**
	 * Return the unfinished text of the last snapshot.
	 * @return the node, or {@code null} if there is none
	 */
	@Nullable JsonNode unfinished() {
		return this.unfinished;
	}

	private void feed(char character) {
		switch (this.state) {
			case TEXT -> feedText(character);
			case ESCAPE -> feedEscape(character);
			case CODE_UNIT -> feedCodeUnit(character);
			case LITERAL -> {
				if (Character.isWhitespace(character) || ",[]{}".indexOf(character) >= 0) {
					endLiteral();
					feedBetween(character);
				}
				else {
					this.token.append(character);
				}
			}
			case BETWEEN -> feedBetween(character);
		}
	}

	private void feedBetween(char character) {
		switch (character) {
			case '{' -> push(JsonNodeFactory.instance.objectNode());
			case '[' -> push(JsonNodeFactory.instance.arrayNode());
			case '}', ']' -> this.open.poll();
			case '"' -> begin(State.TEXT);
			case ',', ':' -> {
			}
			default -> {
				if (!Character.isWhitespace(character)) {
					begin(State.LITERAL);
					this.token.append(character);
				}
			}
		}
	}

	private void begin(State state) {
		this.state = state;
		this.token.setLength(0);
	}

	private void feedText(char character) {
		switch (character) {
			case '\\' -> this.state = State.ESCAPE;
			case '"' -> endText();
			default -> this.token.append(character);
		}
	}

	private void feedEscape(char character) {
		if (character == 'u') {
			this.state = State.CODE_UNIT;
			this.codeUnit = 0;
			this.digits = 0;
			return;
		}
		this.token.append(switch (character) {
			case 'n' -> '\n';
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'b' -> '\b';
			case 'f' -> '\f';
			default -> character;
		});
		this.state = State.TEXT;
	}

	private void feedCodeUnit(char character) {
		this.codeUnit = this.codeUnit * 16 + Math.max(0, Character.digit(character, 16));
		this.digits++;
		if (this.digits == 4) {
			this.token.append((char) this.codeUnit);
			this.state = State.TEXT;
		}
	}

	private void endText() {
		this.state = State.BETWEEN;
		Frame top = this.open.peek();
		if (top != null && top.expectsName()) {
			top.name = this.token.toString();
		}
		else {
			add(JsonNodeFactory.instance.stringNode(this.token.toString()));
		}
	}

	private void endLiteral() {
		this.state = State.BETWEEN;
		try {
			add(literals.readTree(this.token.toString()));
		}
		catch (JacksonException ex) {
			// Not JSON: reported when the text is complete. Numbers among words are not a
			// value, but an object or a list may follow.
			this.amongWords = true;
		}
	}

	private void push(ContainerNode<?> container) {
		add(container);
		this.open.push(new Frame(container));
	}

	private void add(JsonNode value) {
		this.values++;
		Frame top = this.open.peek();
		if (top != null) {
			top.show(value);
			top.end();
		}
		else if (this.root == null && (value.isContainer() || !this.amongWords)
				&& (!this.type.equals("object") || value.isObject())) {
			this.root = value;
		}
	}

	private enum State {

		BETWEEN, TEXT, ESCAPE, CODE_UNIT, LITERAL

	}

	/**
	 * A container that is not closed.
	 */
	private static final class Frame {

		private final ContainerNode<?> container;

		private @Nullable String name;

		private boolean shown;

		Frame(ContainerNode<?> container) {
			this.container = container;
		}

		boolean expectsName() {
			return this.container instanceof ObjectNode && this.name == null;
		}

		// An unfinished value replaces its earlier state.
		void show(JsonNode value) {
			if (this.container instanceof ArrayNode array) {
				if (this.shown) {
					array.set(array.size() - 1, value);
				}
				else {
					array.add(value);
				}
				this.shown = true;
			}
			else if (this.container instanceof ObjectNode object && this.name != null) {
				object.set(this.name, value);
			}
		}

		void end() {
			this.shown = false;
			this.name = null;
		}

	}

}
