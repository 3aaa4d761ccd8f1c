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

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.cometapi.gemini.function.GeminiFunctionException;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.function.annotation.GeminiFunctionParam;

import org.springframework.stereotype.Component;

/**
 * Functions that the model may call. A visitor can check the answers, since the weather
 * is fixed below.
 */
@Component
class CityFunctions {

	private static final Map<String, City> CITIES = new TreeMap<>(
			Map.of("berlin", new City("Berlin", ZoneId.of("Europe/Berlin"), 9, Sky.RAINY), "nairobi",
					new City("Nairobi", ZoneId.of("Africa/Nairobi"), 24, Sky.SUNNY), "new york",
					new City("New York", ZoneId.of("America/New_York"), 4, Sky.SNOWY), "paris",
					new City("Paris", ZoneId.of("Europe/Paris"), 12, Sky.CLOUDY), "sydney",
					new City("Sydney", ZoneId.of("Australia/Sydney"), 27, Sky.SUNNY), "tokyo",
					new City("Tokyo", ZoneId.of("Asia/Tokyo"), 15, Sky.SUNNY)));

	@GeminiFunction(description = "Current weather in a city")
	Weather weather(
			@GeminiFunctionParam(description = "Name of the city in English, without the country") String city) {
		City found = find(city);
		return new Weather(found.name(), found.celsius(), found.sky());
	}

	@GeminiFunction(description = "Current date and time in a city")
	Time time(@GeminiFunctionParam(description = "Name of the city in English, without the country") String city) {
		City found = find(city);
		return new Time(found.name(), OffsetDateTime.now(found.zone()).truncatedTo(ChronoUnit.SECONDS));
	}

	@GeminiFunction(description = "Calculates with two numbers")
	double calculate(double left, Operator operator, double right) {
		if (operator == Operator.DIVIDED_BY && right == 0) {
			throw new GeminiFunctionException("A number cannot be divided by 0");
		}
		return switch (operator) {
			case PLUS -> left + right;
			case MINUS -> left - right;
			case MULTIPLIED_BY -> left * right;
			case DIVIDED_BY -> left / right;
		};
	}

	@GeminiFunction(description = "Sends a postcard with a short text to a city. Asks the user before.")
	Postcard sendPostcard(
			@GeminiFunctionParam(description = "Name of the city in English, without the country") String city,
			@GeminiFunctionParam(description = "Text of the postcard") String text) {
		return new Postcard(find(city).name(), text, "A sample sends nothing: only this page has seen the postcard");
	}

	private static City find(String name) {
		City city = CITIES.get(name.strip().toLowerCase(Locale.ROOT));
		if (city == null) {
			throw new GeminiFunctionException("Unknown city. Known cities: "
					+ String.join(", ", CITIES.values().stream().map(City::name).toList()));
		}
		return city;
	}

	enum Sky {

		SUNNY, CLOUDY, RAINY, SNOWY

	}

	enum Operator {

		PLUS, MINUS, MULTIPLIED_BY, DIVIDED_BY

	}

	record Weather(String city, int celsius, Sky sky) {

	}

	record Time(String city, OffsetDateTime time) {

	}

	record Postcard(String city, String text, String note) {

	}

	private record City(String name, ZoneId zone, int celsius, Sky sky) {

	}

}
