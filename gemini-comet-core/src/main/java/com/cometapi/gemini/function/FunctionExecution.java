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

import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.function.GeminiFunctionCallback.Invocation;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.thread.CallerThreadLocals;
import com.cometapi.gemini.thread.Durations;
import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Executes function calls: reads the arguments, asks for approval, invokes the function
 * and handles a failure.
 */
final class FunctionExecution {

	private static final Log logger = LogFactory.getLog(GeminiFunctionCallback.class);

	private static final GeminiFunctionDecision NO_DECISION = GeminiFunctionDecision.refuse("The call was not allowed");

	private final GeminiFunctionTypes types;

	private final GeminiFunctionApproval approval;

	private final GeminiFunctionSettings settings;

	private final GeminiThreads threads;

	private final FunctionResultConverter results;

	FunctionExecution(GeminiFunctionTypes types, GeminiFunctionApproval approval, GeminiFunctionSettings settings,
			GeminiThreads threads) {
		this.types = types;
		this.approval = approval;
		this.settings = settings;
		this.threads = threads;
		this.results = new FunctionResultConverter(types.jsonMapper(), settings.maxResultSize(),
				(work) -> threads.onFunctionThread(work, settings.timeout()));
	}

	/**
	 * Read the arguments of a call, even before the result is subscribed to.
	 * @param function the function
	 * @param call the call
	 * @return the decision about the call, and its result
	 */
	Mono<DecidedCall> prepare(GeminiFunctionCallback function, GeminiFunctionCall call) {
		try {
			Invocation invocation = function.prepare(call, this.types);
			return approve(function, call).map((decision) -> new DecidedCall(decision.isSuspension(),
					Mono.defer(() -> execute(decision, function, call, invocation))));
		}
		// Reactor does not propagate errors of the virtual machine, so that the prompt
		// would hang.
		catch (Throwable ex) {
			return Mono.just(DecidedCall.of(FunctionResultConverter.error(explain(call.name(), ex))));
		}
	}

	private Mono<GeminiFunctionDecision> approve(GeminiFunctionCallback function, GeminiFunctionCall call) {
		if (function.needsApproval() && this.approval == GeminiFunctionApproval.ALLOW_ALL) {
			logger.warn("The function '%s' requires an approval, but the prompt has none: the call was refused"
				.formatted(call.name()));
			return Mono.just(NO_DECISION);
		}
		return CallerThreadLocals.defer(() -> Mono.<GeminiFunctionDecision>from(this.approval.decide(call)))
			.contextWrite((context) -> context.put(GeminiThreads.class, this.threads))
			.onErrorMap((ex) -> !(ex instanceof GeminiThreadsExhaustedException), (ex) -> approvalFailed(call, ex))
			.defaultIfEmpty(NO_DECISION);
	}

	/**
	 * Announce a call to the approval, after its arguments were read.
	 * @param function the function
	 * @param call the call
	 */
	void announce(GeminiFunctionCallback function, GeminiFunctionCall call) {
		boolean valid = true;
		try {
			function.prepare(call, this.types);
		}
		catch (RuntimeException | Error ex) {
			// Handled when the calls are run.
			valid = false;
		}
		announce(call, valid);
	}

	/**
	 * Announce a call to the approval.
	 * @param call the call
	 * @param runnable whether the call can be run at all
	 */
	void announce(GeminiFunctionCall call, boolean runnable) {
		try {
			this.approval.announce(call, runnable);
		}
		catch (RuntimeException | Error ex) {
			throw approvalFailed(call, ex);
		}
	}

	private static GeminiFunctionFailedException approvalFailed(GeminiFunctionCall call, Throwable failure) {
		return new GeminiFunctionFailedException(call.name(),
				"The approval of the function '%s' failed".formatted(call.name()), failure);
	}

	private Mono<FunctionResponse.Builder> execute(GeminiFunctionDecision decision, GeminiFunctionCallback function,
			GeminiFunctionCall call, Invocation invocation) {
		if (decision.refusal() != null) {
			return Mono.just(FunctionResultConverter.error(decision.refusal()));
		}
		if (decision.args() == null) {
			return invoke(call, invocation, function.isBlocking());
		}
		GeminiFunctionCall changed = call.withArgs(decision.args());
		// Validators may block even if the function does not.
		return invoke(changed, () -> function.prepare(changed, this.types).invoke(), true);
	}

	private Mono<FunctionResponse.Builder> invoke(GeminiFunctionCall call, Invocation invocation, boolean blocking) {
		return FunctionObservation.observe(call, (observation) -> {
			Mono<FunctionResponse.Builder> result = CallerThreadLocals.defer(() -> invoke(invocation))
				.onErrorResume((ex) -> !(ex instanceof GeminiThreadsExhaustedException),
						(ex) -> Mono.fromCallable(() -> {
							observation.fail(WrappedError.causeOf(ex));
							return FunctionResultConverter.error(explain(call.name(), ex));
						}));
			Mono<FunctionResponse.Builder> late = Mono.fromCallable(() -> {
				observation.timeOut();
				return FunctionResultConverter.error(explainTimeout(call));
			});
			return (blocking) ? this.threads.onFunctionThread(result, this.settings.timeout(), late)
					: result.timeout(Durations.capped(this.settings.timeout()), late);
		});
	}

	// A failure after a cancel is dropped here.
	private Mono<FunctionResponse.Builder> invoke(Invocation invocation) {
		try {
			return this.results.of(invocation.invoke());
		}
		catch (Throwable ex) {
			return Mono.error(WrappedError.of(ex));
		}
	}

	// Returns the message for the model, or throws to end the prompt.
	private String explain(String name, Throwable failure) {
		Throwable cause = WrappedError.causeOf(failure);
		if (this.settings.onError() == OnError.FAIL) {
			throw new GeminiFunctionFailedException(name, "The function '%s' failed: %s".formatted(name, cause), cause);
		}
		if (cause instanceof GeminiFunctionException) {
			logger.debug("The function '%s' reported to the model: %s".formatted(name, cause.getMessage()));
			return String.valueOf(cause.getMessage());
		}
		logger.warn("The function '%s' failed; the model receives a generic error".formatted(name), cause);
		return "The function failed";
	}

	private String explainTimeout(GeminiFunctionCall call) {
		String message = "The function '%s' did not complete within %s s ('cometapi.gemini.functions.timeout')"
			.formatted(call.name(), this.settings.timeout().toMillis() / 1000.0);
		if (this.settings.onError() == OnError.FAIL) {
			throw new GeminiFunctionFailedException(call.name(), message, null);
		}
		logger.warn(message + "; the model receives an error");
		return "The function timed out";
	}

	/**
	 * A call that the approval has decided about.
	 *
	 * @param isSuspended whether the decision was suspended
	 * @param result runs the function; the result, without name and id
	 */
	record DecidedCall(boolean isSuspended, Mono<FunctionResponse.Builder> result) {

		static DecidedCall of(FunctionResponse.Builder result) {
			return new DecidedCall(false, Mono.just(result));
		}

		DecidedCall map(UnaryOperator<FunctionResponse.Builder> change) {
			return new DecidedCall(this.isSuspended, this.result.map(change));
		}

	}

}
