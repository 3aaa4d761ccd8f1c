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

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests with servers that die, hang or misbehave in processes of their own.
 */
class StdioFaultTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@TempDir
	Path folder;

	@AutoClose
	private final GeminiServer model = new GeminiServer();

	private final GeminiTemplate gemini = this.model.template();

	private final List<GeminiMcpServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.servers.forEach(GeminiMcpServer::close);
	}

	private GeminiMcpServer server(String modes) {
		return server(modes, (settings) -> settings);
	}

	private GeminiMcpServer server(String modes, UnaryOperator<GeminiMcpServerSettings.Builder> change) {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
		GeminiMcpServerSettings.Builder settings = GeminiMcpServerSettings.stdio("fake", java, "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", "-cp", classes, FakeServer.class.getName(), log().toString(), modes);
		GeminiMcpServer server = GeminiMcpServer
			.create(change.apply(settings.connectTimeout(Duration.ofSeconds(60)).toolPrefix("")).build());
		this.servers.add(server);
		return server;
	}

	private Path log() {
		return this.folder.resolve("log");
	}

	private List<String> events() {
		try {
			return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private PromptSpec prompt(GeminiMcpServer server, String tool) {
		this.model.answerParts("{\"functionCall\": {\"name\": \"%s\"}}".formatted(tool)).answerText("Done");
		return this.gemini.prompt("Go").functionsFrom(server);
	}

	private Map<String, Object> call(GeminiMcpServer server, String tool) {
		prompt(server, tool).text();
		return response();
	}

	private Map<String, Object> response() {
		GenerateContentRequest request = this.model.lastRequest();
		return request.contents().get(request.contents().size() - 1).parts().get(0).functionResponse().response();
	}

	private static String tools(PromptSpec prompt) {
		return prompt.request()
			.tools()
			.get(0)
			.functionDeclarations()
			.stream()
			.map(FunctionDeclaration::name)
			.toList()
			.toString();
	}

	@Test
	void readOnlyCallIsRepeatedWithANewProcess() {
		GeminiMcpServer server = server("dying");

		assertThat(call(server, "read")).isEqualTo(Map.of("output", "done"));
		assertThat(events()).containsExactly("list", "read", "read");
	}

	@Test
	void otherCallIsNotRepeatedAndTheModelIsTold() {
		GeminiMcpServer server = server("dying");

		assertThat(call(server, "write").get("error")).asString()
			.isEqualTo("The connection to the MCP server 'fake' was lost; the call may or may not have had an effect");
		assertThat(events()).containsExactly("list", "write");

		assertThat(call(server, "write")).isEqualTo(Map.of("output", "done"));
		assertThat(events()).containsExactly("list", "write", "list", "write");
	}

	@Test
	void lostCallEndsThePromptIfConfigured() {
		GeminiMcpServer server = server("dying");

		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(
					() -> prompt(server, "write").functionSettings((settings) -> settings.onError(OnError.FAIL)).text())
			.withMessageContaining("MCP server 'fake'")
			.satisfies((ex) -> assertThat(stackTrace(ex))
				.contains("GeminiFunctionSourceException: The MCP server 'fake'", "exit code 9"));
	}

	@Test
	void killedProcessIsStartedAgain() {
		GeminiMcpServer server = server("");
		ProcessHandle process = process(server);

		process.destroyForcibly();
		process.onExit().join();

		assertThat(process(server).pid()).isNotEqualTo(process.pid());
	}

	private ProcessHandle process(GeminiMcpServer server) {
		long pid = Long.parseLong(String.valueOf(call(server, "pid").get("output")));
		return ProcessHandle.of(pid).orElseThrow();
	}

	@Test
	void cancelledPromptCancelsTheCallAtTheServer() {
		GeminiMcpServer server = server("");
		ProcessHandle process = process(server);

		callAndCancel(server, "slow");

		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(events()).endsWith("slow", "cancelled"));
		assertThat(process(server)).isEqualTo(process);
	}

	private void callAndCancel(GeminiMcpServer server, String tool) {
		this.model.answerParts("{\"functionCall\": {\"name\": \"%s\"}}".formatted(tool));
		Disposable running = this.gemini.prompt("Go").functionsFrom(server).textAsync().subscribe();
		Awaitility.await().atMost(SOON).until(() -> events().contains(tool));
		running.dispose();
	}

	@Test
	void callTimeoutOfTheServerApplies() {
		GeminiMcpServer server = server("", (settings) -> settings.callTimeout(Duration.ofMillis(200)));

		assertThat(call(server, "slow")).isEqualTo(Map.of("error", "The tool did not complete within 0.2 s"));
	}

	@Test
	void serverThatHangsIsReplacedAndItsProcessEnds() {
		GeminiMcpServer server = server("", (settings) -> settings.closeTimeout(Duration.ofMillis(200)));
		ProcessHandle process = process(server);

		callAndCancel(server, "hang");

		Awaitility.await().atMost(SOON).until(() -> !process.isAlive());
		assertThat(process(server).pid()).isNotEqualTo(process.pid());
	}

	@Test
	void serverThatDoesNotSupportPingIsNotReplaced() {
		GeminiMcpServer server = server("ignorant");
		ProcessHandle process = process(server);

		server.connect();
		callAndCancel(server, "slow");

		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(events()).endsWith("ping", "slow", "cancelled", "ping"));
		// The server responds to the ping before the first of these calls.
		assertThat(process(server)).isEqualTo(process);
		assertThat(process(server)).isEqualTo(process);
	}

	@Test
	void changeOfTheListIsSeenByTheNextPrompt() {
		GeminiMcpServer server = server("");
		assertThat(tools(this.gemini.prompt("Hi").functionsFrom(server))).doesNotContain("added");

		call(server, "add");

		assertThat(tools(this.gemini.prompt("Hi").functionsFrom(server))).contains("added");
		assertThat(tools(this.gemini.prompt("Hi").functionsFrom(server))).contains("added");
		assertThat(events()).containsExactly("list", "add", "list");
	}

	@Test
	void strayLinesAreSkipped() {
		assertThat(call(server("stray"), "read")).isEqualTo(Map.of("output", "done"));
	}

	@Test
	void strayLinesAreLimited() {
		assertUnavailable(server("babbling")).withMessageContaining("more than 1000 lines in a row");
	}

	@Test
	void strayLinesBetweenMessagesAreNotLimited() {
		GeminiMcpServer server = server("talkative");
		ProcessHandle process = process(server);
		assertThat(process(server)).isEqualTo(process);
		assertThat(process(server)).isEqualTo(process);
	}

	@Test
	void endlessListIsLimited() {
		assertUnavailable(server("endless", (settings) -> settings.maxTools(20)))
			.withMessageContaining("more than 20 tools or pages")
			.withMessageContaining("max-tools");
		assertThat(events()).hasSize(20);
	}

	@Test
	void sizeOfAMessageIsLimited() {
		GeminiMcpServer server = server("", (settings) -> settings.maxMessageSize(1_000_000));

		assertThat(call(server, "huge").get("error")).asString().contains("lost");
		assertThat(call(server, "read")).isEqualTo(Map.of("output", "done"));
	}

	@Test
	void errorOfTheProtocolIsReportedToTheModel() {
		assertThat(call(server(""), "fail")).isEqualTo(Map.of("error", "The MCP server 'fake' reported: No luck"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "both" })
	void responseThatTheProtocolDoesNotAllowIsAnError(String tool) {
		assertThat(call(server(""), tool))
			.isEqualTo(Map.of("error", "The MCP server 'fake' reported: The response has no valid result or error"));
	}

	@Test
	void serverThatDoesNotRespondTimesOut() {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			assertUnavailable(server("silent",
					(settings) -> settings.connectTimeout(Duration.ofSeconds(1)).closeTimeout(Duration.ofMillis(100))))
				.withMessageContaining("did not answer within 1.0 s");
			assertThat(dropped).isEmpty();
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
	}

	@Test
	void failureToStartHasTheReasonWithoutSecrets() {
		assertUnavailable(server("broken", (settings) -> settings.env(Map.of("SECRET", "sesame-open"))))
			.withMessageContaining("exit code 3: The secret is ***")
			.withMessageNotContaining("sesame");
		GeminiMcpServer missing = GeminiMcpServer
			.create(GeminiMcpServerSettings.stdio("missing", "no-such-program", "--token=sesame-open").build());
		assertUnavailable(missing).withMessageContaining("'no-such-program' cannot be started")
			.withMessageContaining("On Windows, a script is 'no-such-program.cmd'")
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("no-such-program"))
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("sesame"));
		assertThat(missing.toString() + missing.settings()).doesNotContain("sesame");
	}

	@Test
	void failureToStartNamesADirectoryThatDoesNotExist() {
		Path absent = this.folder.resolve("absent");
		assertUnavailable(server("", (settings) -> settings.directory(absent)))
			.withMessageEndingWith("the directory '%s' does not exist", absent);
	}

	private static String stackTrace(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		return trace.toString();
	}

	@Test
	void closeKillsAProcessThatDoesNotEnd() {
		GeminiMcpServer server = server("stubborn", (settings) -> settings.closeTimeout(Duration.ofMillis(300)));
		ProcessHandle process = process(server);

		server.close();

		Awaitility.await().atMost(SOON).until(() -> !process.isAlive());
		assertUnavailable(server).withMessageContaining("closed");
	}

	@Test
	void closeTimeoutMayExceedTheRangeOfNanoseconds() {
		GeminiMcpServer server = server("", (settings) -> settings.closeTimeout(ChronoUnit.FOREVER.getDuration()));
		ProcessHandle process = process(server);

		server.close();

		assertThat(process.isAlive()).isFalse();
	}

	@Test
	void serverThatIsClosedBeforeItsRestartIsNotStarted() {
		GeminiMcpServer server = server("broken");
		assertUnavailable(server).withMessageContaining("exit code 3");
		CompletableFuture<?> waiting = server.functions(List.of()).toFuture();

		server.close();

		assertThat(waiting).failsWithin(SOON).withThrowableThat().withMessageContaining("it was closed");
	}

	@Test
	void toolsThatNeedAnApprovalDoNotRunWithoutOne() {
		GeminiMcpServer server = server("", (settings) -> settings.approval(GeminiMcpApproval.WRITES));

		assertThat(call(server, "write")).isEqualTo(Map.of("error", "The call was not allowed"));
		assertThat(call(server, "read")).isEqualTo(Map.of("output", "done"));
		prompt(server, "write").functionApproval((call) -> GeminiFunctionDecision.allow()).text();
		assertThat(response()).isEqualTo(Map.of("output", "done"));
		assertThat(events()).containsExactly("list", "read", "write");
	}

	@Test
	void onlyIncludedToolsAreOffered() {
		GeminiMcpServer server = server("",
				(settings) -> settings.includeTools(List.of("read", "w*", "hu*")).excludeTools(List.of("huge")));

		assertThat(tools(this.gemini.prompt("Hi").functionsFrom(server))).isEqualTo("[read, write]");
		assertThatExceptionOfType(GeminiFunctionSourceException.class)
			.isThrownBy(() -> this.gemini.prompt("Hi").functionsFrom(server, "huge").text())
			.withMessageContaining("offers no tool named 'huge'");
	}

	@Test
	void muchErrorOutputDoesNotBlockAServer() {
		assertThat(call(server("noisy"), "read")).isEqualTo(Map.of("output", "done"));
	}

	private ThrowableAssertAlternative<GeminiFunctionSourceException> assertUnavailable(GeminiMcpServer server) {
		return assertThatExceptionOfType(GeminiFunctionSourceException.class)
			.isThrownBy(() -> this.gemini.prompt("Hi").functionsFrom(server).text())
			.withMessageContaining("The MCP server '" + server.name() + "'");
	}

}
