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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.error.GeminiTooManyRoundsException;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import com.cometapi.gemini.observation.GeminiTurnObservationContext;
import com.cometapi.gemini.thread.CallerThreadLocals;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * One run of a prompt, from its request to the events of its last round, in the order in
 * which it happens. Lives for one subscription.
 */
final class PromptRun {

	private final PromptFactory factory;

	private final RequestAssembler assembler;

	private List<TurnAdvisor> advisors;

	private final boolean streamed;

	// The outputs of the advisors that are recorded, by the position of the advisor.
	private Map<Integer, AdvisorOutput> outputs = Map.of();

	// Not every turn is recorded.
	private @Nullable TurnRecorder recorder;

	private @Nullable PromptTurn first;

	private boolean taken;

	private int rounds;

	private volatile Map<Content, Content> resumed = Map.of();

	private volatile int calls;

	private volatile Function<GeminiTimeoutException, Throwable> onTimeout = (ex) -> ex;

	private volatile @Nullable GeminiTurnObservationContext observed;

	PromptRun(PromptFactory factory, RequestAssembler assembler, List<TurnAdvisor> advisors, boolean streamed) {
		this.factory = factory;
		this.assembler = assembler;
		this.advisors = advisors;
		this.streamed = streamed;
	}

	/**
	 * Run the prompt.
	 * @return the events of all rounds, and between two rounds the function responses as
	 * they are sent back
	 */
	Flux<GenerateContentResponse> events() {
		if (this.assembler.hasFunctionSources()) {
			Mono<RequestAssembler> sourced = CallerThreadLocals.defer(this.assembler::withSourcedFunctions);
			// The limit includes the wait for the sources.
			return limitTotal(this.assembler.model(), this.assembler.options(),
					sourced.flatMapMany(this::onBlockingThread));
		}
		return events(this.assembler);
	}

	// Sources answer on threads that must not block, unlike those of most callers.
	private Flux<GenerateContentResponse> onBlockingThread(RequestAssembler assembler) {
		Mono<Flux<GenerateContentResponse>> events = Mono.fromSupplier(() -> events(assembler));
		return ((Schedulers.isInNonBlockingThread()) ? this.factory.client().getThreads().onFunctionThread(events)
				: events)
			.flatMapMany((flux) -> flux);
	}

	private Flux<GenerateContentResponse> events(RequestAssembler assembler) {
		if (!assembler.callsApplication()) {
			return advise(assembler.assemble(this, this.factory));
		}
		Mono<PromptTurn> assembled = CallerThreadLocals.call(() -> assembler.assemble(this, this.factory));
		return ((assembler.readsMedia() && Schedulers.isInNonBlockingThread())
				? this.factory.client().getThreads().onMediaThread(assembled) : assembled)
			.flatMapMany(this::advise);
	}

	/**
	 * Run the prompt with one more advisor.
	 * @param innermost the advisor inside of all others
	 * @return the events
	 */
	Flux<GenerateContentResponse> events(TurnAdvisor innermost) {
		List<TurnAdvisor> all = new ArrayList<>(this.advisors);
		all.add(innermost);
		this.advisors = all;
		return events();
	}

	private Flux<GenerateContentResponse> advise(PromptTurn turn) {
		this.first = turn;
		if (turn.functions() == null && this.advisors.isEmpty()) {
			return this.factory.client().exchange(turn.request(), turn.options(), this.streamed);
		}
		this.outputs = new TreeMap<>();
		TurnAdvisor.Next next = this::takeTurn;
		for (int i = this.advisors.size() - 1; i >= 0; i--) {
			next = link(i, this.advisors.get(i), next);
		}
		Flux<GenerateContentResponse> events = TurnObservation.observe(next.proceed(turn), this,
				turn.request().model());
		return (this.streamed || this.advisors.isEmpty()) ? events : lastResponse(events);
	}

	private TurnAdvisor.Next link(int position, TurnAdvisor advisor, TurnAdvisor.Next next) {
		if (!recordsOutput(position, advisor)) {
			return (turn) -> advise(position, advisor, turn, next);
		}
		AdvisorOutput output = new AdvisorOutput();
		this.outputs.put(position, output);
		TurnAdvisor.Next rest = (turn) -> next.proceed(turn).doOnNext(output::receive);
		return (turn) -> advise(position, advisor, turn, rest).doOnNext(output::add);
	}

	// A ResultReader returns the events unchanged. The caller of a stream without one
	// gets
	// the events of the outermost advisor and asks for no result.
	private boolean recordsOutput(int position, TurnAdvisor advisor) {
		boolean hasReader = this.advisors.get(this.advisors.size() - 1) instanceof ResultReader;
		return !(advisor instanceof ResultReader) && (position > 0 || !this.streamed || hasReader);
	}

	private static Flux<GenerateContentResponse> advise(int position, TurnAdvisor advisor, PromptTurn turn,
			TurnAdvisor.Next next) {
		return CallerThreadLocals.deferMany(() -> advisor.advise(turn.insideOf(position), next))
			.switchIfEmpty(Mono.error(() -> noResponse(advisor)));
	}

	private static IllegalStateException noResponse(TurnAdvisor advisor) {
		return new IllegalStateException(("A TurnAdvisor returned no response (%s): it must return the events of "
				+ "next.proceed(turn) or at least one of its own, even if a source that it asks is empty")
			.formatted(advisor.getClass().getName()));
	}

	private Flux<GenerateContentResponse> lastResponse(Flux<GenerateContentResponse> events) {
		return events.takeLast(1).map((event) -> (isChanged()) ? recorder(0).response() : event);
	}

	private Flux<GenerateContentResponse> takeTurn(PromptTurn turn) {
		GeminiFunctionRunner functions = turn.functions();
		if (functions != null) {
			turn.requireMedia();
		}
		return Flux.defer(() -> {
			recorder().begin(turn.earlierContents());
			// An advisor may have returned events before it proceeds for the first time.
			if (this.taken || !turn.earlierContents().isEmpty()) {
				this.outputs.values().forEach((output) -> output.begin(turn.earlierContents()));
			}
			this.taken = true;
			this.rounds = 0;
			Flux<GenerateContentResponse> rounds = (functions != null) ? resume(turn, functions)
					: takeRound(turn, turn.request());
			return (functions != null) ? limitTotal(turn, rounds) : rounds;
		});
	}

	// Runs the functions that an earlier turn has left open, if any.
	private Flux<GenerateContentResponse> resume(PromptTurn turn, GeminiFunctionRunner functions) {
		if (!FunctionProtocol.isResumption(turn.request())) {
			return takeRound(turn, turn.request());
		}
		List<FunctionCall> calls = FunctionProtocol.callsToResume(turn.request());
		if (calls.isEmpty()) {
			return Flux.error(invalid("There is a function response without a value, but no open function call"));
		}
		for (FunctionCall call : calls) {
			if (FunctionProtocol.isForCaller(call, turn.request(), functions)) {
				return Flux.error(invalid(
						"The result of the function '%s', which the caller runs, is missing".formatted(call.name())));
			}
		}
		return functions.run(calls)
			.switchIfEmpty(Mono.error(() -> invalid("A function call of the last response is still not decided")))
			.flatMapMany((results) -> {
				List<Content> contents = new ArrayList<>(turn.request().contents());
				Content open = contents.remove(contents.size() - 1);
				Content resumed = FunctionProtocol.resumed(turn.request(), results);
				contents.add(resumed);
				this.resumed = Map.of(open, resumed);
				return Flux.just(GenerateContentResponse.functionResponses(resumed))
					.concatWith(
							Flux.defer(() -> takeRound(turn, FunctionProtocol.continued(turn.request(), contents))));
			});
	}

	private static GeminiInvalidRequestException invalid(String message) {
		return new GeminiInvalidRequestException(message, GeminiError.NONE, null);
	}

	/**
	 * Return contents with the results of functions that an earlier turn has left open.
	 * @param contents the contents of a request or of a result
	 * @return the contents as they were sent
	 */
	List<Content> resumed(List<Content> contents) {
		return (this.resumed.isEmpty()) ? contents
				: contents.stream().map((content) -> this.resumed.getOrDefault(content, content)).toList();
	}

	private Flux<GenerateContentResponse> takeRound(PromptTurn turn, GenerateContentRequest request) {
		this.calls++;
		return this.factory.client()
			.exchange(request, turn.options(), this.streamed)
			.doOnNext((event) -> recorder().add(event))
			.concatWith(Flux.defer(() -> runFunctions(turn, request)));
	}

	private Flux<GenerateContentResponse> runFunctions(PromptTurn turn, GenerateContentRequest request) {
		GeminiFunctionRunner functions = turn.functions();
		if (functions == null) {
			return Flux.empty();
		}
		GenerateContentResponse response = recorder().response();
		List<FunctionCall> calls = FunctionProtocol.openCalls(response);
		List<FunctionCall> own = calls.stream()
			.filter((call) -> !FunctionProtocol.isForCaller(call, request, functions))
			.toList();
		if (own.size() < calls.size()) {
			return functions.announce(own).thenMany(Flux.empty());
		}
		Content content = TurnRecorder.sendable(response.content());
		if (calls.isEmpty() || content == null) {
			return Flux.empty();
		}
		int maxRounds = functions.settings().maxRounds();
		if (this.rounds++ >= maxRounds) {
			return Flux.error(new GeminiTooManyRoundsException(
					"The model called functions in more than %d rounds ('cometapi.gemini.functions.max-rounds')"
						.formatted(maxRounds),
					turn.result().contents(), response));
		}
		return functions.run(calls)
			.flatMapMany((parts) -> takeNextRound(turn, request, content, Content.user(parts.toArray(Part[]::new))));
	}

	private Flux<GenerateContentResponse> takeNextRound(PromptTurn turn, GenerateContentRequest request,
			Content content, Content functionResponses) {
		recorder().endRound(content, functionResponses);
		GenerateContentRequest next = FunctionProtocol.continued(request, content, functionResponses);
		GenerateContentResponse event = GenerateContentResponse.functionResponses(functionResponses);
		return Flux.just(event).concatWith(Flux.defer(() -> takeRound(turn, next)));
	}

	PromptFactory factory() {
		return this.factory;
	}

	void observed(GeminiTurnObservationContext observed) {
		this.observed = observed;
	}

	void conversationId(String conversationId) {
		GeminiTurnObservationContext observed = this.observed;
		if (observed != null) {
			observed.setConversationId(conversationId);
		}
	}

	/**
	 * Return the number of calls to a model until now.
	 * @return the number of rounds, those of rejected responses included
	 */
	int calls() {
		return this.calls;
	}

	/**
	 * Return the recorder of the responses of the models.
	 * @return the recorder
	 */
	TurnRecorder recorder() {
		if (this.recorder == null) {
			this.recorder = new TurnRecorder();
		}
		return this.recorder;
	}

	/**
	 * Return the recorder of the response that an advisor returns.
	 * @param position the position of the advisor
	 * @return the recorder of the outermost output that differs from the events which its
	 * advisor received, looking inwards from the position, or that of the models
	 */
	TurnRecorder recorder(int position) {
		return this.outputs.entrySet()
			.stream()
			.filter((output) -> output.getKey() >= position && output.getValue().isChanged())
			.findFirst()
			.map((output) -> output.getValue().recorder())
			.orElseGet(this::recorder);
	}

	/**
	 * Return whether an advisor has returned events of its own.
	 * @return {@code true} if the result is not the response of the models
	 */
	boolean isChanged() {
		return recorder(0) != recorder();
	}

	boolean isStreamed() {
		return this.streamed;
	}

	/**
	 * Return the result of the run, once its events have ended.
	 * @return the result
	 */
	PromptResult result() {
		Assert.state(this.first != null, "The run has not begun");
		return result(this.first);
	}

	PromptResult result(PromptTurn turn) {
		TurnRecorder advised = recorder(turn.position());
		PromptResult result = advised.toResult(resumed(turn.ownContents()));
		if (advised == recorder() || this.calls == 0) {
			return result;
		}
		// The responses of the models are billed even if an advisor replaces them.
		GenerateContentResponse response = recorder().response();
		return new PromptResult(result.contents(), result.response(), recorder().totalUsage(response),
				recorder().totalCost(response));
	}

	/**
	 * Set the translation of the exception of the total timeout. It is not used if an
	 * outer advisor, whose work has progressed further, has translated the exception.
	 * @param onTimeout returns the exception for the caller
	 */
	void onTimeout(Function<GeminiTimeoutException, Throwable> onTimeout) {
		Function<GeminiTimeoutException, Throwable> outer = this.onTimeout;
		this.onTimeout = (ex) -> {
			Throwable explained = outer.apply(ex);
			return (explained != ex) ? explained : onTimeout.apply(ex);
		};
	}

	// Once, by the outermost work that asks for it.
	<T> Flux<T> limitTotal(PromptTurn turn, Flux<T> work) {
		return limitTotal(turn.request().model(), turn.options(), work);
	}

	private <T> Flux<T> limitTotal(@Nullable String model, GeminiCallOptions options, Flux<T> work) {
		return Flux.deferContextual((context) -> (context.hasKey(this)) ? work
				: this.factory.client()
					.limitTotal(model, options, work.contextWrite((inside) -> inside.put(this, true)))
					.onErrorMap(GeminiTimeoutException.class, (ex) -> this.onTimeout.apply(ex)));
	}

}
