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
import java.util.Arrays;
import java.util.Map;

import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.ModalityTokenCount;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.cost.ModelPrice.ModalityPrice;
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
	void priceOfAModelIsTheOneOfTheNearestEntry(String connection, String model, Integer expected) {
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
	void modalitiesHaveTheirPrices() {
		ModelPrice price = new ModelPrice(decimal("0.30"), decimal("0.03"), decimal("2.50"), decimal("2.50"))
			.withModality(Modality.AUDIO, new ModalityPrice(decimal("1.00"), decimal("0.10"), null))
			.withModality(Modality.IMAGE, new ModalityPrice(null, null, decimal("30")));
		UsageMetadata usage = UsageMetadata.builder()
			.promptTokenCount(1000)
			.promptTokensDetails(tokens(Modality.TEXT, 300), tokens(Modality.AUDIO, 500), tokens(Modality.IMAGE, 200))
			.cachedContentTokenCount(400)
			.cacheTokensDetails(tokens(Modality.TEXT, 100), tokens(Modality.AUDIO, 300))
			.toolUsePromptTokenCount(50)
			.toolUsePromptTokensDetails(tokens(Modality.AUDIO, 10), tokens(Modality.TEXT, 40))
			.candidatesTokenCount(1300)
			.candidatesTokensDetails(tokens(Modality.IMAGE, 1290))
			.thoughtsTokenCount(20)
			.build();
		// Input: (200 + 10) of audio, 200 of text, 200 of images, 40 of tools
		// Cached: 300 of audio, 100 of text
		// Output: 1290 of an image, 10 of text, 20 of thoughts
		assertThat(price.costOf(usage)).isEqualByComparingTo(
				cost("210 * 1.00", "440 * 0.30", "300 * 0.10", "100 * 0.03", "1290 * 30", "10 * 2.50", "20 * 2.50"));
	}

	@Test
	void usageWithoutDetailsOrWithTooManyTokensInThemIsPricedByItsCounts() {
		ModelPrice price = ModelPrice.of(decimal("1"), decimal("2"))
			.withModality(Modality.AUDIO, new ModalityPrice(decimal("10"), decimal("10"), decimal("20")));
		UsageMetadata usage = UsageMetadata.builder().promptTokenCount(100).candidatesTokenCount(10).build();
		assertThat(price.costOf(usage)).isEqualByComparingTo(cost("100 * 1", "10 * 2"));
		assertThat(price.costOf(usage.toBuilder()
			.promptTokensDetails(tokens(Modality.AUDIO, 500))
			.candidatesTokensDetails(tokens(Modality.AUDIO, 500))
			.build())).isEqualByComparingTo(cost("100 * 10", "10 * 20"));
	}

	@Test
	void responseOfALiveModelIsPricedByModality() {
		ModelPrice price = ModelPrice.of(decimal("1"), decimal("2"))
			.withModality(Modality.AUDIO, new ModalityPrice(null, null, decimal("20")));
		UsageMetadata usage = UsageMetadata.builder()
			.responseTokenCount(10)
			.responseTokensDetails(tokens(Modality.AUDIO, 8))
			.build();
		assertThat(price.costOf(usage)).isEqualByComparingTo(cost("8 * 20", "2 * 2"));
	}

	@Test
	void longPromptHasThePricesOfItsTier() {
		ModelPrice price = new ModelPrice(decimal("2"), decimal("0.20"), decimal("12"), decimal("12"))
			.withTier(200_000, new ModelPrice(decimal("4"), decimal("0.40"), decimal("18"), decimal("18")))
			.withTier(1_000_000, ModelPrice.of(decimal("8"), decimal("36")));
		UsageMetadata usage = UsageMetadata.builder()
			.promptTokenCount(200_000)
			.cachedContentTokenCount(50_000)
			.candidatesTokenCount(100)
			.thoughtsTokenCount(10)
			.build();
		assertThat(price.costOf(usage)).isEqualByComparingTo(cost("150000 * 2", "50000 * 0.20", "110 * 12"));
		assertThat(price.costOf(usage.toBuilder().promptTokenCount(200_001).build()))
			.isEqualByComparingTo(cost("150001 * 4", "50000 * 0.40", "110 * 18"));
		assertThat(price.costOf(usage.toBuilder().promptTokenCount(1_050_000).build()))
			.isEqualByComparingTo(cost("1050000 * 8", "110 * 36"));
		assertThat(price.estimate(200_000, 100)).isEqualByComparingTo(cost("200000 * 2", "100 * 12"));
		assertThat(price.estimate(200_001, 100)).isEqualByComparingTo(cost("200001 * 4", "100 * 18"));
	}

	@Test
	void tierHasNoTiers() {
		ModelPrice tiered = price(1).withTier(10, price(2));
		assertThatIllegalArgumentException().isThrownBy(() -> price(1).withTier(5, tiered))
			.withMessage("'price' must not have tiers");
		assertThatIllegalArgumentException().isThrownBy(() -> price(1).withTier(0, price(2)))
			.withMessage("'above' must be positive");
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

	private static ModalityTokenCount tokens(Modality modality, int count) {
		return ModalityTokenCount.of(modality, count);
	}

	// The sum of products of tokens and prices for one million of them.
	private static BigDecimal cost(String... products) {
		return Arrays.stream(products)
			.map((product) -> product.split(" \\* "))
			.map((factors) -> decimal(factors[0]).multiply(decimal(factors[1])))
			.reduce(BigDecimal.ZERO, BigDecimal::add)
			.movePointLeft(6);
	}

	private static ModelPrice price(int value) {
		return ModelPrice.of(BigDecimal.valueOf(value), BigDecimal.valueOf(value));
	}

	private static BigDecimal decimal(String value) {
		return new BigDecimal(value);
	}

}
