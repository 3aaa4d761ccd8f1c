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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.ImageConfig;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for several connections in one application.
 */
class GeminiConnectionsTests {

	private final GeminiServer first = new GeminiServer();

	private final GeminiServer second = new GeminiServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiFunctionsAutoConfiguration.class, GeminiAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-first", "cometapi.gemini.base-url=" + this.first.url(),
				"cometapi.gemini.connections.google.base-url=" + this.second.url());

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void templateOfConnectionIsInjectedByQualifierAndTheDefaultOneWithoutIt() {
		this.first.answerText("first");
		this.second.answerText("second");
		this.contextRunner.withUserConfiguration(Injection.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.operations().prompt("Hi").text()).isEqualTo("first");
			assertThat(injected.google().prompt("Hi").text()).isEqualTo("second");
			assertThat(injected.all()).containsExactly((GeminiTemplate) injected.operations());
			assertThat(context.getBean(GeminiTemplate.class)).isSameAs(injected.operations());
			assertThat(context.getBean(GeminiClient.class).getConnectionName()).isEqualTo("default");
			assertThat(injected.googleClient().getConnectionName()).isEqualTo("google");
		});
	}

	@Test
	void connectionInheritsEachPropertyThatItDoesNotSet() {
		this.second.answerText("second");
		this.contextRunner.withPropertyValues("cometapi.gemini.model=gemini-2.5-pro",
				"cometapi.gemini.thinking.budget=99", "cometapi.gemini.thinking.include-thoughts=true",
				"cometapi.gemini.safety.harassment=off", "cometapi.gemini.generation.stop-sequences=A,B",
				"cometapi.gemini.generation.temperature=0.5", "cometapi.gemini.connections.google.thinking.budget=777",
				"cometapi.gemini.connections.google.safety.hate-speech=block-none",
				"cometapi.gemini.connections.google.generation.stop-sequences[0]=C",
				"cometapi.gemini.connections.google.auth=bearer", "cometapi.gemini.connections.google.api-version=v1",
				"cometapi.gemini.connections.google.api-key=sk-second")
			.run((context) -> {
				context.getBean(GeminiConnections.class).get("google").prompt("Hi").text();
				assertThat(this.second.lastRequest()).satisfies((request) -> {
					assertThat(request.generationConfig().thinkingConfig().thinkingBudget()).isEqualTo(777);
					assertThat(request.generationConfig().thinkingConfig().includeThoughts()).isTrue();
					assertThat(request.generationConfig().temperature()).isEqualTo(0.5);
					assertThat(request.generationConfig().stopSequences()).containsExactly("C");
					assertThat(request.safetySettings()).extracting((setting) -> setting.category().value())
						.containsExactlyInAnyOrder("HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH");
				});
				RecordedRequest sent = this.second.takeRequest();
				assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1/models/gemini-2.5-pro:generateContent");
				assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer sk-second");
				assertThat(sent.getHeaders().get("x-goog-api-key")).isNull();
			});
	}

	@Test
	void listsAndNestedPropertiesAreInherited() {
		this.second.answerText("second");
		this.contextRunner.withPropertyValues("cometapi.gemini.generation.stop-sequences[0]=END",
				"cometapi.gemini.generation.image.size=2K", "cometapi.gemini.generation.speech.voice=Kore",
				"cometapi.gemini.safety.HARM_CATEGORY_NEW=off", "cometapi.gemini.proxy.non-proxy-hosts[0]=localhost",
				"cometapi.gemini.connections.google.generation.image.aspect-ratio=16:9")
			.run((context) -> {
				context.getBean(GeminiConnections.class).get("google").prompt("Hi").text();
				GenerationConfig config = this.second.lastRequest().generationConfig();
				assertThat(config.stopSequences()).containsExactly("END");
				assertThat(config.imageConfig())
					.isEqualTo(ImageConfig.builder().aspectRatio("16:9").imageSize("2K").build());
				assertThat(this.second.lastRequest().safetySettings())
					.containsExactly(SafetySetting.of(new HarmCategory("HARM_CATEGORY_NEW"), HarmBlockThreshold.OFF));
				assertThat(config.speechConfig().voiceConfig().prebuiltVoiceConfig().voiceName()).isEqualTo("Kore");
			});
	}

	@Test
	void listsAndNestedPropertiesOfVariablesAreInherited() {
		this.second.answerText("second");
		this.contextRunner.withInitializer(variables(Map.of("COMETAPI_GEMINI_CONNECTIONS_EU_BASEURL",
				this.second.url().toString(), "COMETAPI_GEMINI_GENERATION_STOPSEQUENCES_0", "END",
				"COMETAPI_GEMINI_GENERATION_IMAGE_SIZE", "2K")))
			.run((context) -> {
				context.getBean(GeminiConnections.class).get("eu").prompt("Hi").text();
				GenerationConfig config = this.second.lastRequest().generationConfig();
				assertThat(config.stopSequences()).containsExactly("END");
				assertThat(config.imageConfig().imageSize()).isEqualTo("2K");
			});
	}

	@Test
	void valueOfConnectionTakesPrecedenceOverAnInheritedSystemProperty() {
		this.second.answerText("second");
		this.contextRunner.withPropertyValues("cometapi.gemini.connections.google.model=gemini-google")
			.withSystemProperties("cometapi.gemini.model=gemini-system")
			.run((context) -> {
				context.getBean(GeminiConnections.class).get("google").prompt("Hi").text();
				assertThat(this.second.takeRequest().getUrl().encodedPath()).contains("gemini-google");
			});
	}

	@Test
	void environmentVariablesConfigureConnections() {
		this.second.answerText("second");
		this.contextRunner
			.withInitializer(variables(Map.of("COMETAPI_GEMINI_CONNECTIONS_GOOGLE_APIKEY", "sk-variable",
					"COMETAPI_GEMINI_CONNECTIONS_TENANT_MODEL", "gemini-tenant")))
			.run((context) -> {
				GeminiConnections connections = context.getBean(GeminiConnections.class);
				assertThat(connections.getNames()).containsExactly("default", "google", "tenant");
				connections.get("google").prompt("Hi").text();
				assertThat(this.second.takeRequest().getHeaders().get("x-goog-api-key")).isEqualTo("sk-variable");
			});
	}

	@Test
	void environmentVariableSetsTheKeyOfAConnectionWithAHyphenInItsName() {
		this.second.answerText("second");
		this.contextRunner.withPropertyValues("cometapi.gemini.connections.second-key.base-url=" + this.second.url())
			.withInitializer(variables(Map.of("COMETAPI_GEMINI_CONNECTIONS_SECONDKEY_APIKEY", "sk-variable")))
			.run((context) -> {
				GeminiConnections connections = context.getBean(GeminiConnections.class);
				assertThat(connections.getNames()).containsExactlyInAnyOrder("default", "google", "second-key");
				connections.get("second-key").prompt("Hi").text();
				assertThat(this.second.takeRequest().getHeaders().get("x-goog-api-key")).isEqualTo("sk-variable");
			});
	}

	@Test
	void keyIsInheritedBySameHostOnly() {
		this.second.answerText("second");
		this.contextRunner.run((context) -> {
			context.getBean(GeminiConnections.class).get("google").prompt("Hi").text();
			assertThat(this.second.takeRequest().getHeaders().get("x-goog-api-key")).isEqualTo("sk-first");
		});
		this.contextRunner
			.withPropertyValues("cometapi.gemini.connections.google.base-url=https://generativelanguage.googleapis.com")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingGeminiApiKeyException.class)
				.hasMessageContaining("'cometapi.gemini.connections.google.api-key' is not set"));
	}

	@Test
	void whenKeyOfConnectionIsAnUnresolvedPlaceholderThenItsPropertyIsNamed() {
		this.contextRunner.withPropertyValues("cometapi.gemini.connections.google.api-key=${GOOGLE_API_KEY}")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingGeminiApiKeyException.class)
				.hasMessageContaining(
						"'cometapi.gemini.connections.google.api-key' is ${GOOGLE_API_KEY}, which is not set"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "base-url=ftp://google", "api-key=two words", "connect-timeout=0s", "api-version=v1/beta",
			"model=gemini/../x", "thinking.budget=-2", "safety.harasment=off", "ssl.bundle=absent",
			"retry.max-attempts=0", "retry.max-delay=500ms", "pool.max-connections=0", "proxy.host=http://proxy",
			"auth=basic" })
	void whenValueOfConnectionIsInvalidThenItsPropertyIsNamed(String property) {
		String name = "cometapi.gemini.connections.google." + property.substring(0, property.indexOf('='));
		this.contextRunner.withPropertyValues("cometapi.gemini.connections.google." + property)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(name));
	}

	@Test
	void whenInheritedValueIsInvalidThenThePropertyThatWasSetIsNamed() {
		this.contextRunner.withPropertyValues("cometapi.gemini.retry.max-attempts=0")
			.withBean(GeminiOperations.class, this.first::template)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("of the property 'cometapi.gemini.retry.max-attempts'"));
	}

	@Test
	void whenConnectionIsNamedDefaultThenApplicationDoesNotStart() {
		this.contextRunner.withPropertyValues("cometapi.gemini.connections.default.model=gemini-3.5-flash")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidGeminiPropertyException.class)
				.hasMessageContaining("cometapi.gemini.connections.default.model"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void unknownPropertyOfConnectionIsReported(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.connections.google.modle=x",
					"cometapi.gemini.connections.google.chat.max-turns=5",
					"cometapi.gemini.connections.google.safety.harassment=off")
			.run((context) -> assertThat(output)
				.contains("The property 'cometapi.gemini.connections.google.modle'", "does not exist",
						"Did you mean 'cometapi.gemini.connections.google.model'?")
				.contains("The property 'cometapi.gemini.connections.google.chat.max-turns'")
				.doesNotContain("'cometapi.gemini.connections.google.base-url'")
				.doesNotContain("'cometapi.gemini.connections.google.safety.harassment'"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void unknownValueIsReportedWithThePropertyOfTheConnection(CapturedOutput output) {
		this.contextRunner.withPropertyValues("cometapi.gemini.connections.google.thinking.level=very-high")
			.run((context) -> assertThat(output).contains(
					"Unknown value 'very-high' of the property 'cometapi.gemini.connections.google.thinking.level'"));
	}

	@Test
	void filterSendsCallOverAnotherConnection() {
		this.second.answerText("second");
		GeminiExchangeFilter toGoogle = (exchange, next) -> next.exchange(exchange.withConnection("google"));
		this.contextRunner.withBean(GeminiExchangeFilter.class, () -> toGoogle).run((context) -> {
			assertThat(context.getBean(GeminiOperations.class).prompt("Hi").call().origin())
				.extracting(ResponseOrigin::connection)
				.isEqualTo("google");
			assertThat(this.first.requestCount()).isZero();
		});
	}

	@Test
	void filtersAndCustomizersApplyToEachConnection() {
		this.second.answerText("second");
		GeminiExchangeFilter toOtherModel = (exchange, next) -> next.exchange(exchange.withModel("gemini-filtered"));
		this.contextRunner.withBean(GeminiExchangeFilter.class, () -> toOtherModel)
			.withBean(GeminiWebClientBuilderCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Tenant", "a"))
			.run((context) -> {
				context.getBean(GeminiConnections.class).get("google").prompt("Hi").text();
				RecordedRequest sent = this.second.takeRequest();
				assertThat(sent.getUrl().encodedPath()).contains("gemini-filtered");
				assertThat(sent.getHeaders().get("X-Tenant")).isEqualTo("a");
			});
	}

	@Test
	void detailsWithQualifierTakePrecedenceOverProperties() {
		this.second.answerText("second");
		this.contextRunner.withUserConfiguration(Details.class)
			.withBean("other", GeminiServer.class, () -> this.second)
			.withPropertyValues("cometapi.gemini.connections.google.base-url=https://unused.example.com")
			.run((context) -> {
				context.getBean(GeminiConnections.class).get("google").prompt("Hi").text();
				assertThat(this.second.takeRequest().getHeaders().get("x-goog-api-key")).isEqualTo("sk-details");
				assertThat(context.getBean(GeminiClient.class).getBaseUrl()).isEqualTo(this.first.url());
			});
	}

	@Test
	void whenDetailsOfAConnectionWouldBeThoseOfTheDefaultOneThenApplicationDoesNotStart() {
		this.contextRunner.withUserConfiguration(DetailsForAll.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'cometapi.gemini.connections.google'")
				.hasMessageContaining("'googleDetails'"));
	}

	@Test
	void beansOfTheApplicationTakeThePlaceOfThoseOfAConnection() {
		this.contextRunner.withUserConfiguration(OwnTemplate.class)
			.run((context) -> assertThat(context.getBean(GeminiConnections.class).get("google"))
				.isSameAs(context.getBean("googleGeminiTemplate"))
				.isSameAs(OwnTemplate.TEMPLATE));
	}

	@Test
	void unknownConnectionIsRefusedWithTheNamesOfTheOthers() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> context.getBean(GeminiConnections.class).get("gogle"))
			.withMessageContaining("'gogle'")
			.withMessageContaining("default, google"));
	}

	@Test
	void eachConnectionHasItsOwnPool() {
		this.first.hold();
		this.first.answerText("first");
		this.second.answerText("second");
		this.contextRunner
			.withPropertyValues("cometapi.gemini.pool.max-connections=1",
					"cometapi.gemini.pool.pending-acquire-timeout=30s")
			.run((context) -> {
				GeminiConnections connections = context.getBean(GeminiConnections.class);
				var held = connections.get("default").prompt("Hi").callAsync().toFuture();
				assertThat(connections.get("google").prompt("Hi").callAsync().block(Duration.ofSeconds(30)).text())
					.isEqualTo("second");
				assertThat(held).isNotDone();
				this.first.release();
				assertThat(held.join().text()).isEqualTo("first");
			});
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> variables(
			Map<String, Object> variables) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
	}

	record Injected(GeminiOperations operations, GeminiTemplate google, GeminiClient googleClient,
			List<GeminiTemplate> all) {

	}

	@Configuration(proxyBeanMethods = false)
	static class DetailsForAll {

		@Bean
		@Qualifier("google")
		GeminiConnectionDetails googleDetails() {
			return () -> "sk-google";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		static final GeminiTemplate TEMPLATE = GeminiTemplate.builder("sk-own").build();

		@Bean(defaultCandidate = false)
		@Qualifier("google")
		GeminiTemplate googleGeminiTemplate() {
			return TEMPLATE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Injection {

		@Bean
		Injected injected(GeminiOperations operations, @Qualifier("google") GeminiTemplate google,
				@Qualifier("google") GeminiClient googleClient, List<GeminiTemplate> all) {
			return new Injected(operations, google, googleClient, all);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Details {

		@Bean(defaultCandidate = false)
		@Qualifier("google")
		GeminiConnectionDetails googleDetails(GeminiServer server) {
			return new GeminiConnectionDetails() {

				@Override
				public URI getBaseUrl() {
					return server.url();
				}

				@Override
				public String getApiKey() {
					return "sk-details";
				}

			};
		}

	}

}
