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

package com.cometapi.gemini.sample.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.AbstractEmbeddingModel;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.stereotype.Component;

/**
 * A substitute for an embedding model, so that the sample needs none: texts are close to
 * each other if they share words. It ignores meanings: "price" is as far from "cost" as
 * from "telescope". An application replaces it by one of Spring AI's models.
 */
@Component
class WordHashEmbeddingModel extends AbstractEmbeddingModel {

	private static final int DIMENSIONS = 1024;

	private static final Set<String> COMMON = Set.of("a", "an", "and", "are", "at", "be", "by", "can", "do", "does",
			"for", "from", "how", "i", "in", "is", "it", "its", "my", "of", "on", "or", "our", "the", "there", "they",
			"this", "to", "we", "what", "when", "where", "which", "who", "will", "with", "you", "your");

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<Embedding> embeddings = new ArrayList<>();
		for (String text : request.getInstructions()) {
			embeddings.add(new Embedding(vector(text), embeddings.size()));
		}
		return new EmbeddingResponse(embeddings);
	}

	@Override
	public float[] embed(Document document) {
		return vector(getEmbeddingContent(document));
	}

	@Override
	public String getEmbeddingContent(Document document) {
		return (document.getText() != null) ? document.getText() : "";
	}

	@Override
	public int dimensions() {
		return DIMENSIONS;
	}

	// The words without common ones, and without the ending of a plural.
	static Stream<String> words(String text) {
		return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
			.filter((word) -> !word.isEmpty() && !COMMON.contains(word))
			.map((word) -> (word.length() > 3) ? word.replaceFirst("s$", "") : word);
	}

	private static float[] vector(String text) {
		float[] vector = new float[DIMENSIONS];
		vector[0] = 0.01f; // a text without words is not a vector of zeros
		words(text).forEach((word) -> vector[1 + Math.floorMod(word.hashCode(), DIMENSIONS - 1)]++);
		return vector;
	}

}
