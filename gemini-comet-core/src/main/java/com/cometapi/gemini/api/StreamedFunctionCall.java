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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A function call whose arguments arrive in pieces, Vertex AI only. Pieces that cannot be
 * assigned to an argument remain pieces.
 */
final class StreamedFunctionCall implements StreamedPart {

	private final Part first;

	private final StreamedArguments arguments = new StreamedArguments();

	private final List<PartialArg> unplaced = new ArrayList<>(0);

	private final Map<String, @Nullable Object> partAdditional = new LinkedHashMap<>(0);

	private final Map<String, @Nullable Object> additional = new LinkedHashMap<>(0);

	private @Nullable String id;

	private @Nullable String name;

	private @Nullable String thoughtSignature;

	private boolean open = true;

	StreamedFunctionCall(Part first) {
		this.first = first;
		add(first);
	}

	/**
	 * Return whether a part is a piece of a call, the first one or a later one.
	 * @param part the part
	 * @return {@code true} if more pieces follow or arguments are in pieces
	 */
	static boolean isPiece(Part part) {
		FunctionCall call = part.functionCall();
		return call != null && (Boolean.TRUE.equals(call.willContinue()) || !call.partialArgs().isEmpty());
	}

	/**
	 * Return whether a part is a complete call whose arguments are in pieces.
	 * @param part the part
	 * @return {@code true} if no more pieces follow
	 */
	static boolean isWholeInPieces(Part part) {
		FunctionCall call = part.functionCall();
		return call != null && !call.partialArgs().isEmpty() && !Boolean.TRUE.equals(call.willContinue());
	}

	@Override
	public boolean add(Part part) {
		FunctionCall piece = part.functionCall();
		if (!this.open || piece == null || isAnother(piece)) {
			return false;
		}
		this.id = EventMerger.last(this.id, piece.id());
		this.name = EventMerger.last(this.name, piece.name());
		this.thoughtSignature = EventMerger.last(this.thoughtSignature, part.thoughtSignature());
		if (piece.args() != null) {
			this.arguments.addAll(piece.args());
		}
		for (PartialArg arg : piece.partialArgs()) {
			if (!this.arguments.add(arg)) {
				this.unplaced.add(arg);
			}
		}
		this.partAdditional.putAll(part.additional());
		this.additional.putAll(piece.additional());
		this.open = Boolean.TRUE.equals(piece.willContinue());
		return true;
	}

	@Nullable String id() {
		return this.id;
	}

	private boolean isAnother(FunctionCall piece) {
		if (piece.id() != null && this.id != null) {
			return !piece.id().equals(this.id);
		}
		// Only the first piece of a call has its name.
		return piece.name() != null && this.name != null;
	}

	@Override
	public Part toPart() {
		FunctionCall call = EventMerger.message(this.additional,
				(additional) -> new FunctionCall(this.id, this.name, this.arguments.toMap(),
						(this.unplaced.isEmpty()) ? ImmutableCollections.absent() : this.unplaced,
						(this.open) ? true : null, additional));
		return EventMerger.message(this.partAdditional,
				(additional) -> this.first.toBuilder()
					.functionCall(call)
					.thoughtSignature(this.thoughtSignature)
					.additional(additional)
					.build());
	}

}
