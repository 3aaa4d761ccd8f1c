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

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what is printed when an application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class GeminiFailureAnalysisTests {

	@Test
	void whenApiKeyIsMissingThenAnalysisSaysWhatToSet(CapturedOutput output) {
		start();

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Neither the property 'cometapi.gemini.api-key' nor COMETAPI_KEY is set.")
			.contains("export COMETAPI_KEY=sk-")
			.contains("'mvn spring-boot:test-run'")
			.contains("SpringApplication.from(Application::main).with(GeminiSimulatorConfiguration.class).run(args);")
			.contains("cometapi.gemini.enabled=false");
	}

	@Test
	void whenApiKeyIsBlankThenItIsMissing(CapturedOutput output) {
		start("cometapi.gemini.api-key= ");

		assertThat(output).contains("Neither the property");
	}

	@Test
	void whenPlaceholderOfApiKeyIsNotResolvedThenAnalysisNamesIt(CapturedOutput output) {
		start("cometapi.gemini.api-key=${MY_GEMINI_KEY}");

		assertThat(output).contains("The property 'cometapi.gemini.api-key' is ${MY_GEMINI_KEY}, which is not set.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk-hid den", "sk-hid\r\nX-Injected: den", "sk-hid\u0000den", "sk-hid\u00e4den",
			"sk-hid\u007fden" })
	void whenApiKeyCannotBeAHeaderThenAnalysisDoesNotShowIt(String key, CapturedOutput output) {
		start("cometapi.gemini.api-key=" + key);

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value of the property 'cometapi.gemini.api-key'")
			.doesNotContain("sk-hid");
	}

	@Test
	void whenVariableCannotBeAHeaderThenAnalysisNamesTheVariable(CapturedOutput output) {
		start("COMETAPI_KEY=sk-hid den");

		assertThat(output).contains("Invalid value of the property 'COMETAPI_KEY'").doesNotContain("sk-hid");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			api.cometapi.com,                    it must start with 'https://' or 'http://'
			api.cometapi.com:443,                it must start with 'https://' or 'http://'
			localhost:8080,                      it must start with 'https://' or 'http://'
			ftp://api.cometapi.com,              it must start with 'https://' or 'http://'
			${BASE_URL},                         'it contains ${BASE_URL}, which is not set'
			https://${HOST}/gemini,              'it contains ${HOST}, which is not set'
			https://,                            it is not a URL: Expected authority
			https:api.cometapi.com,              it must name a host
			https:///v1beta,                     it must name a host
			http://my_gateway:8080,              it must name a host; an underscore is not allowed in it
			https://api.cometapi.com:70000,      its port must be from 1 to 65535
			https://api comet.com,               it is not a URL: Illegal character in authority
			https://api.cometapi.com?key=secret@,it must not contain a user or a password
			https://api.cometapi.com/?key=x,     it must not have a query ('?') or a fragment ('#')
			https://api.cometapi.com/#models,    it must not have a query ('?') or a fragment ('#')
			https://api.cometapi.com/my path,    it is not a URL: Illegal character in path
			https://user:secret@api.cometapi.com,it must not contain a user or a password
			https://api.cometapi.com/v1beta,     it must not end with the API version
			https://api.cometapi.com/v1/,        it must not end with the API version
			https://proxy/gemini/v1beta/models,  it must not end with the API version
			""")
	void whenBaseUrlIsBadThenAnalysisSaysWhy(String baseUrl, String reason, CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + baseUrl);

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("cometapi.gemini.base-url")
			.contains(reason)
			.doesNotContain("secret@");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://host/?key=sk-hidden", "http://host?%6bey=hidden", "http://host/#hidden",
			"ftp://host/hidden", "http://hidden@host", "http:// ?key=hidden", "http://host/hidden/v1beta",
			"http://host:port/hidden" })
	void whenBaseUrlHoldsAKeyThenAnalysisDoesNotShowIt(String baseUrl, CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + baseUrl);

		assertThat(output).contains("Invalid value of the property 'cometapi.gemini.base-url'")
			.doesNotContain("hidden");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"sk-hidden\"", "'sk-hidden'", "\"sk-hidden" })
	void whenApiKeyIsInQuotationMarksThenAnalysisSaysSo(String key, CapturedOutput output) {
		start("cometapi.gemini.api-key=" + key);

		assertThat(output).contains("it starts with a quotation mark")
			.contains("Remove the quotation marks around the key.")
			.doesNotContain("sk-hidden");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://proxy", "user:hidden@proxy", "proxy:8080", "proxy/hidden" })
	void whenProxyHostIsAUrlThenAnalysisSaysWhatToSet(String host, CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini.proxy.host=" + host);

		assertThat(output).contains("Invalid value of the property 'cometapi.gemini.proxy.host'")
			.contains("'cometapi.gemini.proxy.password'")
			.doesNotContain("hidden");
	}

	@Test
	void analysisShowsOriginAndExample(CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=ftp://api.cometapi.com");

		assertThat(output).contains("Invalid value of the property 'cometapi.gemini.base-url'")
			.contains("It was set in: \"cometapi.gemini.base-url\" from property source \"commandLineArgs\"")
			.contains("cometapi.gemini.base-url=https://api.cometapi.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect-timeout=0s", "connect-timeout=-1s", "first-event-timeout=0", "idle-timeout=-5m",
			"total-timeout=0ms", "max-response-size=0", "max-event-size=-1MB", "api-version=v1/beta", "api-version=",
			"models-path=v1/models", "models-path=/v1/models?x=y", "model=gemini/../x", "model=", "thinking.budget=-2",
			"safety.harasment=off", "ssl.bundle=absent", "retry.max-attempts=0", "retry.initial-delay=-1s",
			"retry.multiplier=0.5", "retry.multiplier=NaN", "retry.max-delay=500ms", "retry.jitter=1.1",
			"retry.jitter=-0.1", "retry.budget=-1s", "pool.max-connections=0", "pool.max-concurrent-streams=-1",
			"pool.pending-acquire-max-count=-1", "pool.pending-acquire-timeout=0s", "pool.max-idle-time=0s",
			"pool.max-life-time=-1s", "pool.evict-in-background=0s", "functions.max-rounds=0",
			"functions.max-concurrency=-1", "functions.timeout=0s", "functions.max-result-size=0",
			"observation.max-models=0", "observation.max-content-length=0", "threads.functions=0", "threads.stores=-1",
			"threads.media=0", "threads.filters=-1", "threads.browsers=0", "threads.max-wait=0s",
			"threads.max-wait=-1s" })
	void whenValueCannotWorkThenAnalysisNamesTheProperty(String property, CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini." + property);

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("of the property 'cometapi.gemini." + property.substring(0, property.indexOf('=')) + "'")
			.contains("Action:");
	}

	@ParameterizedTest
	@CsvSource({ "api-version=, it must be a single segment of a path",
			"models-path=v1/models, it must begin with '/'" })
	void whenPathIsBadThenAnalysisNamesTheRule(String property, String rule, CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini." + property);

		assertThat(output).contains("APPLICATION FAILED TO START").contains(rule);
	}

	@ParameterizedTest
	@CsvSource({ "auth=basic, BEARER", "thinking.on-mismatch=explode, WARN", "thinking.families.gemini-9=much, BUDGET",
			"functions.on-error=ignore, REPLY" })
	void whenChoiceIsUnknownThenAnalysisListsTheChoices(String property, String choice, CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini." + property);

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("cometapi.gemini." + property.substring(0, property.indexOf('=')))
			.contains("The following values are valid")
			.contains(choice);
	}

	@Test
	void whenProxyPortIsOutOfRangeThenAnalysisNamesTheProperty(CapturedOutput output) {
		start("cometapi.gemini.api-key=sk-test", "cometapi.gemini.proxy.host=proxy",
				"cometapi.gemini.proxy.port=70000");

		assertThat(output).contains("Invalid value '70000' of the property 'cometapi.gemini.proxy.port'");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc, DataSource", "redis, RedisConnectionFactory" })
	void whenConnectionOfChatsIsMissingThenAnalysisNamesIt(String repository, String connection,
			CapturedOutput output) {
		start(ChatApplication.class, "cometapi.gemini.api-key=sk-test",
				"cometapi.gemini.chat.repository=" + repository);

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '%s' of the property 'cometapi.gemini.chat.repository'".formatted(repository))
			.containsPattern("@ConditionalOnSingleCandidate \\(types: [\\w.]+" + connection);
	}

	@Test
	void whenThereAreSeveralDatabasesForChatsThenAnalysisNamesThem(CapturedOutput output) {
		start(TwoDatabasesApplication.class, "cometapi.gemini.api-key=sk-test", "cometapi.gemini.chat.repository=jdbc");

		assertThat(output).contains("found multiple beans 'orders', 'customers'")
			.contains("mark one of several connections with @Primary");
	}

	private static void start(String... properties) {
		start(TestApplication.class, properties);
	}

	private static void start(Class<?> source, String... properties) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<String> arguments = new ArrayList<>(List.of("--spring.main.banner-mode=off"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		assertThatException().isThrownBy(() -> application.run(arguments.toArray(String[]::new)));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ GeminiAutoConfiguration.class, GeminiFunctionsAutoConfiguration.class,
			SslAutoConfiguration.class })
	static class TestApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApplication.class)
	@ImportAutoConfiguration({ GeminiChatAutoConfiguration.class, GeminiChatJdbcAutoConfiguration.class,
			GeminiChatRedisAutoConfiguration.class })
	static class ChatApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatApplication.class)
	static class TwoDatabasesApplication {

		@Bean
		DataSource orders() {
			return new DriverManagerDataSource("jdbc:h2:mem:orders");
		}

		@Bean
		DataSource customers() {
			return new DriverManagerDataSource("jdbc:h2:mem:customers");
		}

	}

}
