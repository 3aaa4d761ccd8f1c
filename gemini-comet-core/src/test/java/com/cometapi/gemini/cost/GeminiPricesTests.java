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

package com.cometapi.gemini.cost;

import java.math.BigDecimal;
import java.util.Map;

import com.cometapi.gemini.api.UsageMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiPrices} and {@link ModelPrice}.
 */
class GeminiPricesTests {

	private final GeminiPrices prices = GeminiPrices.of(Map.of("gemini-3.5-flash", price(1), "gemini-3.5-flash-lite",
			price(2), "gemini-3.1-pro-preview", price(3), "gemini-2.5-*", price(4), "gemini-2.5-flash*", price(5),
			"google:gemini-3.5-flash", price(6), "gemini-3.5-flash-002", price(7), "google:gemini-3.9-*", price(8)));

	@ParameterizedTest
	@CsvSource(textBlock = """
			default, gemini-3.5-flash,                          1
			default, gemini-3.5-flash-001,                      1
			default, gemini-3.5-flash-002,                      7
			default, gemini-3.5-flash-latest,                   1
			default, gemini-3.5-flash-preview-09-2026,          1
			default, gemini-3.5-flash-exp-20260915,             1
			default, gemini-3.5-flash-lite,                     2
			default, gemini-3.5-flash-lite-preview,             2
			default, gemini-3.5-flash-preview-tts,
			default, gemini-3.5-flash-image,
			default, gemini-3.1-pro-preview-06-05,              3
			default, gemini-3.1-pro,
			default, gemini-2.5-pro,                            4
			default, gemini-2.5-flash-image,                    5
			default, publishers/google/models/gemini-3.5-flash, 1
			default, gemini-3.9-flash,
			google,  gemini-3.5-flash,                          6
			google,  gemini-3.5-flash-001,                      6
			google,  gemini-3.5-flash-lite,                     2
			google,  gemini-3.9-flash,                          8
			google,  gemini-2.5-pro,                            4
			""")
	void priceOfAModelIsThatOfTheNearestEntry(String connection, String model, Integer expected) {
		ModelPrice price = this.prices.find(connection, model);
		assertThat((price != null) ? price.input().intValue() : null).isEqualTo(expected);
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void missingPriceIsLoggedOnce(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			assertThat(this.prices.find("default", "gemini-9")).isNull();
		}
		assertThat(output).containsOnlyOnce("No price for the model 'gemini-9'");
	}

	@Test
	void everyKindOfTokenHasItsPrice() {
		ModelPrice price = new ModelPrice(decimal("0.30"), decimal("0.075"), decimal("2.50"), decimal("3.50"));
		UsageMetadata usage = UsageMetadata.builder()
			.promptTokenCount(1000)
			.cachedContentTokenCount(400)
			.toolUsePromptTokenCount(100)
			.candidatesTokenCount(20)
			.thoughtsTokenCount(30)
			.build();
		// (600 + 100) * 0.30 + 400 * 0.075 + 20 * 2.50 + 30 * 3.50
		assertThat(price.costOf(usage)).isEqualByComparingTo("0.000395");
	}

	@Test
	void usageWithoutCountsHasNoCost() {
		ModelPrice price = ModelPrice.of(decimal("1"), decimal("2"));
		assertThat(price.costOf(UsageMetadata.builder().build())).isNull();
		assertThat(price.costOf(UsageMetadata.builder().promptTokenCount(3).build())).isEqualByComparingTo("0.000003");
	}

	@Test
	void largestCountsDoNotOverflow() {
		ModelPrice price = ModelPrice.of(decimal("123456.789"), decimal("1"));
		UsageMetadata usage = UsageMetadata.builder()
			.promptTokenCount(Integer.MAX_VALUE)
			.toolUsePromptTokenCount(Integer.MAX_VALUE)
			.cachedContentTokenCount(-5)
			.build();
		assertThat(price.costOf(usage)).isEqualByComparingTo(
				decimal("123456.789").multiply(BigDecimal.valueOf(2L * Integer.MAX_VALUE)).movePointLeft(6));
	}

	@Test
	void negativePriceIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ModelPrice.of(decimal("-1"), decimal("1")))
			.withMessage("'input' must not be negative");
	}

	private static ModelPrice price(int value) {
		return ModelPrice.of(BigDecimal.valueOf(value), BigDecimal.valueOf(value));
	}

	private static BigDecimal decimal(String value) {
		return new BigDecimal(value);
	}

}
