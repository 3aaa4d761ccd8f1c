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

package com.cometapi.gemini.cost;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.cost.GeminiCosts.ModelCosts;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptResult;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.UsageResponses;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiCostFilter}.
 */
class GeminiCostFilterTests {

	static final GeminiPrices PRICES = GeminiPrices
		.of(Map.of("gemini-3.5-flash", ModelPrice.of(new BigDecimal("1"), new BigDecimal("10"))));

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final GeminiCosts costs = new GeminiCosts();

	private final GeminiTemplate gemini = this.server.template(new GeminiCostFilter(PRICES, this.costs));

	@Test
	void originOfAResponseHasItsCost() {
		this.server.answer(UsageResponses.text("Hi", 100, 20));
		assertThat(cost(this.gemini.prompt("Hi").call())).isEqualByComparingTo("0.0003");
		assertThat(this.costs.byModel())
			.containsExactly(new ModelCosts("default", "gemini-3.5-flash", new BigDecimal("0.000300"), 1, 0));
	}

	@Test
	void eventOfAStreamHasTheCostSoFar() {
		this.server.answerEvents(UsageResponses.event("A", null, 100, 5), UsageResponses.event("B", null, null, null),
				UsageResponses.event("C", "STOP", 100, 20));
		List<GenerateContentResponse> events = this.gemini.prompt("Hi").stream().collectList().block();
		assertThat(events).extracting(GeminiCostFilterTests::cost)
			.usingElementComparator(BigDecimal::compareTo)
			.containsExactly(new BigDecimal("0.00015"), new BigDecimal("0.00015"), new BigDecimal("0.0003"));
		assertThat(this.costs.total()).isEqualByComparingTo("0.0003");
	}

	@Test
	void usageBeforeTheLastEventIsNotLost() {
		this.server.answerEvents(UsageResponses.event("A", null, 100, 20),
				UsageResponses.event("B", "STOP", null, null));
		assertThat(cost(this.gemini.prompt("Hi").stream().blockLast())).isEqualByComparingTo("0.0003");
	}

	@Test
	void usageIsMergedMemberByMember() {
		this.server.answerEvents(
				"{'candidates': [{'content': {'parts': [{'text': 'A'}]}}], 'usageMetadata': {'promptTokenCount': 100}}",
				"{'candidates': [{'content': {'parts': [{'text': 'B'}]}, 'finishReason': 'STOP'}], "
						+ "'usageMetadata': {'candidatesTokenCount': 20}}");
		assertThat(cost(this.gemini.prompt("Hi").stream().blockLast())).isEqualByComparingTo("0.0003");
	}

	@Test
	void resultOfAPromptHasTheCostOfAllRounds() {
		this.server
			.answer("{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'name': 'f', "
					+ "'args': {}}}]}, 'finishReason': 'STOP'}], "
					+ "'usageMetadata': {'promptTokenCount': 100, 'candidatesTokenCount': 20}}")
			.answer(UsageResponses.text("Hi", 300, 40));
		PromptResult result = this.gemini.prompt("Hi")
			.functions(GeminiFunctionCallback.of("f", "A test", () -> "done"))
			.result();
		assertThat(result.response().text()).isEqualTo("Hi");
		assertThat(cost(result.response())).isEqualByComparingTo("0.0007");
		assertThat(result.totalCost()).isEqualByComparingTo("0.001");
		assertThat(this.costs.total()).isEqualByComparingTo("0.001");
	}

	@Test
	void resultOfOneRoundHasItsCost() {
		this.server.answer(UsageResponses.text("Hi", 100, 20));
		assertThat(this.gemini.prompt("Hi").result().totalCost()).isEqualByComparingTo("0.0003");
	}

	@Test
	void responseWithoutUsageOrPriceHasNoCost() {
		this.server.answerText("Hi").answer(UsageResponses.text("Hi", 100, 20));
		assertThat(cost(this.gemini.prompt("Hi").call())).isNull();
		assertThat(cost(this.gemini.prompt("Hi").model("gemini-9").call())).isNull();
		assertThat(this.costs.byModel()).containsExactlyInAnyOrder(
				new ModelCosts("default", "gemini-3.5-flash", BigDecimal.ZERO, 1, 1),
				new ModelCosts("default", "gemini-9", BigDecimal.ZERO, 1, 1));
	}

	@Test
	void cancelledAndFailedStreamsCountTheirReportedCost() {
		this.server.answerEvents(UsageResponses.event("A", null, 100, 5), UsageResponses.event("B", "STOP", 100, 20))
			.answerEvents(UsageResponses.event("A", null, 100, 5));
		StepVerifier.create(this.gemini.prompt("Hi").stream(), 1).expectNextCount(1).thenCancel().verify();
		StepVerifier.create(this.gemini.prompt("Hi").stream()).expectNextCount(1).verifyError(GeminiException.class);
		assertThat(this.costs.byModel())
			.containsExactly(new ModelCosts("default", "gemini-3.5-flash", new BigDecimal("0.000300"), 2, 0));
	}

	private static BigDecimal cost(GenerateContentResponse response) {
		return response.origin().cost();
	}

}
