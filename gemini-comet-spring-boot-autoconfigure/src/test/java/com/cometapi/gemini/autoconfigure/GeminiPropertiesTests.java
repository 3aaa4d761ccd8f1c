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

import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.ImageConfig;
import com.cometapi.gemini.api.MediaResolution;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.client.GeminiAuth;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mock.env.MockPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link GeminiConnectionProperties} and {@link GeminiProperties}, and the
 * settings that are created from them.
 */
class GeminiPropertiesTests {

	@Test
	void defaultsOfPropertiesAreThoseOfSettings() {
		GeminiConnectionProperties properties = bind();

		GeminiClientSettings settings = GeminiClientSettingsFactory.create("default", properties,
				new TestConnectionDetails(), List.of());

		assertThat(settings).isEqualTo(GeminiClientSettings.builder("sk-test").build());
	}

	@Test
	void promptsHaveNoDefaultsExceptTheModel() {
		GeminiDefaults defaults = GeminiDefaultsFactory.create(bind(), "cometapi.gemini.");

		assertThat(defaults).isEqualTo(GeminiDefaults.of("gemini-3.5-flash"));
	}

	@Test
	void entitiesAreValidatedAndNotRepairedByDefault() {
		assertThat(bindShared().entity()).isEqualTo(new GeminiProperties.Entity(0, true));
		assertThat(bindShared("entity.repairs=2", "entity.validate=false").entity())
			.isEqualTo(new GeminiProperties.Entity(2, false));
	}

	@Test
	void settingsAreTakenFromProperties() {
		GeminiConnectionProperties properties = bind("api-version=v1", "auth=bearer", "models-path=/api/models",
				"connect-timeout=2s", "first-event-timeout=4m", "idle-timeout=90s", "total-timeout=10m",
				"max-response-size=1GB", "max-event-size=32MB", "require-finish-reason=false", "read-data-urls=true",
				"retry.max-attempts=5", "retry.initial-delay=200ms", "retry.multiplier=1.5", "retry.max-delay=10s",
				"retry.jitter=0", "retry.budget=1m");

		GeminiClientSettings settings = GeminiClientSettingsFactory.create("default", properties,
				new TestConnectionDetails(), List.of());

		assertThat(settings).isEqualTo(GeminiClientSettings.builder("sk-test")
			.apiVersion("v1")
			.auth(GeminiAuth.BEARER)
			.modelsPath("/api/models")
			.connectTimeout(Duration.ofSeconds(2))
			.firstEventTimeout(Duration.ofMinutes(4))
			.idleTimeout(Duration.ofSeconds(90))
			.totalTimeout(Duration.ofMinutes(10))
			.maxResponseSize(DataSize.ofGigabytes(1))
			.maxEventSize(DataSize.ofMegabytes(32))
			.requireFinishReason(false)
			.readDataUrls(true)
			.retry(new GeminiRetrySettings(5, Duration.ofMillis(200), 1.5, Duration.ofSeconds(10), 0,
					Duration.ofMinutes(1)))
			.build());
	}

	@Test
	void generationIsTakenFromProperties() {
		GeminiConnectionProperties properties = bind("generation.temperature=0.5", "generation.top-p=0.9",
				"generation.top-k=40", "generation.max-output-tokens=100", "generation.stop-sequences=END,STOP",
				"generation.seed=7", "generation.presence-penalty=0.1", "generation.frequency-penalty=0.2",
				"generation.response-modalities=text,image", "generation.media-resolution=low",
				"generation.image.aspect-ratio=16:9", "generation.image.size=2K");

		GenerationConfig config = GeminiDefaultsFactory.create(properties, "cometapi.gemini.").generationConfig();

		assertThat(config).isEqualTo(GenerationConfig.builder()
			.temperature(0.5)
			.topP(0.9)
			.topK(40)
			.maxOutputTokens(100)
			.stopSequences(List.of("END", "STOP"))
			.seed(7)
			.presencePenalty(0.1)
			.frequencyPenalty(0.2)
			.responseModalities(List.of(Modality.TEXT, Modality.IMAGE))
			.mediaResolution(MediaResolution.MEDIA_RESOLUTION_LOW)
			.imageConfig(ImageConfig.builder().aspectRatio("16:9").imageSize("2K").build())
			.build());
	}

	@Test
	void voiceAndLanguageAreTakenFromProperties() {
		GeminiConnectionProperties properties = bind("generation.speech.voice=Kore",
				"generation.speech.language-code=de-DE");

		GenerationConfig config = GeminiDefaultsFactory.create(properties, "cometapi.gemini.").generationConfig();

		assertThat(config.speechConfig()).satisfies((speech) -> {
			assertThat(speech.languageCode()).isEqualTo("de-DE");
			assertThat(speech.voiceConfig().prebuiltVoiceConfig().voiceName()).isEqualTo("Kore");
		});
	}

	@Test
	void blankValuesAreNotSet() {
		GeminiConnectionProperties properties = bind("generation.speech.voice=", "generation.speech.language-code= ",
				"generation.image.aspect-ratio=", "generation.image.size= ", "generation.media-resolution=",
				"generation.temperature=", "thinking.level=");

		GeminiDefaults defaults = GeminiDefaultsFactory.create(properties, "cometapi.gemini.");

		assertThat(defaults.generationConfig()).isEqualTo(GenerationConfig.builder().build());
		assertThat(defaults.thinking().level()).isNull();
	}

	@Test
	void thinkingIsTakenFromProperties() {
		GeminiConnectionProperties properties = bind("thinking.level=low", "thinking.budget=512",
				"thinking.include-thoughts=true", "thinking.on-mismatch=warn", "thinking.families.gemini-4.1=level",
				"thinking.families.my-model-=budget", "thinking.families[my_model:large]=none");

		assertThat(GeminiDefaultsFactory.create(properties, "cometapi.gemini.").thinking()).satisfies((thinking) -> {
			assertThat(thinking.level()).isEqualTo(ThinkingLevel.LOW);
			assertThat(thinking.budget()).isEqualTo(512);
			assertThat(thinking.includeThoughts()).isTrue();
			assertThat(thinking.onMismatch()).isEqualTo(OnMismatch.WARN);
			assertThat(thinking.families()).containsOnly(entry("gemini-4.1", ThinkingControl.LEVEL),
					entry("my-model-", ThinkingControl.BUDGET), entry("my_model:large", ThinkingControl.NONE));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "safety.hate-speech", "safety.hateSpeech", "safety.hate_speech", "safety.HATE_SPEECH",
			"safety.HARM_CATEGORY_HATE_SPEECH", "safety[HARM_CATEGORY_HATE_SPEECH]", "safety[hate speech]" })
	void nameOfACategoryMayHaveAnyForm(String name) {
		GeminiDefaults defaults = GeminiDefaultsFactory.create(bind(name + "=block-only-high"), "cometapi.gemini.");

		assertThat(defaults.safetySettings()).containsExactly(new SafetySetting(HarmCategory.HARM_CATEGORY_HATE_SPEECH,
				HarmBlockThreshold.BLOCK_ONLY_HIGH, null, Map.of()));
	}

	@ParameterizedTest
	@CsvSource({ "thinking.level, very-high, VERY_HIGH", "generation.response-modalities, smell, SMELL",
			"generation.media-resolution, ultra-high, MEDIA_RESOLUTION_ULTRA_HIGH",
			"safety.harassment, block-all, BLOCK_ALL" })
	@ExtendWith(OutputCaptureExtension.class)
	void unknownValueIsSentWithAWarning(String name, String value, String sent, CapturedOutput output) {
		GeminiDefaults defaults = GeminiDefaultsFactory.create(bind(name + "=" + value), "cometapi.gemini.");

		assertThat(defaults.toString()).contains(sent);
		assertThat(output).contains("Unknown value '%s' of the property 'cometapi.gemini.%s'".formatted(value, name));
	}

	@Test
	void unknownCategoryIsSentIfItsFullNameIsGiven() {
		GeminiDefaults defaults = GeminiDefaultsFactory.create(bind("safety[HARM_CATEGORY_SPAM]=BLOCK_NONE"),
				"cometapi.gemini.");

		assertThat(defaults.safetySettings()).singleElement()
			.satisfies((setting) -> assertThat(setting.category()).hasToString("HARM_CATEGORY_SPAM"));
	}

	@Test
	void environmentVariablesSetCategories() {
		PropertySource<?> variables = new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of("COMETAPI_GEMINI_SAFETY_DANGEROUS_CONTENT", "off", "COMETAPI_GEMINI_FIRSTEVENTTIMEOUT", "5m"));

		GeminiConnectionProperties properties = bind(variables);

		assertThat(properties.firstEventTimeout()).isEqualTo(Duration.ofMinutes(5));
		assertThat(GeminiDefaultsFactory.create(properties, "cometapi.gemini.").safetySettings()).singleElement()
			.satisfies((setting) -> {
				assertThat(setting.category()).isEqualTo(HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT);
				assertThat(setting.threshold()).isEqualTo(HarmBlockThreshold.OFF);
			});
	}

	@Test
	void offIsAThresholdAlthoughYamlReadsItAsABoolean() throws Exception {
		PropertySource<?> yaml = new YamlPropertySourceLoader().load("yaml", new ByteArrayResource("""
				cometapi:
				  gemini:
				    safety:
				      harassment: off
				      HARM_CATEGORY_JAILBREAK: BLOCK_LOW_AND_ABOVE
				""".getBytes())).get(0);

		assertThat(GeminiDefaultsFactory.create(bind(yaml), "cometapi.gemini.").safetySettings())
			.extracting((setting) -> setting.category() + " " + setting.threshold())
			.containsExactlyInAnyOrder("HARM_CATEGORY_HARASSMENT OFF", "HARM_CATEGORY_JAILBREAK BLOCK_LOW_AND_ABOVE");
	}

	@Test
	void secretsAreNotPrinted() {
		GeminiConnectionProperties properties = bind("api-key=sk-secret", "proxy.host=proxy", "proxy.password=hidden");

		assertThat(properties.toString() + properties.proxy()).doesNotContain("sk-secret").doesNotContain("hidden");
	}

	private static GeminiConnectionProperties bind(String... properties) {
		return bind(source(properties));
	}

	private static GeminiConnectionProperties bind(PropertySource<?> source) {
		return bind(source, GeminiConnectionProperties.class);
	}

	private static GeminiProperties bindShared(String... properties) {
		return bind(source(properties), GeminiProperties.class);
	}

	private static PropertySource<?> source(String... properties) {
		MockPropertySource source = new MockPropertySource();
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			source.withProperty("cometapi.gemini." + parts[0], parts[1]);
		}
		return source;
	}

	private static <T> T bind(PropertySource<?> source, Class<T> type) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
		sources.addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return Binder.get(environment).bindOrCreate("cometapi.gemini", type);
	}

	static class TestConnectionDetails implements GeminiConnectionDetails {

		@Override
		public URI getBaseUrl() {
			return URI.create("https://api.cometapi.com");
		}

		@Override
		public String getApiKey() {
			return "sk-test";
		}

	}

}
