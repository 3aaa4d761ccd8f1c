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

package com.cometapi.gemini.autoconfigure.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiFunctionsAutoConfiguration;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.mcp.GeminiMcpApproval;
import com.cometapi.gemini.mcp.GeminiMcpClientCustomizer;
import com.cometapi.gemini.mcp.GeminiMcpServer;
import com.cometapi.gemini.mcp.GeminiMcpServerSettings;
import com.cometapi.gemini.mcp.GeminiMcpWebClientCustomizer;
import com.cometapi.gemini.testsupport.EverythingServer;
import com.cometapi.gemini.testsupport.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiMcpAutoConfiguration}.
 */
class GeminiMcpAutoConfigurationTests {

	private static final String SERVERS = "cometapi.gemini.mcp.servers.";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiFunctionsAutoConfiguration.class, GeminiAutoConfiguration.class, GeminiMcpAutoConfiguration.class,
				GeminiMcpHealthContributorAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	private final ApplicationContextRunner deadServerRunner = this.contextRunner
		.withPropertyValues(SERVERS + "dead.url=http://127.0.0.1:" + TestRedis.freePort() + "/mcp?key=s3cret");

	@Test
	void nothingIsConfiguredWithoutServers() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(GeminiMcpServer.class)
			.doesNotHaveBean(GeminiMcpServerFactory.class)
			.doesNotHaveBean("geminiMcpHealthContributor"));
	}

	@Test
	void applicationStartsWithoutTheSdk() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.modelcontextprotocol"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(GeminiTemplate.class));
	}

	@Test
	void whenSdkIsMissingThenStartupFailureSaysWhatToAdd() {
		this.deadServerRunner.withClassLoader(new FilteredClassLoader("io.modelcontextprotocol")).run((context) -> {
			FailureAnalysis analysis = new InvalidMcpServerFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getAction()).contains("io.modelcontextprotocol.sdk:mcp");
		});
	}

	@Test
	void whenServerHasNeitherUrlNorCommandThenStartupFailureNamesIt() {
		this.contextRunner.withPropertyValues(SERVERS + "mine.connect-timeout=3s").run((context) -> {
			FailureAnalysis analysis = new InvalidMcpServerFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'mine'", "'url'", "'command'");
			assertThat(analysis.getAction()).contains(SERVERS + "mine");
		});
	}

	@Test
	void settingsAreTakenFromProperties() {
		this.contextRunner
			.withPropertyValues(SERVERS + "my-files.command=npx", SERVERS + "my-files.args=-y,files",
					SERVERS + "my-files.env.API_KEY=k", SERVERS + "my-files.tool-prefix=f_",
					SERVERS + "my-files.include-tools=read_*", SERVERS + "my-files.exclude-tools=read_all",
					SERVERS + "my-files.approval=writes", SERVERS + "my-files.max-tools=3",
					SERVERS + "my-files.max-message-size=1MB", SERVERS + "my-files.call-timeout=7s",
					SERVERS + "web.url=https://example.com/mcp", SERVERS + "web.headers.X-Api-Key=k",
					SERVERS + "web.optional=true")
			.run((context) -> {
				GeminiMcpServerSettings files = BeanFactoryAnnotationUtils
					.qualifiedBeanOfType(context.getBeanFactory(), GeminiMcpServer.class, "my-files")
					.settings();
				assertThat(files.command()).isEqualTo("npx");
				assertThat(files.args()).containsExactly("-y", "files");
				assertThat(files.env()).isEqualTo(Map.of("API_KEY", "k"));
				assertThat(files.toolPrefix()).isEqualTo("f_");
				assertThat(files.includeTools()).containsExactly("read_*");
				assertThat(files.excludeTools()).containsExactly("read_all");
				assertThat(files.approval()).isEqualTo(GeminiMcpApproval.WRITES);
				assertThat(files.maxTools()).isEqualTo(3);
				assertThat(files.maxMessageSize()).isEqualTo(1024 * 1024);
				assertThat(files.callTimeout()).hasSeconds(7);
				GeminiMcpServerSettings web = context.getBean("webGeminiMcpServer", GeminiMcpServer.class).settings();
				assertThat(web.headers()).isEqualTo(Map.of("X-Api-Key", "k"));
				assertThat(web.toolPrefix()).isEqualTo("web_");
				assertThat(web.optional()).isTrue();
				GeminiMcpServerSettings defaults = GeminiMcpServerSettings.http("web", web.url()).build();
				assertThat(web).isEqualTo(defaults.toBuilder().headers(web.headers()).optional(true).build());
			});
	}

	@Test
	void serverThatIsDownDoesNotStopTheApplication() {
		this.deadServerRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThatExceptionOfType(GeminiFunctionSourceException.class)
				.isThrownBy(() -> context.getBean(GeminiTemplate.class).prompt("Hi").mcp("dead").request())
				.withMessageContaining("'dead' (http://127.0.0.1:")
				.withMessageContaining("cannot connect")
				.withMessageNotContaining("s3cret")
				.satisfies((ex) -> assertThat(ex.isTransient()).isTrue());
		});
	}

	@Test
	void serverThatIsDownStopsTheApplicationIfConfigured() {
		this.deadServerRunner.withPropertyValues(SERVERS + "dead.fail-fast=true")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(java.net.ConnectException.class));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void promptsContinueWithoutAnOptionalServer(CapturedOutput output) {
		this.deadServerRunner.withPropertyValues(SERVERS + "dead.optional=true").run((context) -> {
			assertThat(context.getBean(GeminiTemplate.class).prompt("Hi").mcp("dead").request().tools()).isEmpty();
			assertThat(output).contains("A prompt continues without tools: The MCP server 'dead'");
		});
	}

	@Test
	void serversOverBothTransportsAreSourcesOfFunctionsWithHealth() {
		List<String> customized = new CopyOnWriteArrayList<>();
		try (EverythingServer everything = new EverythingServer()) {
			this.deadServerRunner
				.withBean(GeminiMcpClientCustomizer.class, () -> (server, client) -> customized.add(server + " client"))
				.withBean(GeminiMcpWebClientCustomizer.class,
						() -> (server, webClient) -> customized.add(server + " webclient"))
				.withPropertyValues(SERVERS + "web.url=" + everything.url(), SERVERS + "local.command=node",
						SERVERS + "local.args=" + EverythingServer.script() + ",stdio")
				.run((context) -> {
					List<FunctionDeclaration> tools = context.getBean(GeminiTemplate.class)
						.prompt("Hi")
						.mcp("web", "echo")
						.mcp("local", "echo")
						.request()
						.tools()
						.get(0)
						.functionDeclarations();
					assertThat(tools).extracting(FunctionDeclaration::name).containsExactly("web_echo", "local_echo");
					assertThat(customized).containsExactlyInAnyOrder("dead webclient", "web webclient", "web client",
							"local client");
					assertThat(health(context.getBean(ReactiveHealthContributor.class), "web").getStatus())
						.isEqualTo(Status.UP);
					assertThat(health(context.getBean(ReactiveHealthContributor.class), "local").getDetails())
						.isEqualTo(Map.of("address", "node"));
					Health dead = health(context.getBean(ReactiveHealthContributor.class), "dead");
					assertThat(dead.getStatus()).isEqualTo(Status.DOWN);
					assertThat(dead.toString()).contains("cannot connect").doesNotContain("s3cret");
				});
		}
	}

	private static Health health(ReactiveHealthContributor contributor, String name) {
		ReactiveHealthContributor indicator = ((CompositeReactiveHealthContributor) contributor).getContributor(name);
		return ((ReactiveHealthIndicator) indicator).health(true).block();
	}

	@Test
	void serversOfTheApplicationHaveHealthAndReplaceThoseOfProperties() {
		GeminiMcpServer mine = GeminiMcpServer.create(GeminiMcpServerSettings.stdio("dead", "no-such-program").build());
		this.contextRunner.withBean("mine", GeminiMcpServer.class, () -> mine)
			.run((context) -> assertThat(health(context.getBean(ReactiveHealthContributor.class), "dead").getStatus())
				.isEqualTo(Status.DOWN));
		this.deadServerRunner.withBean("deadGeminiMcpServer", GeminiMcpServer.class, () -> mine)
			.run((context) -> assertThat(context).getBean(GeminiMcpServer.class).isSameAs(mine));
	}

	// Their properties are read when the application starts.
	@Test
	void serversAreNotFixedAheadOfTime() {
		this.deadServerRunner.prepare((context) -> {
			InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("test", "Application")), files);
			new ApplicationContextAotGenerator()
				.processAheadOfTime((GenericApplicationContext) context.getSourceApplicationContext(), generation);
			generation.writeGeneratedContent();

			String code = String.join("", files.getGeneratedFiles(Kind.SOURCE).keySet())
					+ files.getGeneratedFileContent(Kind.SOURCE, "test/Application__BeanFactoryRegistrations.java");
			assertThat(code).contains("geminiMcpServerRegistrar").doesNotContain("deadGeminiMcpServer");
		});
	}

	@Test
	void messagesOfTheProtocolHaveHints() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new GeminiMcpRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Class.forName("io.modelcontextprotocol.spec.McpSchema$CallToolResult"))
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Class.forName("io.modelcontextprotocol.spec.McpSchema$JSONRPCResponse$JSONRPCError")))
			.accepts(hints);
	}

}
