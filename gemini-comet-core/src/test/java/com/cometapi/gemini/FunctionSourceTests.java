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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionOrigin;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.function.GeminiFunctionTypes;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.prompt.TurnAdvisor;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for functions of a {@link GeminiFunctionSource}.
 */
class FunctionSourceTests extends AbstractRoundsTests {

	private final TestSource source = new TestSource();

	@Test
	void sourceIsAskedOncePerPromptRun() {
		this.server.answerText("One").answerText("Two");
		var prompt = this.gemini.prompt("Hi").functionsFrom(this.source);
		prompt.text();
		this.source.functions = List.of(sourced("weather"), sourced("time"));

		prompt.text();

		assertThat(this.server.requests().get(0).tools().get(0).functionDeclarations())
			.extracting(FunctionDeclaration::name)
			.containsExactly("weather");
		assertThat(this.server.requests().get(1).tools().get(0).functionDeclarations())
			.extracting(FunctionDeclaration::name)
			.containsExactly("weather", "time");
		assertThat(prompt.request().tools().get(0).functionDeclarations()).hasSize(2);
	}

	@Test
	void functionsOfASourceRunAndApprovalsGetTheirOrigin() {
		this.server.answerParts(CALL).answerText("Sunny");
		AtomicReference<GeminiFunctionCall> asked = new AtomicReference<>();

		String text = this.gemini.prompt("Hi").functionsFrom(this.source).functionApproval((call) -> {
			asked.set(call);
			return GeminiFunctionDecision.allow();
		}).text();

		assertThat(text).isEqualTo("Sunny");
		assertThat(asked.get().origin()).isEqualTo(new GeminiFunctionOrigin("test", "weather", true, false, false));
		assertThat(this.server.lastRequest().contents().get(2).parts().get(0).functionResponse().response())
			.isEqualTo(Map.of("output", "fine"));
	}

	@Test
	void selectionsOfOneSourceAreRequestedTogether() {
		this.server.answerText("One").answerText("Two");

		this.gemini.prompt("Hi").functionsFrom(this.source, "a", "b").functionsFrom(this.source, "b", "c").text();
		this.gemini.prompt("Hi").functionsFrom(this.source, "a").functionsFrom(this.source).text();

		assertThat(this.source.asked).containsExactly(List.of("a", "b", "c"), List.of());
	}

	@Test
	void sourceIsSelectedByItsName() {
		GeminiFunctions functions = GeminiFunctions.builder(JsonMapper.shared()).sources(List.of(this.source)).build();
		GeminiTemplate gemini = this.gemini.withFunctions(() -> functions);
		this.server.answerText("One");

		gemini.prompt("Hi").mcp("test").text();

		assertThat(this.server.lastRequest().tools()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> gemini.prompt("Hi").functionsFrom("tset"))
			.withMessageContaining("tset")
			.withMessageContaining("[test]");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> GeminiFunctions.builder(JsonMapper.shared()).sources(List.of(this.source, this.source)))
			.withMessageContaining("two sources of functions named 'test'");
	}

	@Test
	void promptIsNotSentIfItsSourceFails() {
		this.source.answer = Mono.error(new GeminiFunctionSourceException("test", "Down", true, null));

		assertThatExceptionOfType(GeminiFunctionSourceException.class)
			.isThrownBy(() -> this.gemini.prompt("Hi").functionsFrom(this.source).text())
			.satisfies((ex) -> assertThat(ex.getSource()).isEqualTo("test"));
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void totalTimeoutIncludesTheSource() {
		this.source.answer = Mono.never();

		assertThatExceptionOfType(GeminiTimeoutException.class).isThrownBy(
				() -> this.gemini.prompt("Hi").functionsFrom(this.source).totalTimeout(Duration.ofMillis(50)).text())
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(GeminiTimeLimit.TOTAL));
	}

	@Test
	void advisorsMayBlockEvenIfTheSourceRespondsOnANonBlockingThread() {
		this.server.answerText("One");
		this.source.answer = Mono.just(this.source.functions).publishOn(Schedulers.parallel());
		TurnAdvisor blocks = (turn, next) -> Flux.just(Mono.just(turn).block()).flatMap(next::proceed);

		assertThat(this.gemini.prompt("Hi").functionsFrom(this.source).advisors(blocks).text()).isEqualTo("One");
	}

	private static GeminiFunctionCallback sourced(String name) {
		GeminiFunctionCallback function = GeminiFunctionCallback.of(FunctionDeclaration.of(name, "A test"),
				(call) -> "fine");
		return new GeminiFunctionCallback() {

			@Override
			public FunctionDeclaration declaration(GeminiFunctionTypes types) {
				return function.declaration(types);
			}

			@Override
			public Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types) {
				return function.prepare(call, types);
			}

			@Override
			public GeminiFunctionOrigin origin() {
				return new GeminiFunctionOrigin("test", name, true, false, false);
			}

		};
	}

	private static final class TestSource implements GeminiFunctionSource {

		private final List<List<String>> asked = new CopyOnWriteArrayList<>();

		private volatile List<GeminiFunctionCallback> functions = Stream.of("weather")
			.map(FunctionSourceTests::sourced)
			.toList();

		private volatile Mono<List<GeminiFunctionCallback>> answer = Mono.fromSupplier(() -> this.functions);

		@Override
		public String name() {
			return "test";
		}

		@Override
		public Publisher<List<GeminiFunctionCallback>> functions(List<String> names) {
			this.asked.add(names);
			return this.answer;
		}

	}

}
