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

package com.cometapi.gemini.sample.chat;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.test.GeminiSimulator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the application exports: spans and metrics over OTLP, and metrics for
 * Prometheus.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "COMETAPI_KEY=",
		"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1",
		"management.tracing.sampling.probability=1",
		// Older versions of Prometheus do not accept exemplars of all metrics.
		"management.tracing.exemplars.include=none", "management.opentelemetry.tracing.export.schedule-delay=100ms",
		"management.otlp.metrics.export.enabled=true", "management.otlp.metrics.export.step=500ms",
		"management.otlp.metrics.export.base-time-unit=seconds", "cometapi.gemini.retry.initial-delay=1ms",
		"cometapi.gemini.fallback[0].model=gemini-3.1-pro-preview", "cometapi.gemini.circuit-breaker.enabled=false",
		"cometapi.gemini.limits.max-wait=0", "cometapi.gemini.limits.models.[gemini-3.8-flash].requests-per-minute=1",
		"cometapi.gemini.prices.[gemini-3.5-flash].input=0.3", "cometapi.gemini.prices.[gemini-3.5-flash].output=2.5" })
class ObservabilityTests {

	private static final String BROWSER_SPAN = "00f067aa0ba902b7";

	private static final String CALL = "gen_ai.client.inference";

	private static final String TURN = "gen_ai.invoke_agent.internal";

	private static final String FUNCTION = "gen_ai.execute_tool.internal";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	// Not closed: the application exports until its context is closed.
	private static final OtlpReceiver RECEIVER = OtlpReceiver.start();

	@LocalServerPort
	private int port;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private GeminiOperations gemini;

	@Autowired
	private RecordingSampler sampler;

	@TempDir
	private Path directory;

	private final HttpClient browser = HttpClient.newHttpClient();

	private final String traceId = UUID.randomUUID().toString().replace("-", "");

	@DynamicPropertySource
	static void exportToReceiver(DynamicPropertyRegistry registry) {
		registry.add("management.opentelemetry.tracing.export.otlp.endpoint", () -> RECEIVER.url() + "traces");
		registry.add("management.otlp.metrics.export.url", () -> RECEIVER.url() + "metrics");
	}

	@BeforeEach
	void resetSimulator() {
		this.simulator.reset();
	}

	@Test
	void oneTraceLeadsFromTheBrowserToTheEndpoint() throws Exception {
		this.simulator.next().error(503);
		ask("What is the weather in Paris?", "functions");
		List<Span> spans = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RECEIVER.spans(this.traceId), (received) -> received.size() >= 8);
		assertThat(spans).hasSize(8);
		Span request = single(spans, "http post /api/chats/{id}", SpanKind.SPAN_KIND_SERVER);
		assertThat(OtlpReceiver.hex(request.getParentSpanId().toByteArray())).isEqualTo(BROWSER_SPAN);
		Span turn = single(spans, "invoke_agent", SpanKind.SPAN_KIND_INTERNAL);
		assertThat(turn.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(OtlpReceiver.attributes(turn)).containsEntry("gen_ai.operation.name", "invoke_agent")
			.containsEntry("cometapi.gemini.rounds", 2L)
			.containsKeys("gen_ai.conversation.id", "gen_ai.usage.input_tokens", "cometapi.gemini.cost");
		List<Span> rounds = all(spans, "generate_content gemini-3.5-flash", SpanKind.SPAN_KIND_CLIENT);
		assertThat(rounds).hasSize(2).allSatisfy((round) -> {
			assertThat(round.getParentSpanId()).isEqualTo(turn.getSpanId());
			assertThat(OtlpReceiver.attributes(round)).containsEntry("cometapi.gemini.connection", "default")
				.containsEntry("gen_ai.provider.name", "gcp.gemini")
				.containsEntry("gen_ai.request.stream", true)
				.containsEntry("gen_ai.response.finish_reasons", List.of("STOP"))
				.hasEntrySatisfying("gen_ai.response.time_to_first_chunk",
						(time) -> assertThat(time).isInstanceOf(Double.class))
				.hasEntrySatisfying("cometapi.gemini.cost", (cost) -> assertThat(cost).isInstanceOf(Double.class))
				.hasEntrySatisfying("gen_ai.usage.output_tokens",
						(tokens) -> assertThat(tokens).isInstanceOf(Long.class))
				.doesNotContainKeys("error.type", "gen_ai.input.messages", "gen_ai.output.messages");
		});
		Span function = single(spans, "execute_tool weather", SpanKind.SPAN_KIND_INTERNAL);
		assertThat(function.getParentSpanId()).isEqualTo(turn.getSpanId());
		// The first call is retried.
		assertThat(all(spans, "http post", SpanKind.SPAN_KIND_CLIENT)).hasSize(3)
			.extracting(Span::getParentSpanId)
			.containsExactlyInAnyOrder(rounds.get(0).getSpanId(), rounds.get(0).getSpanId(), rounds.get(1).getSpanId());
		assertThat(this.simulator.requests())
			.allSatisfy((received) -> assertThat(received.headers().getFirst("traceparent")).contains(this.traceId));
		assertThat(spans.toString()).doesNotContain("Paris", this.simulator.getApiKey());
	}

	@Test
	void spansFollowTheConventions() throws Exception {
		ask("What is the weather in Paris?", "functions");
		List<Span> spans = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RECEIVER.spans(this.traceId), (received) -> received.size() >= 7);
		assertThat(all(spans, "generate_content gemini-3.5-flash", SpanKind.SPAN_KIND_CLIENT)).hasSize(2)
			.allSatisfy((call) -> GenAiConventions.check(CALL, call,
					Set.of("gen_ai.conversation.id", "gen_ai.request.model", "gen_ai.request.stream",
							"gen_ai.response.finish_reasons", "gen_ai.response.id", "gen_ai.response.model",
							"gen_ai.response.time_to_first_chunk", "gen_ai.usage.input_tokens",
							"gen_ai.usage.output_tokens", "server.address", "server.port")));
		GenAiConventions.check(TURN, single(spans, "invoke_agent", SpanKind.SPAN_KIND_INTERNAL),
				Set.of("gen_ai.conversation.id", "gen_ai.request.model", "gen_ai.usage.input_tokens",
						"gen_ai.usage.output_tokens"));
		GenAiConventions.check(FUNCTION, single(spans, "execute_tool weather", SpanKind.SPAN_KIND_INTERNAL),
				Set.of("gen_ai.conversation.id", "gen_ai.tool.call.id", "gen_ai.tool.type"));
	}

	@Test
	void settingsOfACallFollowTheConventions() {
		this.gemini.prompt("Hello")
			.model("gemini-3-flash-preview")
			.thinkingLevel(ThinkingLevel.HIGH)
			.generationConfig((config) -> config.temperature(0.5)
				.topP(0.9)
				.topK(40)
				.maxOutputTokens(1000)
				.candidateCount(2)
				.seed(7)
				.presencePenalty(0.1)
				.frequencyPenalty(0.2)
				.responseMimeType("application/json")
				.stopSequences("The end, at last", "###"))
			.call();
		Span call = received("generate_content gemini-3-flash-preview");
		GenAiConventions.check(CALL, call,
				Set.of("gen_ai.output.type", "gen_ai.request.choice.count", "gen_ai.request.frequency_penalty",
						"gen_ai.request.max_tokens", "gen_ai.request.presence_penalty",
						"gen_ai.request.reasoning.level", "gen_ai.request.seed", "gen_ai.request.stop_sequences",
						"gen_ai.request.temperature", "gen_ai.request.top_k", "gen_ai.request.top_p",
						"gen_ai.response.finish_reasons", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens",
						"gen_ai.usage.reasoning.output_tokens"));
		assertThat(OtlpReceiver.attributes(call)).containsEntry("gen_ai.request.reasoning.level", "HIGH")
			.containsEntry("gen_ai.request.stop_sequences", List.of("The end, at last", "###"))
			.doesNotContainKey("gen_ai.response.time_to_first_chunk");
	}

	@Test
	void failedCallFollowsTheConventions() {
		this.simulator.next().error(400);
		assertThatExceptionOfType(GeminiException.class)
			.isThrownBy(() -> this.gemini.prompt("Hello").model("gemini-3.1-flash-lite").call());
		Span call = received("generate_content gemini-3.1-flash-lite");
		GenAiConventions.check(CALL, call, Set.of("error.type", "gen_ai.response.finish_reasons"));
		assertThat(OtlpReceiver.attributes(call)).containsEntry("error.type", "GeminiInvalidRequestException")
			.containsEntry("gen_ai.response.finish_reasons", List.of("error"));
	}

	@Test
	void samplersSeeWhatTheConventionsSay() throws Exception {
		ask("What is the weather in Paris?", "functions");
		assertThat(this.sampler.attributes("generate_content")).containsAll(GenAiConventions.samplingAttributes(CALL));
		assertThat(this.sampler.attributes("invoke_agent")).containsAll(GenAiConventions.samplingAttributes(TURN));
		assertThat(this.sampler.attributes("execute_tool")).containsAll(GenAiConventions.samplingAttributes(FUNCTION));
	}

	@Test
	void metersFollowTheConventions() throws Exception {
		makeTraffic();
		Map<String, Metric> metrics = Awaitility.await()
			.atMost(PATIENCE)
			.until(RECEIVER::metrics,
					(received) -> received.keySet()
						.containsAll(List.of("gen_ai.execute_tool.duration", "gen_ai.invoke_agent.duration",
								"gen_ai.client.inference.usage.cache_read.input_tokens",
								"gen_ai.client.inference.operation.output_tokens",
								"gen_ai.client.inference.duration.model_retirement")));
		// Micrometer adds further meters to timers: maxima, what is running, and events.
		assertThat(metrics.values()).filteredOn((metric) -> metric.getName().startsWith("gen_ai."))
			.filteredOn((metric) -> !metric.getName().matches(".*\\.(active|max|model_retirement)"))
			.hasSizeGreaterThanOrEqualTo(9)
			.allSatisfy(GenAiConventions::check);
	}

	@Test
	void metersArriveOverOtlp() throws Exception {
		ask("Hello", "thoughts");
		Map<String, Metric> metrics = Awaitility.await()
			.atMost(PATIENCE)
			.until(RECEIVER::metrics, (received) -> received.keySet()
				.containsAll(List.of("gen_ai.client.inference.duration", "gen_ai.invoke_agent.duration",
						"gen_ai.client.inference.time_to_first_chunk", "cometapi.gemini.time_per_output_token",
						"gen_ai.client.inference.usage.input_tokens", "gen_ai.client.inference.usage.output_tokens",
						"gen_ai.client.inference.usage.reasoning.output_tokens",
						"gen_ai.client.inference.operation.input_tokens")));
		// Other tests ask other models, and the points have no order.
		assertThat(metrics.get("gen_ai.client.inference.duration").getHistogram().getDataPointsList())
			.anySatisfy((duration) -> {
				assertThat(duration.getExplicitBoundsList()).hasSize(14);
				assertThat(OtlpReceiver.attributes(duration.getAttributesList()))
					.containsEntry("gen_ai.request.model", "gemini-3.5-flash")
					.containsEntry("cometapi.gemini.connection", "default");
			});
	}

	@Test
	void pageForPrometheusIsValid() throws Exception {
		ask("Hello", "thoughts");
		String page = get("/actuator/prometheus");
		assertThat(page).contains("gen_ai_client_inference_duration_seconds_bucket{")
			.contains("gen_ai_client_inference_duration_active_seconds_count{")
			.contains("gen_ai_client_inference_usage_output_tokens_total{");
		// Micrometer describes no timers of observations.
		assertThat(Prometheus.check(page).lines()).filteredOn((line) -> line.matches("(?:gen_ai|cometapi|error).*"))
			.allMatch((line) -> line.endsWith("no help text"));
	}

	@Test
	void dashboardShowsMetersThatExist() throws Exception {
		makeTraffic();
		String page = get("/actuator/prometheus");
		for (String expression : expressions()) {
			Matcher selectors = Pattern.compile("([a-z_]+)\\{([^}]*)}").matcher(expression);
			assertThat(selectors.find()).as(expression).isTrue();
			do {
				String labels = Pattern.compile("([a-z_]+)[!=]").matcher(selectors.group(2)).replaceAll("\n$1\n");
				assertThat(page.lines().filter((line) -> line.startsWith(selectors.group(1) + "{"))).as(expression)
					.anyMatch((line) -> Stream.of(labels.split("\n"))
						.filter((label) -> label.matches("[a-z_]+"))
						.allMatch((label) -> line.contains(label + "=\"")));
			}
			while (selectors.find());
		}
	}

	@Test
	void dashboardHasDataInPrometheus() throws Exception {
		Set<String> empty = new LinkedHashSet<>(expressions());
		try (Prometheus prometheus = Prometheus.scraping(this.port, this.directory)) {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.ignoreExceptionsInstanceOf(ConnectException.class)
				.untilAsserted(() -> {
					makeTraffic();
					for (String expression : expressions()) {
						if (!prometheus.query(expression).isEmpty()) {
							empty.remove(expression);
						}
					}
					assertThat(empty).isEmpty();
				});
		}
	}

	private static List<String> expressions() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(new File("grafana/gemini-comet.json"));
		Stream<String> panels = dashboard.path("panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.map((target) -> target.path("expr").asString());
		Stream<String> variables = dashboard.at("/templating/list")
			.valueStream()
			.map((variable) -> variable.path("definition").asString(""))
			.filter((definition) -> !definition.isEmpty())
			// The query that Grafana sends
			.map((definition) -> definition.replaceAll("label_values\\((\\w+), (\\w+)\\)",
					"group by ($2) ($1{$2!=\"\"})"));
		return Stream.concat(panels, variables)
			.map((expression) -> expression.replace("$__rate_interval", "10s")
				.replace("$__range", "1m")
				.replace("$connection", ".*")
				.replace("$model", ".*"))
			.toList();
	}

	private void makeTraffic() throws IOException, InterruptedException {
		this.simulator.next().error(503);
		ask("What is the weather in Paris?", "functions");
		this.simulator.next()
			.response(GenerateContentResponse.builder()
				.candidates(Candidate.builder()
					.content(Content.model(Part
						.functionCall(FunctionCall.builder().name("weather").args(Map.of("city", "Atlantis")).build())))
					.finishReason(FinishReason.STOP)
					.build())
				.build());
		ask("What is the weather in Atlantis?", "functions");
		this.simulator.next()
			.response(GenerateContentResponse.builder()
				.candidates(Candidate.builder().content(Content.model("Hello")).finishReason(FinishReason.STOP).build())
				.usageMetadata(UsageMetadata.builder()
					.promptTokenCount(20)
					.cachedContentTokenCount(10)
					.toolUsePromptTokenCount(5)
					.candidatesTokenCount(1)
					.build())
				.modelStatus(new ModelStatus("LEGACY", "2027-05-07T00:00:00Z", null, Map.of()))
				.build());
		ask("Hello", "search");
		this.simulator.next().error(503).times(3);
		ask("Hello", "thoughts");
		this.simulator.next().error(400);
		ask("Hello", "thoughts");
		ask("gemini-3.8-flash", "Hello", "thoughts");
		ask("gemini-3.8-flash", "Hello", "thoughts");
	}

	private void ask(String question, String feature) throws IOException, InterruptedException {
		ask("gemini-3.5-flash", question, feature);
	}

	private void ask(String model, String question, String feature) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:%d/api/chats/%s".formatted(this.port, UUID.randomUUID())))
			.header("Content-Type", "application/json")
			.header("traceparent", "00-%s-%s-01".formatted(this.traceId, BROWSER_SPAN))
			.POST(BodyPublishers.ofString("""
					{"model":"%s","text":"%s","features":["%s"]}""".formatted(model, question, feature)))
			.build();
		assertThat(this.browser.send(request, BodyHandlers.ofString()).body()).containsAnyOf("event:done",
				"event:error");
	}

	private String get(String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:%d%s".formatted(this.port, path));
		return this.browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private static Span received(String name) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> all(RECEIVER.spans(), name, SpanKind.SPAN_KIND_CLIENT), (spans) -> !spans.isEmpty())
			.get(0);
	}

	private static Span single(List<Span> spans, String name, SpanKind kind) {
		assertThat(all(spans, name, kind)).hasSize(1);
		return all(spans, name, kind).get(0);
	}

	private static List<Span> all(List<Span> spans, String name, SpanKind kind) {
		return spans.stream()
			.filter((span) -> span.getName().equals(name) && span.getKind() == kind)
			.sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
			.toList();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class SamplerConfiguration {

		@Bean
		RecordingSampler sampler() {
			return new RecordingSampler();
		}

	}

	/**
	 * Samples everything, and records the attributes by which it could have decided.
	 */
	static class RecordingSampler implements Sampler {

		private final Map<String, Set<String>> attributes = new ConcurrentHashMap<>();

		@Override
		public SamplingResult shouldSample(Context parent, String traceId, String name,
				io.opentelemetry.api.trace.SpanKind kind, Attributes attributes, List<LinkData> links) {
			String operation = attributes.get(AttributeKey.stringKey("gen_ai.operation.name"));
			if (operation != null) {
				this.attributes.put(operation,
						attributes.asMap().keySet().stream().map(AttributeKey::getKey).collect(Collectors.toSet()));
			}
			return SamplingResult.recordAndSample();
		}

		Set<String> attributes(String operation) {
			return this.attributes.getOrDefault(operation, Set.of());
		}

		@Override
		public String getDescription() {
			return "RecordingSampler";
		}

	}

}
