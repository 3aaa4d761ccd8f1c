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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Merges the parts of a streamed response, in order. A repeated function call is kept
 * once.
 */
final class PartsAccumulator {

	private final List<StreamedPart> parts = new ArrayList<>();

	private boolean present;

	private @Nullable StreamedPart last;

	// The call that received the last piece.
	private @Nullable StreamedFunctionCall call;

	private final Map<String, StreamedFunctionCall> callsById = new HashMap<>(0);

	void add(List<Part> parts) {
		this.present = this.present || parts != ImmutableCollections.ABSENT;
		parts.forEach(this::add);
	}

	private void add(Part part) {
		StreamedFunctionCall call = findCall(part);
		if (call != null && call.add(part)) {
			remember(call);
			return;
		}
		if (this.last == null || !this.last.add(part)) {
			this.last = start(part);
			this.parts.add(this.last);
		}
	}

	// The pieces of several calls may be interleaved if the calls have ids.
	private @Nullable StreamedFunctionCall findCall(Part part) {
		FunctionCall piece = part.functionCall();
		if (this.call == null || piece == null) {
			return null;
		}
		StreamedFunctionCall known = (piece.id() != null) ? this.callsById.get(piece.id()) : null;
		return (known != null) ? known : this.call;
	}

	private void remember(StreamedFunctionCall call) {
		this.call = call;
		if (call.id() != null) {
			this.callsById.put(call.id(), call);
		}
	}

	private StreamedPart start(Part part) {
		if (StreamedFunctionCall.isPiece(part)) {
			StreamedFunctionCall call = new StreamedFunctionCall(part);
			remember(call);
			return call;
		}
		return (part.isPlainText()) ? new TextRun(part) : new WholePart(part);
	}

	List<Part> toParts() {
		if (!this.present) {
			return ImmutableCollections.absent();
		}
		Map<Object, Part> distinct = new LinkedHashMap<>();
		for (StreamedPart growing : this.parts) {
			Part part = growing.toPart();
			FunctionCall identity = identity(part);
			distinct.merge((identity != null) ? identity : growing, part, PartsAccumulator::repeated);
		}
		return List.copyOf(distinct.values());
	}

	private static @Nullable FunctionCall identity(Part part) {
		return (part.functionCall() != null) ? part.functionCall().identity() : null;
	}

	// Sometimes only the repetition has the signature.
	private static Part repeated(Part part, Part repetition) {
		return part.toBuilder()
			.thoughtSignature(EventMerger.last(part.thoughtSignature(), repetition.thoughtSignature()))
			.build();
	}

	/**
	 * Return whether a call is among the parts more than once.
	 * @param parts the parts
	 * @return {@code true} if merging would drop a repetition
	 */
	static boolean hasRepeatedCall(List<Part> parts) {
		Set<FunctionCall> identities = new HashSet<>(0);
		return parts.stream()
			.map(PartsAccumulator::identity)
			.anyMatch((identity) -> identity != null && !identities.add(identity));
	}

	/**
	 * A part that remains unchanged.
	 */
	private static final class WholePart implements StreamedPart {

		private final Part part;

		WholePart(Part part) {
			this.part = part;
		}

		@Override
		public boolean add(Part part) {
			return false;
		}

		@Override
		public Part toPart() {
			return this.part;
		}

	}

	/**
	 * A text that came in pieces.
	 */
	private static final class TextRun implements StreamedPart {

		private final Part first;

		private @Nullable StringBuilder text;

		TextRun(Part first) {
			this.first = first;
		}

		@Override
		public boolean add(Part part) {
			if (!part.isPlainText() || part.isThought() != this.first.isThought()) {
				return false;
			}
			if (this.text == null) {
				this.text = new StringBuilder().append(this.first.text());
			}
			this.text.append(part.text());
			return true;
		}

		@Override
		public Part toPart() {
			return (this.text != null) ? this.first.toBuilder().text(this.text.toString()).build() : this.first;
		}

	}

}
