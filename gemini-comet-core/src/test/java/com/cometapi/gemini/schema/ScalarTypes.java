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

package com.cometapi.gemini.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Simple values and enums.
 */
final class ScalarTypes {

	private ScalarTypes() {
	}

	record Numbers(byte tiny, short small, int medium, long large, float rough, double fine, Integer boxed,
			BigInteger huge, BigDecimal exact, char letter, Boolean flag) {

	}

	record Times(LocalDate date, LocalTime time, LocalDateTime local, OffsetDateTime offset, ZonedDateTime zoned,
			Instant instant, Duration duration, Period period, Year year, YearMonth month, DayOfWeek day, ZoneId zone,
			Date old) {

	}

	record Texts(UUID id, URI link, Locale locale, Currency currency, byte[] bytes, CharSequence text) {

	}

	enum Color {

		RED, GREEN, BLUE

	}

	record Paint(Color color, List<Color> others, @Nullable Color maybe) {

	}

	enum NamedColor {

		@JsonProperty("dark-red")
		RED,

		@JsonProperty("light-green")
		GREEN

	}

	enum CodedColor {

		RED("r"), GREEN("g");

		private final String code;

		CodedColor(String code) {
			this.code = code;
		}

		@JsonValue
		String code() {
			return this.code;
		}

	}

	enum Level {

		LOW(1), HIGH(2);

		private final int level;

		Level(int level) {
			this.level = level;
		}

		@JsonValue
		int level() {
			return this.level;
		}

	}

	record Formatted(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate date,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant instant,
			@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Color color) {

	}

	record Isin(@JsonValue String value) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Isin {
		}

	}

	record Position(Isin isin, @JsonPropertyDescription("Number of shares") int shares) {

	}

}
