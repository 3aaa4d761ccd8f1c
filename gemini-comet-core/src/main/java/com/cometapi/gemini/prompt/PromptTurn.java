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
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.util.Assert;

/**
 * One turn, as a {@link TurnAdvisor} sees it: the request of its first round, and after
 * its last round the result. The request has its model, its roles, the configured
 * defaults and the declarations of its functions. Copies belong to the same turn.
 */
public final class PromptTurn {

	private final PromptRun run;

	// The position of the next advisor, which is inside of the one that gets this turn.
	private final int position;

	private final GenerateContentRequest request;

	private final GeminiCallOptions options;

	private final List<Content> ownContents;

	// Contents of the rounds before a correction.
	private final List<Content> earlierContents;

	private final @Nullable GeminiFunctionRunner functions;

	private PromptTurn(PromptRun run, int position, GenerateContentRequest request, GeminiCallOptions options,
			List<Content> ownContents, List<Content> earlierContents, @Nullable GeminiFunctionRunner functions) {
		this.run = run;
		this.position = position;
		this.request = request;
		this.options = options;
		this.ownContents = ownContents;
		this.earlierContents = earlierContents;
		this.functions = functions;
	}

	PromptTurn(PromptRun run, GenerateContentRequest request, GeminiCallOptions options, List<Content> ownContents,
			@Nullable GeminiFunctionRunner functions) {
		this(run, 0, request, options, ownContents, List.of(), functions);
	}

	/**
	 * Return the request of the first round.
	 * @return the request
	 */
	public GenerateContentRequest request() {
		return this.request;
	}

	/**
	 * Return the per-call options of all rounds.
	 * @return the options
	 */
	public GeminiCallOptions options() {
		return this.options;
	}

	/**
	 * Return whether the responses are streamed.
	 * @return {@code true} if they are
	 */
	public boolean isStreamed() {
		return this.run.isStreamed();
	}

	/**
	 * Return the contents that the prompt itself adds to the conversation, without its
	 * history and what advisors have added.
	 * @return the contents, normally one of the user
	 */
	public List<Content> ownContents() {
		return this.ownContents;
	}

	/**
	 * Return the text of the {@linkplain #ownContents() prompt's own contents}.
	 * @return the texts, one a line
	 */
	public String text() {
		return this.ownContents.stream()
			.flatMap((content) -> content.parts().stream())
			.map(Part::text)
			.filter(Objects::nonNull)
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Record the conversation of the turn in the observation of the turn.
	 * @param id the id of the conversation
	 */
	public void observeConversation(String id) {
		this.run.conversationId(id);
	}

	/**
	 * Return a copy with another request.
	 * @param request the request, whose model and roles are completed
	 * @return the copy
	 * @throws IllegalArgumentException if the request would be refused
	 */
	public PromptTurn withRequest(GenerateContentRequest request) {
		return new PromptTurn(this.run, this.position, this.run.factory().complete(request), this.options,
				this.ownContents, this.earlierContents, this.functions);
	}

	/**
	 * Return a copy with other per-call options.
	 * @param options the options
	 * @return the copy
	 */
	public PromptTurn withOptions(GeminiCallOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return new PromptTurn(this.run, this.position, this.request, options, this.ownContents, this.earlierContents,
				this.functions);
	}

	/**
	 * Return a copy with contents before all contents of the request.
	 * @param contents the contents, the oldest first
	 * @return the copy
	 */
	public PromptTurn withHistory(List<Content> contents) {
		if (contents.isEmpty()) {
			return this;
		}
		List<Content> all = new ArrayList<>(contents);
		all.addAll(this.request.contents());
		return withRequest(this.request.toBuilder().contents(all).build());
	}

	/**
	 * Return a copy with one more part of the system instruction.
	 * @param text the instruction
	 * @return the copy
	 */
	public PromptTurn withSystem(String text) {
		Assert.hasText(text, "'text' must not be empty");
		return withRequest(this.request.toBuilder()
			.systemInstruction(RequestAssembler.join(this.request.systemInstruction(), Content.system(text)))
			.build());
	}

	/**
	 * Return a copy that asks the model to correct its last response. The model sees the
	 * response and the correction; the result contains neither. Must be called after the
	 * last round.
	 * @param correction the instruction for the model
	 * @return the copy
	 */
	public PromptTurn withCorrection(String correction) {
		PromptResult rejected = this.run.result(this);
		List<Content> contents = new ArrayList<>(this.run.resumed(this.request.contents()));
		contents.addAll(rejected.contents()
			.subList(this.ownContents.size() + this.earlierContents.size(), rejected.contents().size()));
		contents.add(Content.user(correction));
		return new PromptTurn(this.run, this.position, FunctionProtocol.continued(this.request, contents), this.options,
				this.ownContents, this.run.recorder(this.position).contents(), this.functions);
	}

	/**
	 * Return the result of the turn so far. It is complete after the last event of the
	 * last round.
	 * @return the result, with this turn's own contents
	 */
	public PromptResult result() {
		return this.run.result(this);
	}

	/**
	 * Apply the total timeout of the prompt to work, unless an enclosing call applies it
	 * already.
	 * @param work the work
	 * @param <T> the type of the elements
	 * @return the same elements, then the end or a
	 * {@link com.cometapi.gemini.error.GeminiTimeoutException}
	 */
	public <T> Flux<T> limitTotal(Flux<T> work) {
		return this.run.limitTotal(this, work);
	}

	/**
	 * Apply the total timeout of the prompt to work, unless an enclosing call applies it
	 * already, and set the exception with which the turn fails on timeout. The exception
	 * is used even if an enclosing call applies the timeout. If several advisors set one,
	 * the outermost that returns another exception than the timeout decides.
	 * @param work the work
	 * @param onTimeout returns the exception to fail with, such as one that has what the
	 * work has achieved; the timeout is that of the turn or of one of its calls
	 * @param <T> the type of the elements
	 * @return the same elements, then the end or the exception
	 */
	public <T> Flux<T> limitTotal(Flux<T> work, Function<GeminiTimeoutException, Throwable> onTimeout) {
		this.run.onTimeout(onTimeout);
		return limitTotal(work);
	}

	/**
	 * Check that the prompt has no {@code mediaSink}, so that its responses contain their
	 * media. Required of responses that are sent back or stored.
	 * @return this turn
	 * @throws IllegalArgumentException if the prompt has a {@code mediaSink}
	 */
	public PromptTurn requireMedia() {
		Assert.isTrue(this.options.mediaSink() == null,
				"A 'mediaSink' takes the media out of the response: use it with call(), stream() or their texts, "
						+ "without functions and outside a chat");
		return this;
	}

	/**
	 * Return the turn as an advisor sees it.
	 * @param position the position of the advisor
	 * @return the turn
	 */
	PromptTurn insideOf(int position) {
		return new PromptTurn(this.run, position + 1, this.request, this.options, this.ownContents,
				this.earlierContents, this.functions);
	}

	int position() {
		return this.position;
	}

	List<Content> earlierContents() {
		return this.earlierContents;
	}

	@Nullable GeminiFunctionRunner functions() {
		return this.functions;
	}

	@Override
	public String toString() {
		return "PromptTurn[model=%s, contents=%d]".formatted(this.request.model(), this.request.contents().size());
	}

}
