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

package com.cometapi.gemini.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionSettings;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.thread.GeminiThreads;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GeminiFunctionsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				WebClientAutoConfiguration.class, GeminiFunctionsAutoConfiguration.class,
				GeminiAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test")
		.withUserConfiguration(Beans.class);

	@Test
	void functionsAreNotCreatedBeforeAPromptNamesThem() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("geminiFunctions")).isFalse();
			GeminiTemplate gemini = context.getBean(GeminiTemplate.class);
			assertThat(gemini.prompt("Hi").request().tools()).isEmpty();
			List<FunctionDeclaration> declarations = gemini.prompt("Hi")
				.functionNames("order", "upper")
				.request()
				.tools()
				.get(0)
				.functionDeclarations();
			assertThat(declarations).extracting(FunctionDeclaration::name).containsExactly("order", "upper");
		});
	}

	@Test
	void parametersAreNamedByTheMapperOfTheApplication() {
		this.contextRunner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE").run((context) -> {
			GeminiFunctions functions = context.getBean(GeminiFunctions.class);
			assertThat(functions.runner(functions.named("upper")).declarations().get(0).parameters().properties())
				.containsOnlyKeys("some_text");
			assertThat(run(functions, "upper", Map.of("some_text", "a"))).isEqualTo(Map.of("some_text", "A"));
		});
	}

	@Test
	void settingsAreTakenFromProperties() {
		this.contextRunner.run((context) -> assertThat(context.getBean(GeminiFunctions.class).settings())
			.isEqualTo(GeminiFunctionSettings.DEFAULTS.toBuilder().maxResultSize(8 * 1024 * 1024).build()));
		this.contextRunner
			.withPropertyValues("cometapi.gemini.functions.max-rounds=3", "cometapi.gemini.functions.max-concurrency=2",
					"cometapi.gemini.functions.timeout=5s", "cometapi.gemini.functions.max-result-size=1KB",
					"cometapi.gemini.functions.on-error=fail", "cometapi.gemini.functions.echo-ids=false")
			.run((context) -> assertThat(context.getBean(GeminiFunctions.class).settings())
				.isEqualTo(new GeminiFunctionSettings(3, 2, Duration.ofSeconds(5), 1024, OnError.FAIL, false)));
	}

	@Test
	void argumentsAreValidatedIfThereIsAValidator() {
		this.contextRunner
			.run((context) -> assertThat(run(context.getBean(GeminiFunctions.class), "order", Map.of("what", " ")))
				.isEqualTo(Map.of("error", "Invalid arguments: what must not be blank")));
		this.contextRunner.withClassLoader(new FilteredClassLoader(Validator.class))
			.run((context) -> assertThat(run(context.getBean(GeminiFunctions.class), "order", Map.of("what", " ")))
				.isEqualTo(Map.of("output", " ")));
	}

	@Test
	void promptsMayNameBeansThatAreSourcesOfFunctions() {
		GeminiFunctionSource source = new GeminiFunctionSource() {

			@Override
			public String name() {
				return "mine";
			}

			@Override
			public Mono<List<GeminiFunctionCallback>> functions(List<String> names) {
				return Mono.just(List.of(GeminiFunctionCallback.of("ping", "A test", () -> "pong")));
			}

		};
		this.contextRunner.withBean(GeminiFunctionSource.class, () -> source).run((context) -> {
			GeminiTemplate gemini = context.getBean(GeminiTemplate.class);
			assertThat(gemini.prompt("Hi").functionsFrom("mine").request().tools().get(0).functionDeclarations())
				.extracting(FunctionDeclaration::name)
				.containsExactly("ping");
		});
	}

	@Test
	void whenApplicationHasFunctionsThenAutoConfiguredOnesBackOff() {
		GeminiFunctions functions = GeminiFunctions.create(JsonMapper.builder().build());
		this.contextRunner.withBean(GeminiFunctions.class, () -> functions)
			.run((context) -> assertThat(context.getBean(GeminiFunctions.class)).isSameAs(functions));
	}

	@Test
	void whenApplicationHasThreadsThenAutoConfiguredOnesBackOff() {
		ExecutorService executor = Executors.newCachedThreadPool((work) -> new Thread(work, "mine"));
		GeminiThreads threads = GeminiThreads.builder().functions(executor).build();
		this.contextRunner.withBean("mine", GeminiThreads.class, () -> threads).run((context) -> {
			assertThat(context).hasSingleBean(GeminiThreads.class);
			assertThat(context.getBean(GeminiClient.class).getThreads()).isSameAs(threads);
			assertThat(threadOfFunction(context.getBean(GeminiFunctions.class)).getName()).isEqualTo("mine");
		});
		executor.shutdown();
	}

	@Test
	void propertiesLimitTheNumberOfThreads() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.threads.stores=1", "cometapi.gemini.threads.max-wait=500ms")
			.run((context) -> {
				GeminiThreads threads = context.getBean(GeminiThreads.class);
				CountDownLatch end = new CountDownLatch(1);
				CountDownLatch begun = new CountDownLatch(1);
				threads.onStoreThread(() -> {
					begun.countDown();
					return end.await(60, TimeUnit.SECONDS);
				}).subscribe();
				assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
				assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
					.isThrownBy(() -> threads.onStoreThread(() -> 1).block(Duration.ofSeconds(30)))
					.withMessageContaining("All 1 threads for stores are busy");
				end.countDown();
			});
	}

	@Test
	void threadsEndWithTheirContext() {
		AtomicReference<Thread> used = new AtomicReference<>();
		this.contextRunner.run((context) -> used.set(threadOfFunction(context.getBean(GeminiFunctions.class))));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !used.get().isAlive());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads need Java 21")
	void threadsAreVirtualIfTheApplicationUsesVirtualThreads() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(threadOfFunction(context.getBean(GeminiFunctions.class)).toString())
				.startsWith("VirtualThread[#")
				.contains("gemini-function-"));
	}

	private static Thread threadOfFunction(GeminiFunctions functions) {
		AtomicReference<Thread> thread = new AtomicReference<>();
		GeminiFunctionCallback function = GeminiFunctionCallback.of("thread", "A test", () -> {
			thread.set(Thread.currentThread());
			return "done";
		});
		functions.runner(List.of(function))
			.run(List.of(FunctionCall.of("thread", Map.of())))
			.block(Duration.ofSeconds(30));
		return thread.get();
	}

	private static Map<String, Object> run(GeminiFunctions functions, String name, Map<String, Object> args) {
		return functions.runner(functions.named(name))
			.run(List.of(FunctionCall.of(name, args)))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
	}

	record Words(String someText) {

	}

	static class Shop {

		@GeminiFunction
		String order(@NotBlank String what) {
			return what;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Shop shop() {
			return new Shop();
		}

		@Bean
		Function<Words, Words> upper() {
			return (words) -> new Words(words.someText().toUpperCase());
		}

	}

}
