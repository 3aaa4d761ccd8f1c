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

package com.cometapi.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for function calls that are approved by a later prompt.
 */
class SuspendedCallsTests extends AbstractRoundsTests {

	private static final String SIGNED = "{\"functionCall\": {\"id\": \"1\", \"name\": \"weather\", "
			+ "\"args\": {\"city\": \"Paris\"}}, \"thoughtSignature\": \"c2ln\"}";

	private static final String OTHER = "{\"functionCall\": {\"id\": \"2\", \"name\": \"weather\", "
			+ "\"args\": {\"city\": \"Rome\"}}}";

	private static final String LOCATION = "{\"functionCall\": {\"id\": \"3\", \"name\": \"location\", \"args\": {}}}";

	private static final Part OPEN = Part.functionResponse(FunctionResponse.builder().id("1").name("weather").build());

	private static final ThreadLocal<String> USER = new ThreadLocal<>();

	private final List<Object> ran = new ArrayList<>();

	private final GeminiChat chat = GeminiChat.create(this.gemini);

	@Test
	void suspendedCallEndsThePromptBeforeAnyCallRuns() {
		this.server.answerParts(SIGNED + "," + OTHER);

		GenerateContentResponse response = prompt("Weather?")
			.functionApproval(
					(call) -> "1".equals(call.id()) ? GeminiFunctionDecision.suspend() : GeminiFunctionDecision.allow())
			.call();

		assertThat(response.functionCalls()).extracting(FunctionCall::id).containsExactly("1", "2");
		assertThat(this.ran).isEmpty();
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void approvedCallRunsBeforeTheModelIsAsked() {
		this.server.answerParts(SIGNED).answerText("Sunny");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		List<GenerateContentResponse> events = prompt(OPEN).functionApproval((call) -> GeminiFunctionDecision.allow())
			.stream()
			.collectList()
			.block();

		assertThat(this.ran).containsExactly("Paris");
		assertThat(events.get(0).isFunctionResponses()).isTrue();
		assertThat(events.get(events.size() - 1).text()).isEqualTo("Sunny");
		this.server.takeJson();
		JsonNode sent = this.server.takeJson().get("contents");
		assertThat(sent).hasSize(3);
		assertThat(sent.at("/1/parts/0")).isEqualTo(GeminiServer.tree(SIGNED));
		assertThat(sent.at("/2/parts/0/functionResponse/response/output").asString()).isEqualTo("fine");
		assertThat(this.chat.conversation().turns()).hasSize(2)
			.last()
			.extracting((turn) -> turn.contents().get(0).parts().get(0).functionResponse().response())
			.isEqualTo(Map.of("output", "fine"));
	}

	@Test
	void modeAnyDoesNotForceAnotherCallAfterTheResumedOne() {
		this.server.answerParts(SIGNED).answerText("Sunny");
		prompt("Weather?").functionCalling(FunctionCallingMode.ANY)
			.functionApproval((call) -> GeminiFunctionDecision.suspend())
			.call();

		prompt(OPEN).functionCalling(FunctionCallingMode.ANY).text();

		assertThat(this.server.takeJson().at("/toolConfig/functionCallingConfig/mode").asString()).isEqualTo("ANY");
		assertThat(this.server.takeJson().at("/toolConfig/functionCallingConfig/mode").asString()).isEqualTo("AUTO");
	}

	@Test
	void refusalIsReportedToTheModel() {
		this.server.answerParts(SIGNED).answerText("As you wish");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		assertThat(prompt(OPEN).functionApproval((call) -> GeminiFunctionDecision.refuse("No")).text())
			.isEqualTo("As you wish");

		assertThat(this.ran).isEmpty();
		this.server.takeJson();
		assertThat(this.server.takeJson().at("/contents/2/parts/0/functionResponse/response/error").asString())
			.isEqualTo("No");
	}

	@Test
	void suspendedCallRunsBesideAResultOfTheCaller() {
		this.server.answerParts(SIGNED + "," + OTHER).answerText("Sunny");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		prompt(Part.functionResponse("2", "weather", Map.of("output", "given")), OPEN).text();

		assertThat(this.ran).containsExactly("Paris");
		this.server.takeJson();
		JsonNode parts = this.server.takeJson().at("/contents/2/parts");
		assertThat(parts).hasSize(2);
		assertThat(parts.at("/0/functionResponse/response/output").asString()).isEqualTo("fine");
		assertThat(parts.at("/1/functionResponse/response/output").asString()).isEqualTo("given");
	}

	@Test
	void givenResultsAreThoseOfTheCallsInTheirPlaceIfTheCallsHaveNoIds() {
		this.server.answerParts(CALL + "," + CALL.replace("Paris", "Rome")).answerText("Sunny");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		prompt(open(null, "weather"), Part.functionResponse("weather", Map.of("error", "refused"))).text();

		assertThat(this.ran).containsExactly("Paris");
		this.server.takeJson();
		JsonNode parts = this.server.takeJson().at("/contents/2/parts");
		assertThat(parts).hasSize(2);
		assertThat(parts.at("/0/functionResponse/response/output").asString()).isEqualTo("fine");
		assertThat(parts.at("/1/functionResponse/response/error").asString()).isEqualTo("refused");
	}

	@Test
	void callThatTheServerHasRespondedToIsNotResumed() {
		this.server.answerParts(OTHER + """
				,{"functionResponse": {"id": "2", "name": "weather", "response": {"output": "rain"}}},""" + SIGNED)
			.answerText("Sunny");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		assertThat(prompt(OPEN).text()).isEqualTo("Sunny");

		assertThat(this.ran).containsExactly("Paris");
		this.server.takeJson();
		JsonNode parts = this.server.takeJson().at("/contents/2/parts");
		assertThat(parts).hasSize(1);
		assertThat(parts.at("/0/functionResponse/id").asString()).isEqualTo("1");
	}

	@Test
	void callThatIsStillSuspendedIsARefusedRequest() {
		this.server.answerParts(SIGNED);
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		assertThatExceptionOfType(GeminiInvalidRequestException.class)
			.isThrownBy(() -> prompt(OPEN).functionApproval((call) -> GeminiFunctionDecision.suspend()).text())
			.withMessageContaining("not decided");

		assertThat(this.server.requests()).hasSize(1);
		assertThat(this.chat.conversation().turns()).hasSize(1);
	}

	@Test
	void newQuestionInsteadOfADecisionDropsTheCall() {
		this.server.answerParts(SIGNED).answerText("Hello");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		prompt("Never mind").text();

		assertThat(this.ran).isEmpty();
		this.server.takeJson();
		assertThat(this.server.takeJson().toString()).doesNotContain("functionCall").contains("Never mind");
	}

	@Test
	void decisionThatIsSentTwiceRunsTheFunctionOnce() {
		this.server.answerParts(SIGNED).answerText("Sunny");
		prompt("Weather?").functionApproval((call) -> GeminiFunctionDecision.suspend()).call();

		prompt(OPEN).text();
		assertThatExceptionOfType(GeminiInvalidRequestException.class).isThrownBy(() -> prompt(OPEN).text())
			.withMessageContaining("no open function call");

		assertThat(this.ran).hasSize(1);
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.chat.conversation().turns()).hasSize(2);
	}

	@Test
	void callBesideACallOfTheCallerIsAnnouncedAndRunsWithItsResult() {
		this.server.answerParts(SIGNED + "," + LOCATION).answerText("Sunny");
		Announcements approval = new Announcements();

		prompt("Weather?").functions(location()).functionApprovalAsync(approval).call();
		assertThat(approval.announced).containsExactly("1");
		assertThat(approval.decided).isEmpty();
		assertThatExceptionOfType(GeminiInvalidRequestException.class)
			.isThrownBy(() -> prompt(OPEN).functions(location()).functionApprovalAsync(approval).text())
			.withMessageContaining("'location'");
		assertThat(prompt(Part.functionResponse("3", "location", Map.of("city", "Paris")), OPEN).functions(location())
			.functionApprovalAsync(approval)
			.text()).isEqualTo("Sunny");

		assertThat(approval.decided).containsExactly("1");
		assertThat(this.ran).containsExactly("Paris");
		this.server.takeJson();
		assertThat(this.server.takeJson().at("/contents/2/parts").toString())
			.contains("\"response\":{\"output\":\"fine\"}", "\"response\":{\"city\":\"Paris\"}");
	}

	@Test
	void callThatCanNeverRunIsAnnouncedAsNotRunnable() {
		String unknown = "{\"functionCall\": {\"id\": \"4\", \"name\": \"unknown\", \"args\": {}}}";
		String invalid = "{\"functionCall\": {\"id\": \"5\", \"name\": \"strict\", \"args\": {\"count\": \"many\"}}}";
		this.server.answerParts(String.join(",", SIGNED, LOCATION, unknown, invalid)).answerText("Sunny");
		Announcements approval = new Announcements();
		GeminiFunctionCallback strict = GeminiFunctionCallback.of("strict", "A test", Count.class, Count::count);

		prompt("Weather?").functions(location()).functions(strict).functionApprovalAsync(approval).call();
		assertThat(approval.announced).containsExactly("1", "4", "5");
		assertThat(approval.notRunnable).containsExactly("4", "5");
		assertThat(prompt(Part.functionResponse("3", "location", Map.of("city", "Paris")), OPEN, open("4", "unknown"),
				open("5", "strict"))
			.functions(location())
			.functions(strict)
			.functionApprovalAsync(approval)
			.text()).isEqualTo("Sunny");

		assertThat(approval.decided).containsExactly("1");
	}

	@Test
	void callIsAnnouncedWithTheThreadLocalsOfTheCallerOnABlockingThread() {
		this.server.answerParts(SIGNED + "," + LOCATION);
		Announcements approval = new Announcements();
		ContextRegistry.getInstance().registerThreadLocalAccessor("suspended-calls-user", USER);
		USER.set("me");
		try {
			prompt("Weather?").functions(location()).functionApprovalAsync(approval).stream().blockLast();
		}
		finally {
			USER.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("suspended-calls-user");
		}

		assertThat(approval.announced).containsExactly("1");
		assertThat(approval.seenUser).isEqualTo("me");
	}

	@Test
	void failedAnnouncementEndsThePrompt() {
		this.server.answerParts(SIGNED + "," + LOCATION);
		GeminiFunctionApproval approval = new Announcements() {

			@Override
			public void announce(GeminiFunctionCall call, boolean runnable) {
				throw new IllegalStateException("broken");
			}

		};

		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> prompt("Weather?").functions(location()).functionApprovalAsync(approval).call())
			.withMessageContaining("'weather'")
			.havingCause()
			.withMessage("broken");
	}

	private static FunctionDeclaration location() {
		return FunctionDeclaration.builder().name("location").description("Location").build();
	}

	private static Part open(@Nullable String id, String name) {
		return Part.functionResponse(FunctionResponse.builder().id(id).name(name).build());
	}

	private PromptSpec prompt(String text) {
		return withFunction(this.chat.prompt(text));
	}

	private PromptSpec prompt(Part... parts) {
		return withFunction(this.chat.prompt().user(parts));
	}

	private PromptSpec withFunction(PromptSpec prompt) {
		return prompt.functions(weather((call) -> {
			this.ran.add(call.args().get("city"));
			return "fine";
		})).functionSettings((settings) -> settings.echoIds(true));
	}

	record Count(int count) {
	}

	private static class Announcements implements GeminiFunctionApproval {

		private final List<String> announced = new ArrayList<>();

		private final List<String> notRunnable = new ArrayList<>();

		private volatile @Nullable String seenUser;

		private final List<String> decided = new ArrayList<>();

		@Override
		public void announce(GeminiFunctionCall call, boolean runnable) {
			assertThat(Schedulers.isInNonBlockingThread()).isFalse();
			this.announced.add(call.id());
			if (!runnable) {
				this.notRunnable.add(call.id());
			}
			this.seenUser = USER.get();
		}

		@Override
		public Publisher<GeminiFunctionDecision> decide(GeminiFunctionCall call) {
			this.decided.add(call.id());
			return Mono.just(GeminiFunctionDecision.allow());
		}

	}

}
