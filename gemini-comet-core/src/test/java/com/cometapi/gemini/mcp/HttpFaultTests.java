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

package com.cometapi.gemini.mcp;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.EverythingServer;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests with servers over HTTP that die, forget their sessions or misbehave.
 */
class HttpFaultTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@AutoClose
	private final GeminiServer model = new GeminiServer();

	private final GeminiTemplate gemini = this.model.template();

	@AutoClose
	private final FakeHttpServer fake = new FakeHttpServer();

	@AutoClose
	private final GeminiMcpServer server = server(Map.of());

	private GeminiMcpServer server(Map<String, String> headers) {
		return GeminiMcpServer
			.create(GeminiMcpServerSettings.http("fake", this.fake.url()).toolPrefix("").headers(headers).build());
	}

	private PromptSpec prompt(GeminiMcpServer server, String tool, String args) {
		this.model.answerParts("{\"functionCall\": {\"name\": \"%s\", \"args\": %s}}".formatted(tool, args))
			.answerText("Done");
		return this.gemini.prompt("Go").functionsFrom(server);
	}

	private Map<String, Object> call(String tool) {
		prompt(this.server, tool, "{}").text();
		return response();
	}

	private Map<String, Object> response() {
		GenerateContentRequest request = this.model.lastRequest();
		return request.contents().get(request.contents().size() - 1).parts().get(0).functionResponse().response();
	}

	private List<String> tools() {
		return tools(this.server);
	}

	private List<String> tools(GeminiMcpServer server) {
		return this.gemini.prompt("Hi")
			.functionsFrom(server)
			.request()
			.tools()
			.get(0)
			.functionDeclarations()
			.stream()
			.map(FunctionDeclaration::name)
			.toList();
	}

	@Test
	void readOnlyCallIsRepeatedIfItsConnectionBreaks() {
		assertThat(call("read")).isEqualTo(Map.of("output", "done"));
		assertThat(this.fake.events.stream().filter("read"::equals)).hasSize(2);
	}

	@Test
	void otherCallIsNeverRepeated() {
		assertThat(call("drop").get("error")).asString().endsWith("the call may or may not have had an effect");
		assertThat(call("lost").get("error")).asString().endsWith("the call may or may not have had an effect");

		assertThat(this.fake.events.stream().filter("drop"::equals)).hasSize(1);
		assertThat(this.fake.events.stream().filter("lost"::equals)).hasSize(1);
	}

	@Test
	void responseThatContinuesAfterItsResultIsClosed() throws InterruptedException {
		this.fake.tools = "\"endless\"";
		assertThat(call("endless")).isEqualTo(Map.of("output", "done"));
		assertThat(this.fake.slowClosed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void messagesOfABatchAreRead() {
		this.fake.sendsBatches = true;
		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
	}

	@Test
	void toolsOfAServerWithoutNotificationsAreListedAgain() {
		this.fake.statusToListeners = 405;
		try (GeminiMcpServer impatient = GeminiMcpServer.create(GeminiMcpServerSettings.http("fake", this.fake.url())
			.toolPrefix("")
			.refreshInterval(Duration.ofMillis(50))
			.build())) {
			assertThat(tools(impatient)).contains("write");
			this.fake.tools = "\"new\"";
			Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(tools(impatient)).containsExactly("new"));
		}
	}

	@Test
	void changeIsSeenEvenIfItsNotificationDoesNotArrive() {
		try (GeminiMcpServer impatient = GeminiMcpServer
			.create(this.server.settings().toBuilder().refreshInterval(Duration.ofMillis(50)).build())) {
			assertThat(tools(impatient)).contains("write");
			Awaitility.await().atMost(SOON).until(this.fake::isListenedTo);
			this.fake.tools = "\"new\"";
			Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(tools(impatient)).containsExactly("new"));
		}
	}

	@Test
	void refreshIntervalMayExceedTheRangeOfNanoseconds() {
		this.fake.statusToListeners = 405;
		try (GeminiMcpServer patient = GeminiMcpServer.create(GeminiMcpServerSettings.http("fake", this.fake.url())
			.toolPrefix("")
			.refreshInterval(ChronoUnit.FOREVER.getDuration())
			.build())) {
			assertThat(tools(patient)).contains("write");
			this.fake.tools = "\"new\"";
			assertThat(tools(patient)).contains("write");
		}
	}

	@Test
	void serverWithoutARouteForListenersKeepsItsSession() {
		this.fake.statusToListeners = 404;
		tools();
		Awaitility.await().atMost(SOON).until(() -> this.fake.events.contains("refused to listen"));

		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
		assertThat(this.fake.events.stream().filter("initialize"::equals)).hasSize(1);
	}

	@Test
	void changeBeforeTheFirstConnectionForNotificationsIsSeen() {
		this.fake.statusToListeners = 503;
		assertThat(tools()).contains("write");
		Awaitility.await().atMost(SOON).until(() -> this.fake.events.contains("refused to listen"));
		this.fake.tools = "\"new\"";

		this.fake.statusToListeners = 200;

		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(tools()).containsExactly("new"));
	}

	@Test
	void interruptedResponseIsResumed() {
		assertThat(call("pausing")).isEqualTo(Map.of("output", "late"));
		assertThat(this.fake.events).containsSubsequence("pausing", "resumed at 1", "resumed at 2");
		assertThat(this.fake.events.stream().filter("pausing"::equals)).hasSize(1);
	}

	@Test
	void callThatTheServerRefusedBecauseOfItsSessionIsRepeated() {
		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
		this.fake.session = "second";

		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
		assertThat(this.fake.events.stream().filter("write"::equals)).hasSize(2);
	}

	@Test
	void modelIsToldThatACallHadNoEffectIfTheSessionCannotBeOpened() {
		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
		this.fake.session = "second";
		this.fake.statusOfInitialize = 503;

		assertThat(call("write").get("error")).asString().endsWith("the call has had no effect");
	}

	@Test
	void modelIsToldThatACallHadNoEffectIfNoConnectionIsFree() {
		this.fake.statusToListeners = 405;
		HttpClient httpClient = HttpClient.create(ConnectionProvider.builder("small")
			.maxConnections(1)
			.pendingAcquireTimeout(Duration.ofMillis(500))
			.build());
		try (GeminiMcpServer busy = GeminiMcpServer.builder(this.server.settings())
			.connector((other) -> new ReactorClientHttpConnector(httpClient))
			.build()) {
			this.model.answerParts("{\"functionCall\": {\"name\": \"slow\"}}");
			Disposable running = this.gemini.prompt("Go").functionsFrom(busy).textAsync().subscribe();
			Awaitility.await().atMost(SOON).until(() -> this.fake.events.contains("slow"));

			prompt(busy, "write", "{}").text();

			assertThat(response().get("error")).asString().endsWith("the call has had no effect");
			running.dispose();
		}
	}

	@Test
	void changeOfTheListIsSeenByTheNextPrompt() {
		assertThat(tools()).contains("read");
		Awaitility.await().atMost(SOON).until(this.fake::isListenedTo);

		this.fake.change();

		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(tools()).containsExactly("new"));
		assertThat(this.fake.events.stream().filter("list"::equals)).hasSize(2);
	}

	@Test
	void changeWhileToolsAreListedIsSeenByTheNextPrompt() {
		this.fake.listMayBeSent = new CountDownLatch(1);
		try (GeminiMcpServer patient = GeminiMcpServer
			.create(this.server.settings().toBuilder().connectTimeout(Duration.ofMinutes(5)).build())) {
			patient.functions(List.of()).onErrorComplete().subscribe();
			Awaitility.await().atMost(SOON).until(() -> this.fake.isListenedTo() && this.fake.events.contains("list"));

			this.fake.change();

			AtomicReference<List<GeminiFunctionCallback>> next = new AtomicReference<>(List.of());
			Awaitility.await().atMost(SOON).until(() -> {
				patient.functions(List.of()).subscribe(next::set);
				return next.get().stream().map((tool) -> tool.origin().name()).toList().equals(List.of("new"));
			});
			this.fake.listMayBeSent.countDown();
			assertThat(tools(patient)).containsExactly("new");
		}
	}

	@Test
	void cancelledPromptCancelsTheCallAndClosesItsExchange() throws InterruptedException {
		Disposable running = prompt(this.server, "slow", "{}").textAsync().subscribe();
		Awaitility.await().atMost(SOON).until(() -> this.fake.events.contains("slow"));

		running.dispose();

		assertThat(this.fake.slowClosed.await(30, TimeUnit.SECONDS)).isTrue();
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(this.fake.events).contains("notifications/cancelled"));
		assertThat(this.model.requestCount()).isOne();
	}

	@Test
	void timeoutOfFunctionsAppliesToTools() {
		prompt(this.server, "slow", "{}").functionSettings((settings) -> settings.timeout(Duration.ofMillis(300)))
			.text();

		assertThat(response()).isEqualTo(Map.of("error", "The function timed out"));
		assertThat(call("write")).isEqualTo(Map.of("output", "done"));
	}

	@Test
	void timeoutsMayExceedTheRangeOfNanoseconds() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		try (GeminiMcpServer patient = GeminiMcpServer.create(this.server.settings()
			.toBuilder()
			.connectTimeout(forever)
			.callTimeout(forever)
			.closeTimeout(forever)
			.build())) {
			prompt(patient, "write", "{}").functionSettings((settings) -> settings.timeout(forever)).text();
		}
		assertThat(response()).isEqualTo(Map.of("output", "done"));
		Awaitility.await().atMost(SOON).until(() -> this.fake.events.contains("delete"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308 })
	void redirectIsReportedWithItsTarget(int status) {
		this.fake.status = status;
		this.fake.location = "https://tracker.example.com/mcp/?token=sesame-open";
		assertThatExceptionOfType(GeminiFunctionSourceException.class).isThrownBy(this::tools)
			.withMessageEndingWith("it responded with status %d, a redirect to https://tracker.example.com/mcp/",
					status);
	}

	@Test
	void exceptionOfARefusalHasNoSecrets() {
		this.fake.status = 401;
		try (GeminiMcpServer secured = server(Map.of("Authorization", "Bearer sesame-open"))) {
			assertThatExceptionOfType(GeminiFunctionSourceException.class)
				.isThrownBy(() -> this.gemini.prompt("Hi").functionsFrom(secured).text())
				.withMessageContaining("it responded with status 401: You said: ")
				.withMessageNotContaining("sesame");
			assertThat(secured.toString() + secured.settings()).doesNotContain("sesame");
		}
	}

	@Test
	void credentialsOfTheApplicationAreNotSent() {
		this.fake.status = 401;
		WebClient.Builder ofTheApplication = WebClient.builder()
			.defaultHeader("Authorization", "Bearer of-the-app")
			.defaultRequest((request) -> request.header("Authorization", "Bearer of-the-app"));
		try (GeminiMcpServer other = GeminiMcpServer.builder(this.server.settings())
			.webClientBuilder(ofTheApplication)
			.build()) {
			assertThatExceptionOfType(GeminiFunctionSourceException.class)
				.isThrownBy(() -> this.gemini.prompt("Hi").functionsFrom(other).text())
				.withMessageContaining("You said: null");
		}
	}

	@Test
	void urlIsUsedUnchanged() {
		URI url = URI.create(this.fake.url() + "?key=a%20b%7Bc%7D");
		try (GeminiMcpServer other = GeminiMcpServer.create(GeminiMcpServerSettings.http("other", url).build())) {
			this.gemini.prompt("Hi").functionsFrom(other).request();
			assertThat(this.fake.query).isEqualTo("key=a%20b%7Bc%7D");
			assertThat(other.toString() + other.settings()).doesNotContain("key=");
		}
	}

	@Test
	void observationOfACallNamesTheServer() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		GeminiTemplate observed = new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER, this.model.settings().build())
					.withObservations(registry, null),
				GeminiDefaults.of("gemini-3.5-flash"));
		this.model.answerParts("{\"functionCall\": {\"name\": \"write\", \"args\": {}}}").answerText("Done");

		observed.prompt("Go").functionsFrom(this.server).text();

		TestObservationRegistryAssert.assertThat(registry)
			.hasObservationWithNameEqualTo("gen_ai.execute_tool.duration")
			.that()
			.hasLowCardinalityKeyValue("gen_ai.tool.name", "write")
			.hasLowCardinalityKeyValue("cometapi.gemini.function_source", "fake");
	}

	@Test
	void closeEndsRunningCalls() throws InterruptedException {
		prompt(this.server, "slow", "{}").textAsync().onErrorComplete().subscribe();
		Awaitility.await().atMost(SOON).until(() -> this.fake.events.contains("slow"));

		this.server.close();

		assertThat(this.fake.slowClosed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void callOnAClosedConnectionOpensNoSession() {
		McpConnection connection = new McpConnection(this.server.settings(),
				new HttpTransport(this.server.settings(), this.fake.url(), WebClient.create(), GeminiThreads.shared()),
				List.of(), (tool, args) -> Mono.empty());
		connection.open().block(SOON);
		connection.close();

		assertThatExceptionOfType(LostConnectionException.class)
			.isThrownBy(() -> connection.call("write", Map.of()).block(SOON))
			.satisfies((ex) -> assertThat(ex.mayHaveRun()).isFalse());
		assertThat(this.fake.events.stream().filter("initialize"::equals)).hasSize(1);
	}

	@Test
	void closeEndsTheSession() {
		tools();

		this.server.close();

		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(this.fake.events).endsWith("delete"));
	}

	@Test
	void restartedServerIsUsedAgain() {
		try (EverythingServer everything = new EverythingServer();
				GeminiMcpServer server = GeminiMcpServer
					.create(GeminiMcpServerSettings.http("every", everything.url()).build())) {
			prompt(server, "every_echo", "{\"message\": \"Hi\"}").text();
			assertThat(response()).isEqualTo(Map.of("output", "Echo: Hi"));

			everything.kill();
			Awaitility.await()
				.atMost(SOON)
				.untilAsserted(() -> assertThatExceptionOfType(GeminiFunctionSourceException.class)
					.isThrownBy(() -> this.gemini.prompt("Hi").functionsFrom(server).request())
					.withMessageContaining("cannot connect"));
			everything.start();

			prompt(server, "every_toggle-simulated-logging", "{}").text();
			assertThat(response().get("output")).asString().startsWith("Started simulated");
		}
	}

	@Test
	void callThatIsRunningWhenTheServerIsKilledEnds() {
		try (EverythingServer everything = new EverythingServer();
				GeminiMcpServer server = GeminiMcpServer
					.create(GeminiMcpServerSettings.http("every", everything.url()).build())) {
			AtomicBoolean called = new AtomicBoolean();
			Mono<String> text = prompt(server, "every_trigger-long-running-operation",
					"{\"duration\": 3600, \"steps\": 3600}")
				.functionApproval((call) -> {
					called.set(true);
					return GeminiFunctionDecision.allow();
				})
				.textAsync()
				.cache();
			text.subscribe();
			Awaitility.await().atMost(SOON).untilTrue(called);

			everything.kill();

			assertThat(text.block(SOON)).isEqualTo("Done");
			assertThat(response().get("error")).asString().contains("MCP server 'every'");
		}
	}

}
