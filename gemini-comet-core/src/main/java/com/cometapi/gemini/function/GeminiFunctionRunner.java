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

package com.cometapi.gemini.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.function.FunctionExecution.DecidedCall;
import com.cometapi.gemini.thread.CallerThreadLocals;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Runs the function calls of a model with the functions of one prompt. Prompts use it
 * themselves; applications that run rounds on their own may use it too. Immutable and
 * thread-safe.
 */
public final class GeminiFunctionRunner {

	// A name has at most 64 characters.
	private static final int MAX_LISTED_NAMES = 32;

	private final Map<String, GeminiFunctionCallback> functions;

	private final List<FunctionDeclaration> declarations;

	private final GeminiFunctionTypes types;

	private final GeminiFunctionContext context;

	private final GeminiFunctionApproval approval;

	private final GeminiFunctionSettings settings;

	private final GeminiThreads threads;

	private GeminiFunctionRunner(Map<String, GeminiFunctionCallback> functions, List<FunctionDeclaration> declarations,
			GeminiFunctionTypes types, GeminiFunctionContext context, GeminiFunctionApproval approval,
			GeminiFunctionSettings settings, GeminiThreads threads) {
		this.functions = functions;
		this.declarations = declarations;
		this.types = types;
		this.context = context;
		this.approval = approval;
		this.settings = settings;
		this.threads = threads;
	}

	static GeminiFunctionRunner of(List<? extends GeminiFunctionCallback> functions, GeminiFunctionTypes types,
			GeminiFunctionSettings settings, GeminiThreads threads) {
		Map<String, GeminiFunctionCallback> byName = new LinkedHashMap<>();
		List<FunctionDeclaration> declarations = functions.stream()
			.map((function) -> function.declaration(types))
			.toList();
		for (int i = 0; i < functions.size(); i++) {
			String name = FunctionNames.check(declarations.get(i).name());
			GeminiFunctionCallback other = byName.put(name, functions.get(i));
			Assert.isTrue(other == null, () -> "There are two functions named '%s'".formatted(name));
		}
		return new GeminiFunctionRunner(byName, declarations, types, GeminiFunctionContext.EMPTY,
				GeminiFunctionApproval.ALLOW_ALL, settings, threads);
	}

	/**
	 * Return a copy that passes values to the functions.
	 * @param context the values
	 * @return the copy
	 */
	public GeminiFunctionRunner withContext(GeminiFunctionContext context) {
		return new GeminiFunctionRunner(this.functions, this.declarations, this.types, context, this.approval,
				this.settings, this.threads);
	}

	/**
	 * Return a copy that approves each call before it runs.
	 * @param approval decides about the calls
	 * @return the copy
	 */
	public GeminiFunctionRunner withApproval(GeminiFunctionApproval approval) {
		return new GeminiFunctionRunner(this.functions, this.declarations, this.types, this.context, approval,
				this.settings, this.threads);
	}

	/**
	 * Return a copy with the given settings.
	 * @param settings the settings
	 * @return the copy
	 */
	public GeminiFunctionRunner withSettings(GeminiFunctionSettings settings) {
		return new GeminiFunctionRunner(this.functions, this.declarations, this.types, this.context, this.approval,
				settings, this.threads);
	}

	/**
	 * Return the declarations of the functions for the model.
	 * @return the declarations, in the order of the functions
	 */
	public List<FunctionDeclaration> declarations() {
		return this.declarations;
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public GeminiFunctionSettings settings() {
		return this.settings;
	}

	/**
	 * Return whether a function with the given name exists.
	 * @param name the name
	 * @return {@code true} if it exists
	 */
	public boolean hasFunction(@Nullable String name) {
		return name != null && this.functions.containsKey(name);
	}

	/**
	 * Run the function calls of one response. The arguments of all calls are checked and
	 * all calls are approved before the first one runs. Cancelling interrupts running
	 * functions.
	 * @param calls the calls; the response to a call of an unknown function lists the
	 * known ones
	 * @return a part with the function response to each call, in the order of the calls;
	 * empty if the decision about a call was {@linkplain GeminiFunctionDecision#suspend
	 * suspended}; a {@link com.cometapi.gemini.error.GeminiFunctionFailedException} if a
	 * failure ends the prompt
	 */
	public Mono<List<Part>> run(List<FunctionCall> calls) {
		FunctionExecution execution = execution();
		Mono<List<Mono<DecidedCall>>> prepared = CallerThreadLocals
			.call(() -> calls.stream().map((call) -> prepare(execution, call)).toList());
		// Validators may block.
		return this.threads.onFunctionThread(prepared, this.settings.timeout())
			.flatMap(this::collect)
			.filter((decided) -> decided.stream().noneMatch(DecidedCall::isSuspended))
			.flatMap((decided) -> collect(decided.stream()
				.map((call) -> call.result().map(FunctionResponse.Builder::build).map(Part::functionResponse))
				.toList()));
	}

	/**
	 * Announce calls that cannot run yet to the approval, on a thread that may block.
	 * @param calls the calls
	 * @return completion, or a
	 * {@link com.cometapi.gemini.error.GeminiFunctionFailedException} if the approval
	 * fails
	 */
	public Mono<Void> announce(List<FunctionCall> calls) {
		if (calls.isEmpty() || this.approval == GeminiFunctionApproval.ALLOW_ALL) {
			return Mono.empty();
		}
		FunctionExecution execution = execution();
		Mono<Boolean> announced = CallerThreadLocals.call(() -> {
			for (FunctionCall call : calls) {
				GeminiFunctionCallback function = find(call);
				if (function == null || isIncomplete(call)) {
					execution.announce(GeminiFunctionCall.of(call, this.context, null), false);
				}
				else {
					execution.announce(function, GeminiFunctionCall.of(call, this.context, function.origin()));
				}
			}
			return true;
		});
		// Validators may block.
		return this.threads.onFunctionThread(announced, this.settings.timeout()).then();
	}

	private FunctionExecution execution() {
		return new FunctionExecution(this.types, this.approval, this.settings, this.threads);
	}

	private @Nullable GeminiFunctionCallback find(FunctionCall call) {
		return (call.name() != null) ? this.functions.get(call.name()) : null;
	}

	// A cut argument might be valid but wrong.
	private static boolean isIncomplete(FunctionCall call) {
		return Boolean.TRUE.equals(call.willContinue()) || !call.partialArgs().isEmpty();
	}

	private <T> Mono<List<T>> collect(List<Mono<T>> monos) {
		return Flux.fromIterable(monos)
			.flatMapSequential((mono) -> mono, this.settings.maxConcurrency(), 1)
			.collectList();
	}

	private Mono<DecidedCall> prepare(FunctionExecution execution, FunctionCall call) {
		return decide(execution, call).map((decided) -> decided
			.map((response) -> response.id((this.settings.echoIds()) ? call.id() : null).name(call.name())));
	}

	private Mono<DecidedCall> decide(FunctionExecution execution, FunctionCall call) {
		GeminiFunctionCallback function = find(call);
		if (function == null) {
			return Mono.just(DecidedCall
				.of(FunctionResultConverter.error("There is no function with this name. " + describeNames())));
		}
		if (isIncomplete(call)) {
			return Mono.just(DecidedCall.of(FunctionResultConverter.error("The arguments of the call are incomplete")));
		}
		return execution.prepare(function, GeminiFunctionCall.of(call, this.context, function.origin()));
	}

	private String describeNames() {
		int more = this.functions.size() - MAX_LISTED_NAMES;
		String names = this.functions.keySet().stream().limit(MAX_LISTED_NAMES).collect(Collectors.joining(", "));
		return (names.isEmpty()) ? "There are no functions"
				: "The available functions are: " + names + ((more > 0) ? " and %d more".formatted(more) : "");
	}

}
