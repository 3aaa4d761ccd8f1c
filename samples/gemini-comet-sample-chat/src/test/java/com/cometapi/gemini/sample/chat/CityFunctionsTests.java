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

package com.cometapi.gemini.sample.chat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import com.cometapi.gemini.function.GeminiFunctionException;
import com.cometapi.gemini.sample.chat.CityFunctions.Operator;
import com.cometapi.gemini.sample.chat.CityFunctions.Sky;
import com.cometapi.gemini.sample.chat.CityFunctions.Weather;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link CityFunctions}.
 */
class CityFunctionsTests {

	private final CityFunctions functions = new CityFunctions();

	@Test
	void weatherIsThatOfTheTable() {
		assertThat(this.functions.weather(" new york")).isEqualTo(new Weather("New York", 4, Sky.SNOWY));
	}

	@Test
	void timeIsThatOfTheCity() {
		OffsetDateTime time = this.functions.time("Tokyo").time();

		assertThat(time.getOffset()).isEqualTo(ZoneId.of("Asia/Tokyo").getRules().getOffset(time.toInstant()));
		assertThat(Duration.between(time, OffsetDateTime.now())).isLessThan(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@CsvSource({ "PLUS, 20", "MINUS, 14", "MULTIPLIED_BY, 51", "DIVIDED_BY, 5.667" })
	void numbersAreCalculated(Operator operator, double expected) {
		assertThat(this.functions.calculate(17, operator, 3)).isEqualTo(expected, within(0.001));
	}

	@Test
	void whenDivisorIsZeroThenModelIsTold() {
		assertThatExceptionOfType(GeminiFunctionException.class)
			.isThrownBy(() -> this.functions.calculate(1, Operator.DIVIDED_BY, 0))
			.withMessage("A number cannot be divided by 0");
	}

	@Test
	void whenCityIsUnknownThenModelIsToldWhichAreKnown() {
		assertThatExceptionOfType(GeminiFunctionException.class).isThrownBy(() -> this.functions.time("Atlantis"))
			.withMessage("Unknown city. Known cities: Berlin, Nairobi, New York, Paris, Sydney, Tokyo");
	}

}
