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

package com.cometapi.gemini.test;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that values which the simulator generates for types with constraints and formats
 * can be read and are valid.
 */
class ConstrainedRoundTripTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static GeminiSimulator simulator;

	private static ValidatorFactory validators;

	private static GeminiTemplate gemini;

	@BeforeAll
	static void startSimulator() {
		simulator = GeminiSimulator.builder().pace(Duration.ZERO).start();
		validators = Validation.buildDefaultValidatorFactory();
		gemini = new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
						GeminiClientSettings.builder(GeminiSimulator.API_KEY).baseUrl(simulator.getBaseUrl()).build()),
				GeminiDefaults.of("gemini-2.5-flash-lite"))
			.withEntities(new GeminiEntitySettings(mapper, 0, ConstrainedRoundTripTests::validate));
	}

	@AfterAll
	static void closeSimulator() {
		simulator.close();
		validators.close();
	}

	private static List<String> validate(Object value) {
		return validators.getValidator()
			.validate(value)
			.stream()
			.map((violation) -> violation.getPropertyPath() + " " + violation.getMessage())
			.toList();
	}

	@ParameterizedTest
	@MethodSource("types")
	void generatedValueCanBeReadAndIsValid(Class<?> type) {
		assertThat((Object) gemini.prompt("Show me").entity(type)).isNotNull();
	}

	// A schema with a map is sent in the form that has fewer constraints.
	static Stream<Class<?>> types() {
		return Arrays.stream(ConstrainedRoundTripTests.class.getDeclaredClasses()).filter(Class::isRecord);
	}

	record Keys(Map<Integer, String> numbers, Map<UUID, String> ids, Map<LocalDate, String> dates,
			Map<Currency, BigDecimal> amounts, Map<Color, String> colors, Map<Character, Integer> letters,
			Map<Boolean, String> flags, Map<YearMonth, String> months, Map<Locale, String> names) {

	}

	record Scalars(Currency currency, ZoneId zone, Year year, YearMonth month, MonthDay day, Period period,
			Duration duration, Charset charset, InetAddress address, Timestamp timestamp, LocalTime time,
			LocalDateTime local, OffsetTime offset, char letter, byte tiny, short small) {

	}

	record ScalarsInMap(Map<String, Character> letters, Map<String, Currency> currencies, Map<String, Period> periods,
			List<Currency> list, char letter, Optional<Currency> maybe) {

	}

	record Formatted(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate date, @JsonFormat(pattern = "HH:mm") LocalTime time,
			@JsonFormat(pattern = "yyyy/MM/dd HH:mm") LocalDateTime local,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant instant,
			@JsonFormat(pattern = "MM/yyyy") YearMonth month) {

	}

	record Dated(@Future LocalDate a, @FutureOrPresent Instant b, @Past LocalDateTime c, @PastOrPresent LocalDate d,
			@Future YearMonth e, @Past Year f, @Future @JsonFormat(pattern = "dd.MM.yyyy") LocalDate g,
			@Future @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant h) {

	}

	record DatedInMap(Map<String, @Future LocalDate> dates, @Past LocalDate before) {

	}

	record Patterns(@Pattern(regexp = "[A-Z]{3}") String a,
			@Pattern(regexp = "^[A-Z]{2}\\d{2}(?: ?\\d{4}){3,5}$") String b,
			@Pattern(regexp = "(?:red|green)-\\w+@[a-f0-9]{4}") String c, @Pattern(regexp = "\\p{Lu}\\p{Ll}+") String d,
			@Size(min = 20, max = 30) @Pattern(regexp = "[a-z]+(-[a-z]+)*") String e,
			@Pattern(regexp = "x?y*z+\\.") String f, @Email String g, @NotBlank @Size(max = 3) String h,
			@Pattern(regexp = "[^a-z]\\[\\]") String i) {

	}

	record PatternsInMap(Map<String, @Pattern(regexp = "[A-Z]{4}\\d{9}") String> a, @Size(min = 12, max = 14) String b,
			@Pattern(regexp = "ISBN-(\\d{3})-[0-9X]") String c, Map<String, @Size(max = 4) String> d) {

	}

	record Numbers(@Digits(integer = 2, fraction = 0) int a, @Positive double b,
			@DecimalMax(value = "0.5", inclusive = false) @Positive double c, @AssertFalse boolean d) {

	}

	record Open(Object any, Map<String, Object> values, JsonNode node, List<Object> list) {

	}

	enum Color {

		RED, GREEN

	}

}
