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

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.CodeExecutionResult;
import com.cometapi.gemini.api.ExecutableCode;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Format of the events that a {@link ResponseEventMapper} creates. Not thread-safe.
 */
interface ResponseEventFormat {

	void addText(int candidate, boolean thought, String text);

	void addInlineData(int candidate, boolean thought, Blob blob);

	/**
	 * Add a reference to a medium, for which there is no event by default.
	 * @param candidate the index of the candidate
	 * @param part the part with the reference
	 */
	default void addFileData(int candidate, Part part) {
	}

	/**
	 * Add a fragment of a function call whose arguments are streamed, for which there is
	 * no event by default. Called for each of its fragments but the last.
	 * @param candidate the index of the candidate
	 * @param fragment the fragment
	 * @param calls supplies the calls that are being streamed with the arguments that
	 * have arrived, the one of the fragment last
	 */
	default void addStreamedFunctionCalls(int candidate, FunctionCall fragment, Supplier<List<FunctionCall>> calls) {
	}

	/**
	 * Add a function call with all its arguments, or one that the stream has left
	 * incomplete.
	 * @param candidate the index of the candidate
	 * @param call the function call
	 */
	void addFunctionCall(int candidate, FunctionCall call);

	void addFunctionResult(int candidate, FunctionResponse result);

	void addCode(int candidate, ExecutableCode code);

	void addCodeResult(int candidate, CodeExecutionResult result);

	void addGrounding(int index, Candidate candidate);

	/**
	 * Add data of the application, for which there is no event by default.
	 * @param part the data
	 */
	default void addData(UiDataPart part) {
	}

	/**
	 * End a round after its function results were added.
	 */
	default void endRound() {
	}

	/**
	 * Add the usage and the cost of all rounds, before the end or the failure.
	 * @param usage the usage
	 * @param cost the cost, or {@code null} if it is not known
	 */
	void addUsage(UsageMetadata usage, @Nullable BigDecimal cost);

	/**
	 * Add the final events of a stream that was completed.
	 * @param ending the ending
	 */
	void addEnd(ResponseEnding ending);

	/**
	 * Add the final events of a stream that failed.
	 * @param failure the failure
	 * @param ending the ending as far as it is known
	 * @param ofResponse whether the response itself indicates the failure
	 */
	void addFailure(Throwable failure, ResponseEnding ending, boolean ofResponse);

}
