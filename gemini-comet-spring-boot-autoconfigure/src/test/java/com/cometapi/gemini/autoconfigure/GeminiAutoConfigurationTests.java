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

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.prompt.TurnAdvisor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiAutoConfiguration}.
 */
class GeminiAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, JacksonAutoConfiguration.class,
				CodecsAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiAutoConfiguration.class));

	private final ApplicationContextRunner keyRunner = this.contextRunner
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	@Test
	void clientAndTemplateAreConfigured() {
		this.keyRunner.run((context) -> assertThat(context).hasSingleBean(GeminiConnectionDetails.class)
			.hasSingleBean(GeminiClient.class)
			.hasSingleBean(GeminiTemplate.class)
			.hasSingleBean(GeminiOperations.class));
	}

	@Test
	void jsonMapperOfTheApplicationIsTheOnlyOne() {
		this.keyRunner.run((context) -> assertThat(context).hasSingleBean(JsonMapper.class));
	}

	@Test
	void whenEnabledIsFalseThenNothingIsConfigured() {
		this.contextRunner.withPropertyValues("cometapi.gemini.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GeminiProperties.class)
				.doesNotHaveBean(GeminiConnectionDetails.class)
				.doesNotHaveBean(GeminiClient.class)
				.doesNotHaveBean(GeminiOperations.class));
	}

	@Test
	void whenWebClientIsAbsentThenNothingIsConfigured() {
		this.keyRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GeminiOperations.class));
	}

	@Test
	void whenReactorNettyIsAbsentThenNothingIsConfigured() {
		this.keyRunner.withClassLoader(new FilteredClassLoader("reactor.netty"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GeminiOperations.class));
	}

	@Test
	void whenApplicationHasConnectionDetailsThenPropertiesAreNotUsed() {
		this.contextRunner.withBean(GeminiConnectionDetails.class, TestConnectionDetails::new)
			.withPropertyValues("cometapi.gemini.base-url=ftp://unused")
			.run((context) -> assertThat(context).hasSingleBean(GeminiConnectionDetails.class)
				.hasSingleBean(TestConnectionDetails.class)
				.hasSingleBean(GeminiTemplate.class));
	}

	@Test
	void whenApplicationHasClientThenAutoConfiguredOneBacksOff() {
		GeminiClient client = client();
		this.contextRunner.withBean(GeminiClient.class, () -> client)
			.run((context) -> assertThat(context.getBean(GeminiClient.class)).isSameAs(client));
	}

	@Test
	void whenApplicationHasSeveralClientsThenItMakesItsOwnTemplates() {
		this.contextRunner.withBean("first", GeminiClient.class, GeminiAutoConfigurationTests::client)
			.withBean("second", GeminiClient.class, GeminiAutoConfigurationTests::client)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GeminiOperations.class));
	}

	@Test
	void whenApplicationHasOperationsThenTemplateBacksOff() {
		this.keyRunner.withBean(GeminiOperations.class, GeminiAutoConfigurationTests::operations)
			.run((context) -> assertThat(context).hasSingleBean(GeminiOperations.class)
				.doesNotHaveBean(GeminiTemplate.class));
	}

	@Test
	void whenApplicationHasOperationsThenItNeedsNoKey() {
		this.contextRunner.withBean(GeminiOperations.class, GeminiAutoConfigurationTests::operations)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void customizersAreCalledInOrder() {
		this.keyRunner.withPropertyValues("cometapi.gemini.base-url=http://127.0.0.1:1")
			.withUserConfiguration(CustomizerConfiguration.class)
			.run((context) -> {
				callRefusedEndpoint(context);
				callRefusedEndpoint(context);
				assertThat(context.getBean(CustomizerConfiguration.class).calls).containsExactly("json first",
						"json last", "web first", "web last");
			});
	}

	@Test
	void builderOfTheApplicationIsNotChanged() {
		WebClient.Builder builder = WebClient.builder();
		AtomicReference<WebClient.Builder> customized = new AtomicReference<>();
		this.keyRunner.withPropertyValues("cometapi.gemini.base-url=http://127.0.0.1:1")
			.withBean(WebClient.Builder.class, () -> builder)
			.withBean(GeminiWebClientBuilderCustomizer.class, () -> customized::set)
			.run((context) -> {
				callRefusedEndpoint(context);
				assertThat(customized.get()).isNotNull().isNotSameAs(builder);
			});
	}

	@Test
	void whenApplicationHasSeveralBuildersThenNoneIsUsed() {
		List<ClientRequest> requests = new CopyOnWriteArrayList<>();
		ExchangeFilterFunction recorder = (request, next) -> {
			requests.add(request);
			return next.exchange(request);
		};
		this.keyRunner.withPropertyValues("cometapi.gemini.base-url=http://127.0.0.1:1")
			.withBean("first", WebClient.Builder.class, () -> WebClient.builder().filter(recorder))
			.withBean("second", WebClient.Builder.class, () -> WebClient.builder().filter(recorder))
			.run((context) -> {
				callRefusedEndpoint(context);
				assertThat(requests).isEmpty();
			});
	}

	@Test
	void whenWebClientIsNotAutoConfiguredThenClientStillIs() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.api-key=sk-test")
			.run((context) -> assertThat(context).hasSingleBean(GeminiTemplate.class));
	}

	@Test
	void retryListenersAreCalledInOrder() {
		this.keyRunner.withUserConfiguration(ListenerConfiguration.class)
			.withPropertyValues("cometapi.gemini.base-url=http://localhost:1", "cometapi.gemini.retry.max-attempts=2",
					"cometapi.gemini.retry.initial-delay=1ms")
			.run((context) -> {
				assertThatExceptionOfType(GeminiConnectionException.class)
					.isThrownBy(() -> context.getBean(GeminiOperations.class).models());
				assertThat(context.getBean(ListenerConfiguration.class).calls).containsExactly("first", "last");
			});
	}

	@Test
	void advisorsAndFiltersAreCollectedInOrder() {
		this.keyRunner.withUserConfiguration(ChainConfiguration.class).run((context) -> {
			String text = context.getBean(GeminiOperations.class).prompt("Hi").text();
			assertThat(text).isEqualTo("From the last filter");
			assertThat(context.getBean(ChainConfiguration.class).calls).containsExactly("first advisor", "last advisor",
					"first", "last");
		});
	}

	private static GeminiClient client() {
		return GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-mine").build());
	}

	private static GeminiOperations operations() {
		return (GeminiOperations) Proxy.newProxyInstance(GeminiOperations.class.getClassLoader(),
				new Class<?>[] { GeminiOperations.class }, (proxy, method, arguments) -> method.getName());
	}

	// The endpoint refuses connections.
	private static void callRefusedEndpoint(ApplicationContext context) {
		GeminiCallOptions once = GeminiCallOptions.builder().retry(GeminiRetrySettings.NONE).build();
		GeminiClient client = context.getBean(GeminiClient.class);
		assertThatExceptionOfType(GeminiConnectionException.class).isThrownBy(() -> client.models(once).block());
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		GeminiWebClientBuilderCustomizer last() {
			return (builder) -> this.calls.add("web last");
		}

		@Bean
		@Order(1)
		GeminiWebClientBuilderCustomizer first() {
			return (builder) -> this.calls.add("web first");
		}

		@Bean
		@Order(2)
		GeminiJsonMapperBuilderCustomizer lastJson() {
			return (builder) -> this.calls.add("json last");
		}

		@Bean
		@Order(1)
		GeminiJsonMapperBuilderCustomizer firstJson() {
			return (builder) -> this.calls.add("json first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		GeminiRetryListener last() {
			return (event) -> this.calls.add("last");
		}

		@Bean
		@Order(1)
		GeminiRetryListener first() {
			return (event) -> this.calls.add("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ChainConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		TurnAdvisor lastAdvisor() {
			return (turn, next) -> {
				this.calls.add("last advisor");
				return next.proceed(turn);
			};
		}

		@Bean
		@Order(1)
		TurnAdvisor firstAdvisor() {
			return (turn, next) -> {
				this.calls.add("first advisor");
				return next.proceed(turn);
			};
		}

		@Bean
		@Order(2)
		GeminiExchangeFilter last() {
			return (exchange, next) -> {
				this.calls.add("last");
				return Flux.just(GenerateContentResponse.builder()
					.candidates(Candidate.builder().content(Content.model("From the last filter")).build())
					.build());
			};
		}

		@Bean
		@Order(1)
		GeminiExchangeFilter first() {
			return (exchange, next) -> {
				this.calls.add("first");
				return next.exchange(exchange);
			};
		}

	}

	static class TestConnectionDetails implements GeminiConnectionDetails {

		@Override
		public URI getBaseUrl() {
			return URI.create("https://example.com");
		}

		@Override
		public String getApiKey() {
			return "sk-details";
		}

	}

}
