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

package com.cometapi.gemini.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Assembles function calls whose arguments are streamed in several parts, and drops calls
 * that are repeated within a round.
 */
final class FunctionCallAssembler {

	// By candidate index
	private final Map<Integer, OpenCalls> open = new TreeMap<>();

	private final Map<Integer, Set<FunctionCall>> handedOver = new HashMap<>(0);

	/**
	 * Add a function call or a fragment of one.
	 * @param index the index of the candidate
	 * @param part the part with the function call
	 * @param call the function call
	 * @return the function calls that are now complete, in order
	 */
	List<FunctionCall> add(int index, Part part, FunctionCall call) {
		return addPiece(index, part, call).stream().filter((whole) -> isNew(index, whole)).toList();
	}

	private boolean isNew(int index, FunctionCall call) {
		FunctionCall identity = call.identity();
		return identity == null || this.handedOver.computeIfAbsent(index, (unused) -> new HashSet<>()).add(identity);
	}

	private List<FunctionCall> addPiece(int index, Part part, FunctionCall call) {
		boolean last = !Boolean.TRUE.equals(call.willContinue());
		if (last && call.partialArgs().isEmpty() && !this.open.containsKey(index)) {
			return List.of(call);
		}
		OpenCalls calls = this.open.computeIfAbsent(index, (unused) -> new OpenCalls());
		calls.add(part, call);
		return (last && !calls.awaitMore()) ? take(index) : List.of();
	}

	/**
	 * Return the calls that are being streamed, with the arguments that have arrived.
	 * @param index the index of the candidate
	 * @return the calls, in order
	 */
	List<FunctionCall> streamed(int index) {
		OpenCalls calls = this.open.get(index);
		return (calls != null) ? calls.toList() : List.of();
	}

	private List<FunctionCall> take(int index) {
		OpenCalls calls = this.open.remove(index);
		return (calls != null) ? calls.toList() : List.of();
	}

	/**
	 * End the round and pass on the calls that were not completed.
	 * @param consumer receives the index of the candidate and the incomplete call
	 */
	void takeAll(BiConsumer<Integer, FunctionCall> consumer) {
		new ArrayList<>(this.open.keySet()).forEach((index) -> take(index).stream()
			.filter((call) -> isNew(index, call))
			.forEach((call) -> consumer.accept(index, call)));
		this.handedOver.clear();
	}

	/**
	 * The calls of a candidate that are being streamed.
	 */
	private static final class OpenCalls {

		private final ResponseAccumulator pieces = new ResponseAccumulator();

		// A call without an id is complete as soon as another one begins.
		private final Set<String> openIds = new HashSet<>();

		// The id of the call to which a piece without an id belongs.
		private @Nullable String currentId;

		OpenCalls() {
			// The accumulator does not merge the parts of a single event.
			this.pieces.add(GenerateContentResponse.builder().build());
		}

		void add(Part part, FunctionCall call) {
			this.pieces.add(GenerateContentResponse.builder()
				.candidates(Candidate.builder().content(Content.model(part)).build())
				.build());
			// Only the first piece of a call has its name.
			if (call.id() != null || call.name() != null) {
				this.currentId = call.id();
			}
			if (this.currentId == null) {
				return;
			}
			if (Boolean.TRUE.equals(call.willContinue())) {
				this.openIds.add(this.currentId);
			}
			else {
				this.openIds.remove(this.currentId);
			}
		}

		boolean awaitMore() {
			return !this.openIds.isEmpty();
		}

		List<FunctionCall> toList() {
			return this.pieces.toResponse().functionCalls();
		}

	}

}
