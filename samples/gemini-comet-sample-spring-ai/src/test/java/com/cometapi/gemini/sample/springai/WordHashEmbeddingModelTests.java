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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WordHashEmbeddingModel}.
 */
class WordHashEmbeddingModelTests {

	private final WordHashEmbeddingModel model = new WordHashEmbeddingModel();

	@Test
	void textsThatShareWordsAreNear() {
		double near = similarity("What does a ticket cost?", "Tickets cost 12 euro");
		double far = similarity("What does a ticket cost?", "The telescope was built in 1974");
		assertThat(near).isGreaterThan(0.5);
		assertThat(far).isLessThan(0.1);
	}

	@Test
	void vectorIsAlwaysTheSameAndNeverEmpty() {
		assertThat(this.model.embed("Night tours")).isEqualTo(this.model.embed("the night tour"));
		assertThat(similarity("?", "?")).isEqualTo(1);
		assertThat(this.model.embed("Night tours")).hasSize(this.model.dimensions());
	}

	private double similarity(String one, String other) {
		float[] a = this.model.embed(one);
		float[] b = this.model.embed(other);
		return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
	}

	private static double product(float[] a, float[] b) {
		double product = 0;
		for (int i = 0; i < a.length; i++) {
			product += a[i] * b[i];
		}
		return product;
	}

}
