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

package com.cometapi.gemini.sample.aisdk;

import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.function.annotation.GeminiFunctionParam;

import org.springframework.stereotype.Component;

/**
 * Functions that the model may call. The second one has a side effect, so that the user
 * is asked first.
 */
@Component
class RestaurantFunctions {

	@GeminiFunction(description = "Current weather in a city")
	Weather weather(@GeminiFunctionParam(description = "Name of the city") String city) {
		return new Weather(city, 18, "sunny");
	}

	@GeminiFunction(description = "Book a table in the restaurant")
	Booking bookTable(@GeminiFunctionParam(description = "Number of guests") int guests) {
		return new Booking("T-" + guests, guests);
	}

	record Weather(String city, int celsius, String sky) {

	}

	record Booking(String number, int guests) {

	}

}
