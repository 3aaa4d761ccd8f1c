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

package com.cometapi.gemini.prompt;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ImageConfig;
import com.cometapi.gemini.api.MediaResolution;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.api.SpeechConfig;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;

import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Settings for the generation of a response. Part of {@link PromptSpec}.
 *
 * <p>
 * Each setting replaces the configured default; a setting that is neither made nor
 * configured is not sent. The ranges are those of the API; the endpoint checks the
 * values.
 *
 * @param <S> the type of the prompt
 */
public interface PromptGenerationSpec<S extends PromptGenerationSpec<S>> {

	/**
	 * Change settings that have no method here, or remove a configured default by setting
	 * {@code null}.
	 * @param change changes the settings, which start as the configured defaults with
	 * what the prompt has set so far
	 * @return this prompt
	 */
	S generationConfig(Consumer<GenerationConfig.Builder> change);

	/**
	 * Set the randomness.
	 * @param temperature the randomness, 0.0 to 2.0
	 * @return this prompt
	 */
	default S temperature(double temperature) {
		return generationConfig((config) -> config.temperature(temperature));
	}

	/**
	 * Set the probability mass to choose tokens from.
	 * @param topP the probability mass, 0 to 1
	 * @return this prompt
	 */
	default S topP(double topP) {
		return generationConfig((config) -> config.topP(topP));
	}

	/**
	 * Set the number of tokens to choose from.
	 * @param topK the number
	 * @return this prompt
	 */
	default S topK(int topK) {
		return generationConfig((config) -> config.topK(topK));
	}

	/**
	 * Set the number of candidates to generate. Methods that return the text return the
	 * first.
	 * @param candidateCount the number, at least 1
	 * @return this prompt
	 */
	default S candidateCount(int candidateCount) {
		return generationConfig((config) -> config.candidateCount(candidateCount));
	}

	/**
	 * Set the limit of tokens in the response. Thoughts count too: a small limit can end
	 * without any text.
	 * @param maxOutputTokens the limit
	 * @return this prompt
	 */
	default S maxOutputTokens(int maxOutputTokens) {
		return generationConfig((config) -> config.maxOutputTokens(maxOutputTokens));
	}

	/**
	 * Set texts that end the response.
	 * @param stopSequences the texts, at most 5
	 * @return this prompt
	 */
	default S stopSequences(String... stopSequences) {
		return generationConfig((config) -> config.stopSequences(stopSequences));
	}

	/**
	 * Set the seed of the randomness.
	 * @param seed the seed
	 * @return this prompt
	 */
	default S seed(int seed) {
		return generationConfig((config) -> config.seed(seed));
	}

	/**
	 * Set the penalty on tokens that occurred.
	 * @param presencePenalty the penalty, -2.0 to 2.0
	 * @return this prompt
	 */
	default S presencePenalty(double presencePenalty) {
		return generationConfig((config) -> config.presencePenalty(presencePenalty));
	}

	/**
	 * Set the penalty on tokens by how often they occurred.
	 * @param frequencyPenalty the penalty, -2.0 to 2.0
	 * @return this prompt
	 */
	default S frequencyPenalty(double frequencyPenalty) {
		return generationConfig((config) -> config.frequencyPenalty(frequencyPenalty));
	}

	/**
	 * Set the media type of the response.
	 * @param mimeType {@code text/plain}, {@code application/json} or {@code text/x.enum}
	 * @return this prompt
	 */
	default S responseMimeType(String mimeType) {
		return generationConfig((config) -> config.responseMimeType(mimeType));
	}

	/**
	 * Set the media type of the response.
	 * @param mimeType {@code text/plain}, {@code application/json} or {@code text/x.enum}
	 * @return this prompt
	 */
	default S responseMimeType(MimeType mimeType) {
		return responseMimeType(mimeType.toString());
	}

	/**
	 * Ask for JSON.
	 * @return this prompt
	 */
	default S json() {
		return responseMimeType(MimeTypeUtils.APPLICATION_JSON_VALUE);
	}

	/**
	 * Ask for a response that follows a schema, instead of any schema set before. Asks
	 * for JSON too, unless {@code text/x.enum} has been set.
	 * @param schema the schema
	 * @return this prompt
	 */
	default S responseSchema(Schema schema) {
		return generationConfig((config) -> ResponseSchemas.apply(config, schema));
	}

	/**
	 * Ask for JSON that follows a JSON Schema, instead of any schema set before.
	 * @param schema the JSON Schema
	 * @return this prompt
	 */
	default S responseJsonSchema(Map<String, ?> schema) {
		return generationConfig((config) -> ResponseSchemas.apply(config, schema));
	}

	/**
	 * Ask for JSON that follows a JSON Schema, instead of any schema set before.
	 * @param schema the text of the JSON Schema
	 * @return this prompt
	 * @throws IllegalArgumentException if the text is not a JSON object
	 */
	default S responseJsonSchema(String schema) {
		return responseJsonSchema(ResponseSchemas.parse(schema));
	}

	/**
	 * Ask for the log probabilities of the tokens of the response.
	 * @param alternatives the number of alternatives for each token, 0 to 20
	 * @return this prompt
	 */
	default S logprobs(int alternatives) {
		return generationConfig((config) -> config.responseLogprobs(true).logprobs(alternatives));
	}

	/**
	 * Set the modalities of the response.
	 * @param modalities the modalities, in a combination that the model offers
	 * @return this prompt
	 */
	default S responseModalities(Modality... modalities) {
		return generationConfig((config) -> config.responseModalities(modalities));
	}

	/**
	 * Set the voice of speech.
	 * @param name the name of the voice, such as {@code Kore}
	 * @return this prompt
	 */
	default S voice(String name) {
		return generationConfig((config) -> {
			SpeechConfig speech = config.build().speechConfig();
			config.speechConfig(
					SpeechConfig.voice(name).withLanguageCode((speech != null) ? speech.languageCode() : null));
		});
	}

	/**
	 * Set the speech configuration.
	 * @param speechConfig the voices and the language
	 * @return this prompt
	 */
	default S speechConfig(SpeechConfig speechConfig) {
		return generationConfig((config) -> config.speechConfig(speechConfig));
	}

	/**
	 * Set the aspect ratio of images.
	 * @param aspectRatio the ratio of width to height, such as {@code 16:9}
	 * @return this prompt
	 */
	default S aspectRatio(String aspectRatio) {
		return image((image) -> image.aspectRatio(aspectRatio));
	}

	/**
	 * Set the size of images.
	 * @param imageSize {@code 512}, {@code 1K}, {@code 2K} or {@code 4K}
	 * @return this prompt
	 */
	default S imageSize(String imageSize) {
		return image((image) -> image.imageSize(imageSize));
	}

	/**
	 * Set the image configuration.
	 * @param imageConfig the shape and the size
	 * @return this prompt
	 */
	default S imageConfig(ImageConfig imageConfig) {
		return generationConfig((config) -> config.imageConfig(imageConfig));
	}

	/**
	 * Set the resolution at which media are processed.
	 * @param mediaResolution the resolution
	 * @return this prompt
	 */
	default S mediaResolution(MediaResolution mediaResolution) {
		return generationConfig((config) -> config.mediaResolution(mediaResolution));
	}

	/**
	 * Set the thinking level of a Gemini 3 model. A configured budget is then not sent.
	 * @param level the level
	 * @return this prompt
	 */
	default S thinkingLevel(ThinkingLevel level) {
		return thinking((thinking) -> new ThinkingConfig(thinking.includeThoughts(), thinking.thinkingBudget(), level,
				thinking.additional()));
	}

	/**
	 * Set the thinking budget of a Gemini 2.5 model. A configured level is then not sent.
	 * @param tokens the limit of tokens for thoughts, 0 to switch thinking off, -1 to let
	 * the model choose
	 * @return this prompt
	 */
	default S thinkingBudget(int tokens) {
		return thinking((thinking) -> new ThinkingConfig(thinking.includeThoughts(), tokens, thinking.thinkingLevel(),
				thinking.additional()));
	}

	/**
	 * Ask for summaries of the thoughts.
	 * @return this prompt
	 */
	default S includeThoughts() {
		return thinking((thinking) -> new ThinkingConfig(true, thinking.thinkingBudget(), thinking.thinkingLevel(),
				thinking.additional()));
	}

	/**
	 * Do not ask for summaries of the thoughts, even if the configuration does.
	 * @return this prompt
	 */
	default S excludeThoughts() {
		return thinking((thinking) -> new ThinkingConfig(false, thinking.thinkingBudget(), thinking.thinkingLevel(),
				thinking.additional()));
	}

	/**
	 * Set the thinking configuration, instead of all thinking settings made before.
	 * @param thinkingConfig a level or a budget, and whether to return thoughts
	 * @return this prompt
	 */
	default S thinkingConfig(ThinkingConfig thinkingConfig) {
		return thinking((thinking) -> thinkingConfig);
	}

	private S thinking(UnaryOperator<ThinkingConfig> change) {
		return generationConfig((config) -> {
			ThinkingConfig thinking = config.build().thinkingConfig();
			config.thinkingConfig(
					change.apply((thinking != null) ? thinking : new ThinkingConfig(null, null, null, Map.of())));
		});
	}

	private S image(Consumer<ImageConfig.Builder> change) {
		return generationConfig((config) -> {
			ImageConfig image = config.build().imageConfig();
			ImageConfig.Builder builder = (image != null) ? image.toBuilder() : ImageConfig.builder();
			change.accept(builder);
			config.imageConfig(builder.build());
		});
	}

}
