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

import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UiToolApprovals}.
 */
class UiToolApprovalsTests {

	private static final String ALLOW = "GeminiFunctionDecision[allow]";

	private static final String REFUSE = "GeminiFunctionDecision[refuse]";

	private static final String SUSPEND = "GeminiFunctionDecision[suspend]";

	@Test
	void callWaitsForItsOwnDecision() {
		UiToolApprovals approvals = approvals("approval-responded", "1", true);
		assertThat(decide(approvals, "1", 7)).isEqualTo(ALLOW);
		assertThat(decide(approvals, "2", 7)).isEqualTo(SUSPEND);
		assertThat(approvals.isSuspended("2")).isTrue();
		assertThat(approvals.isSuspended("1")).isFalse();
	}

	@Test
	void callIsRefused() {
		UiToolApprovals approvals = approvals("approval-responded", "1", false);
		assertThat(decide(approvals, "1", 7)).isEqualTo(REFUSE);
		assertThat(approvals.take(FunctionResponse.of("1", "pay", Map.of())).isDenied()).isTrue();
	}

	@Test
	void decisionCountsInItsStateOnly() {
		for (String state : List.of("approval-requested", "input-available", "output-available")) {
			assertThat(decide(approvals(state, "1", true), "1", 7)).isEqualTo(SUSPEND);
		}
	}

	@Test
	void callWithoutAnIdIsKnownByItsArguments() {
		UiToolApprovals asked = approvals("input-available", "0", true);
		String id = asked.toolCallId(FunctionCall.of("pay", Map.of("amount", 7)), List.of());

		assertThat(decide(approvals("approval-responded", id, true), null, 7.0)).isEqualTo(ALLOW);
		assertThat(decide(approvals("approval-responded", id, true), null, 7)).isEqualTo(ALLOW);
		assertThat(decide(approvals("approval-responded", id, true), null, 8)).isEqualTo(SUSPEND);
	}

	@Test
	void callWithoutAnIdMayHaveANumberThatIsNotFinite() {
		for (double amount : new double[] { Double.NaN, Double.POSITIVE_INFINITY }) {
			UiToolApprovals asked = approvals("input-available", "0", true);
			String id = asked.toolCallId(FunctionCall.of("pay", Map.of("amount", amount)), List.of());

			assertThat(decide(approvals("approval-responded", id, true), null, amount)).isEqualTo(ALLOW);
			assertThat(decide(approvals("approval-responded", id, true), null, 7)).isEqualTo(SUSPEND);
		}
	}

	@Test
	void equalCallsWithoutIdsHaveADecisionEach() {
		UiToolApprovals asked = approvals("input-available", "0", true);
		String id = asked.toolCallId(FunctionCall.of("pay", Map.of("amount", 7)), List.of());
		String next = asked.toolCallId(FunctionCall.of("pay", Map.of("amount", 7)), List.of(id));

		UiToolApprovals approvals = approvals("approval-responded", id, true);
		assertThat(decide(approvals, null, 7)).isEqualTo(ALLOW);
		assertThat(decide(approvals, null, 7)).isEqualTo(SUSPEND);
		assertThat(approvals.isSuspended(id)).isFalse();
		assertThat(approvals.isSuspended(next)).isTrue();
	}

	@Test
	void decisionIsUsedInOneRound() {
		UiToolApprovals asked = approvals("input-available", "0", true);
		String id = asked.toolCallId(FunctionCall.of("pay", Map.of("amount", 7)), List.of());
		UiToolApprovals approvals = approvals("approval-responded", id, true);
		decide(approvals, null, 7);

		approvals.take(FunctionResponse.of(null, "pay", Map.of()));

		assertThat(decide(approvals, null, 7)).isEqualTo(SUSPEND);
	}

	@Test
	void announcedCallsWaitAndThoseOfThePageDoNot() {
		UiToolApprovals approvals = approvals("input-available", "0", true);
		assertThat(approvals.waiting(List.of("1", "2"))).isEmpty();
		approvals.announce(call("pay", "1"), true);
		approvals.announce(call("look", "2"), true);

		assertThat(approvals.waiting(List.of("1", "2", "3"))).containsExactly("1", "2");
		assertThat(approvals.isSuspended("1")).isTrue();
		assertThat(approvals.isSuspended("2")).isFalse();
	}

	@Test
	void callThatCanNeverRunNeedsNoApproval() {
		UiToolApprovals approvals = approvals("input-available", "0", true);
		approvals.announce(call("pay", "1"), false);

		assertThat(approvals.waiting(List.of("1"))).containsExactly("1");
		assertThat(approvals.isSuspended("1")).isFalse();
	}

	@Test
	void allCallsWaitForOneThatIsSuspended() {
		UiToolApprovals approvals = approvals("approval-responded", "1", true);
		decide(approvals, "1", 7);
		assertThat(approvals.waiting(List.of("1", "2"))).isEmpty();
		decide(approvals, "2", 7);

		assertThat(approvals.waiting(List.of("1", "2"))).containsExactly("1", "2");
	}

	private static GeminiFunctionCall call(String name, String id) {
		return new GeminiFunctionCall(name, id, Map.of(), GeminiFunctionContext.EMPTY, null);
	}

	private static UiToolApprovals approvals(String state, String id, boolean approved) {
		UiMessageRequest request = Responses.MAPPER.readValue("""
				{"messages":[{"role":"assistant","parts":[{"type":"tool-pay","toolCallId":"%s","state":"%s",
				"approval":{"id":"a","approved":%s}}]}]}""".formatted(id, state, approved), UiMessageRequest.class);
		return request.approvals((call) -> call.name().equals("pay"));
	}

	private static String decide(UiToolApprovals approvals, @Nullable String id, Object amount) {
		GeminiFunctionCall call = new GeminiFunctionCall("pay", id, Map.of("amount", amount),
				GeminiFunctionContext.EMPTY, null);
		return Mono.from(approvals.decide(call)).block().toString();
	}

}
