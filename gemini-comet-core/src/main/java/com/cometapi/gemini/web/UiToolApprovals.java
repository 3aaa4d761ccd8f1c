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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;

/**
 * Approval of function calls by the user of a page that uses the AI SDK. The prompt and
 * the stream of one request share an instance: a call that needs an approval ends the
 * prompt, the stream asks the user, and the next request of the page has the decision.
 *
 * <p>
 * The page only decides yes or no. The call and its arguments are those of the model,
 * from the history: approvals require a chat whose history the server stores.
 * Thread-safe.
 *
 * @see UiMessageRequest#approvals(Predicate)
 * @see UiMessageStreamOptions#withApprovals(UiToolApprovals)
 */
public final class UiToolApprovals implements GeminiFunctionApproval {

	private static final int MAX_REASON_LENGTH = 1000;

	private final Predicate<GeminiFunctionCall> needsApproval;

	// By tool call id
	private final Map<String, UiToolApproval> given = new HashMap<>();

	private final List<DecidedCall> decided = new ArrayList<>();

	private boolean announced;

	UiToolApprovals(List<UiMessagePart> toolCalls, Predicate<GeminiFunctionCall> needsApproval) {
		this.needsApproval = needsApproval;
		for (UiMessagePart call : toolCalls) {
			if (call.toolCallId() != null && call.approval() != null && call.isInState("approval-responded")) {
				this.given.put(call.toolCallId(), call.approval());
			}
		}
	}

	@Override
	public Publisher<GeminiFunctionDecision> decide(GeminiFunctionCall call) {
		// Deferred, since the predicate may throw
		return Mono.fromCallable(() -> decideNow(call));
	}

	private synchronized GeminiFunctionDecision decideNow(GeminiFunctionCall call) {
		String id = nextId(call);
		UiToolApproval approval = this.given.get(id);
		if (!this.needsApproval.test(call)) {
			this.decided.add(new DecidedCall(id, call.name(), Outcome.ALLOWED));
			return GeminiFunctionDecision.allow();
		}
		if (approval == null || approval.approved() == null) {
			this.decided.add(new DecidedCall(id, call.name(), Outcome.SUSPENDED));
			return GeminiFunctionDecision.suspend();
		}
		boolean approved = approval.approved();
		this.decided.add(new DecidedCall(id, call.name(), (approved) ? Outcome.ALLOWED : Outcome.DENIED));
		return (approved) ? GeminiFunctionDecision.allow() : GeminiFunctionDecision.refuse(refusal(approval.reason()));
	}

	@Override
	public synchronized void announce(GeminiFunctionCall call, boolean runnable) {
		this.announced = true;
		String id = nextId(call);
		this.decided.add(new DecidedCall(id, call.name(),
				(runnable && this.needsApproval.test(call)) ? Outcome.SUSPENDED : Outcome.ALLOWED));
	}

	// The decided calls are those of this round: calls of earlier rounds were removed
	// with their results.
	private String nextId(GeminiFunctionCall call) {
		return UiToolCallIds.of(call.id(), call.name(), call.args(),
				this.decided.stream().map(DecidedCall::id).toList());
	}

	private static String refusal(@Nullable String reason) {
		String text = "The user did not approve the call";
		return (StringUtils.hasText(reason))
				? text + ": " + reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)) : text;
	}

	/**
	 * Return the id that the page knows a call by.
	 * @param call the call
	 * @param earlier the ids of the calls of the round before it
	 * @return the id, the same for the same call
	 */
	String toolCallId(FunctionCall call, Collection<String> earlier) {
		return UiToolCallIds.of(call.id(), String.valueOf(call.name()), (call.args() != null) ? call.args() : Map.of(),
				earlier);
	}

	/**
	 * Return and remove the call that a function response belongs to.
	 * @param response the response
	 * @return the call, or {@code null} if it is not known
	 */
	synchronized @Nullable DecidedCall take(FunctionResponse response) {
		for (DecidedCall call : this.decided) {
			boolean matches = (response.id() != null) ? response.id().equals(call.id())
					: Objects.equals(response.name(), call.name());
			if (matches && !call.isSuspended()) {
				this.decided.remove(call);
				// A later call without an id may be the same
				this.given.remove(call.id());
				return call;
			}
		}
		return null;
	}

	/**
	 * Return the calls without a result that run with the next request of the page. All
	 * others are calls of tools that run in the page.
	 * @param toolCallIds the ids of the calls
	 * @return the ids, empty if no call waits
	 */
	synchronized List<String> waiting(List<String> toolCallIds) {
		if (this.announced) {
			return toolCallIds.stream()
				.filter((id) -> this.decided.stream().anyMatch((call) -> call.id().equals(id)))
				.toList();
		}
		return this.decided.stream().anyMatch(DecidedCall::isSuspended) ? toolCallIds : List.of();
	}

	synchronized boolean isSuspended(String toolCallId) {
		return this.decided.stream().anyMatch((call) -> call.isSuspended() && call.id().equals(toolCallId));
	}

	enum Outcome {

		ALLOWED, DENIED, SUSPENDED

	}

	record DecidedCall(String id, String name, Outcome outcome) {

		boolean isSuspended() {
			return this.outcome == Outcome.SUSPENDED;
		}

		boolean isDenied() {
			return this.outcome == Outcome.DENIED;
		}

	}

}
