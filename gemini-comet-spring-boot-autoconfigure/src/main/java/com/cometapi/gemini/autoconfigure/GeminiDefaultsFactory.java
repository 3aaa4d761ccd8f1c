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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.ImageConfig;
import com.cometapi.gemini.api.MediaResolution;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.PrebuiltVoiceConfig;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.SpeechConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.api.VoiceConfig;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Generation;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Generation.Image;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Generation.Speech;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Thinking;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ThinkingDefaults;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Creates the defaults of a template from properties.
 */
final class GeminiDefaultsFactory {

	private static final String CATEGORY_PREFIX = "HARM_CATEGORY_";

	private static final Log logger = LogFactory.getLog(GeminiDefaultsFactory.class);

	private static final List<ThinkingLevel> THINKING_LEVELS = List.of(ThinkingLevel.MINIMAL, ThinkingLevel.LOW,
			ThinkingLevel.MEDIUM, ThinkingLevel.HIGH);

	private static final List<Modality> MODALITIES = List.of(Modality.TEXT, Modality.IMAGE, Modality.AUDIO,
			Modality.VIDEO);

	private static final List<MediaResolution> MEDIA_RESOLUTIONS = List.of(MediaResolution.MEDIA_RESOLUTION_LOW,
			MediaResolution.MEDIA_RESOLUTION_MEDIUM, MediaResolution.MEDIA_RESOLUTION_HIGH);

	private static final List<HarmBlockThreshold> THRESHOLDS = List.of(HarmBlockThreshold.OFF,
			HarmBlockThreshold.BLOCK_NONE, HarmBlockThreshold.BLOCK_ONLY_HIGH,
			HarmBlockThreshold.BLOCK_MEDIUM_AND_ABOVE, HarmBlockThreshold.BLOCK_LOW_AND_ABOVE);

	/**
	 * Categories by the letters of their names, so that any separators are accepted.
	 */
	private static final Map<String, HarmCategory> CATEGORIES = Stream
		.of(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmCategory.HARM_CATEGORY_HATE_SPEECH,
				HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT, HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
				HarmCategory.HARM_CATEGORY_CIVIC_INTEGRITY, HarmCategory.HARM_CATEGORY_JAILBREAK)
		.collect(Collectors.toMap((category) -> letters(category.value().substring(CATEGORY_PREFIX.length())),
				Function.identity()));

	private GeminiDefaultsFactory() {
	}

	static GeminiDefaults create(GeminiConnectionProperties properties, String prefix) {
		GenerationConfig generationConfig = generationConfig(properties.generation(), prefix + "generation.");
		List<SafetySetting> safetySettings = safetySettings(properties.safety(), prefix + "safety.");
		ThinkingDefaults thinking = thinking(properties.thinking(), prefix + "thinking.");
		try {
			return new GeminiDefaults(properties.model(), generationConfig, safetySettings, thinking);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidGeminiPropertyException("cometapi.gemini.model", properties.model(),
					"it must be the id of a model", "Set it to an id such as 'gemini-3.5-flash'.");
		}
	}

	private static GenerationConfig generationConfig(Generation generation, String prefix) {
		GenerationConfig.Builder builder = GenerationConfig.builder()
			.temperature(generation.temperature())
			.topP(generation.topP())
			.topK(generation.topK())
			.maxOutputTokens(generation.maxOutputTokens())
			.seed(generation.seed())
			.presencePenalty(generation.presencePenalty())
			.frequencyPenalty(generation.frequencyPenalty())
			.mediaResolution(StringUtils.hasText(generation.mediaResolution()) ? convert(prefix + "media-resolution",
					generation.mediaResolution(), MediaResolution::of, MEDIA_RESOLUTIONS) : null)
			.speechConfig(speechConfig(generation.speech()))
			.imageConfig(imageConfig(generation.image()));
		if (!generation.stopSequences().isEmpty()) {
			builder.stopSequences(generation.stopSequences());
		}
		if (!generation.responseModalities().isEmpty()) {
			builder.responseModalities(generation.responseModalities()
				.stream()
				.map((name) -> convert(prefix + "response-modalities", name, Modality::of, MODALITIES))
				.toList());
		}
		return builder.build();
	}

	private static @Nullable SpeechConfig speechConfig(Speech speech) {
		String voice = textOf(speech.voice());
		String languageCode = textOf(speech.languageCode());
		if (voice == null && languageCode == null) {
			return null;
		}
		VoiceConfig voiceConfig = (voice != null)
				? new VoiceConfig(new PrebuiltVoiceConfig(voice, Map.of()), null, Map.of()) : null;
		return new SpeechConfig(voiceConfig, null, languageCode, Map.of());
	}

	private static @Nullable ImageConfig imageConfig(Image image) {
		String aspectRatio = textOf(image.aspectRatio());
		String size = textOf(image.size());
		if (aspectRatio == null && size == null) {
			return null;
		}
		return ImageConfig.builder().aspectRatio(aspectRatio).imageSize(size).build();
	}

	// A placeholder with an empty default, such as ${VOICE:}, sets a property to nothing
	private static @Nullable String textOf(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	private static List<SafetySetting> safetySettings(Map<String, String> safety, String prefix) {
		Map<HarmCategory, SafetySetting> settings = new LinkedHashMap<>();
		safety.forEach((name, threshold) -> {
			HarmCategory category = category(name);
			// YAML reads 'off' as a boolean
			HarmBlockThreshold blockThreshold = convert(prefix + name, threshold.equals("false") ? "off" : threshold,
					HarmBlockThreshold::of, THRESHOLDS);
			settings.put(category, new SafetySetting(category, blockThreshold, null, Map.of()));
		});
		return List.copyOf(settings.values());
	}

	private static HarmCategory category(String name) {
		HarmCategory known = CATEGORIES.get(letters(name).replace(letters(CATEGORY_PREFIX), ""));
		if (known != null) {
			return known;
		}
		String whole = name.strip().replace('-', '_').toUpperCase(Locale.ROOT);
		if (whole.startsWith(CATEGORY_PREFIX)) {
			return new HarmCategory(whole);
		}
		throw new InvalidGeminiPropertyException("cometapi.gemini.safety." + name, null,
				"it is not a known harm category",
				"Use one of harassment, hate-speech, sexually-explicit, dangerous-content, civic-integrity and "
						+ "jailbreak, or the full name of a category, such as HARM_CATEGORY_HARASSMENT.");
	}

	private static String letters(String name) {
		return name.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT);
	}

	private static ThinkingDefaults thinking(Thinking thinking, String prefix) {
		Integer budget = thinking.budget();
		if (budget != null && budget < -1) {
			throw new InvalidGeminiPropertyException("cometapi.gemini.thinking.budget", budget, "it must be -1 or more",
					"Set it to a number of tokens, to 0 to disable thinking or to -1 to let the model decide.");
		}
		ThinkingLevel level = StringUtils.hasText(thinking.level())
				? convert(prefix + "level", thinking.level(), ThinkingLevel::of, THINKING_LEVELS) : null;
		return new ThinkingDefaults(level, budget, thinking.includeThoughts(), thinking.onMismatch(),
				thinking.families());
	}

	// A value that this version does not know may be new in the API or a typing error
	private static <T> T convert(String name, String text, Function<String, T> converter, List<T> known) {
		T value = converter.apply(text);
		if (!known.contains(value)) {
			logger.warn("Unknown value '%s' of the property '%s' is sent as it is. Known values: %s".formatted(text,
					name, known));
		}
		return value;
	}

}
