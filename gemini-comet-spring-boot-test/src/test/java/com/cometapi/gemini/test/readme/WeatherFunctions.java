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

package com.cometapi.gemini.test.readme;

import com.cometapi.gemini.function.GeminiFunctionContext;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.function.annotation.GeminiFunctionParam;

import org.springframework.stereotype.Component;

/**
 * The functions of the README.
 */
@Component
class WeatherFunctions {

	@GeminiFunction(description = "Weather in a city")
	Weather weather(@GeminiFunctionParam(description = "Name of the city") String city,
			@GeminiFunctionParam(defaultValue = "CELSIUS") Unit unit, GeminiFunctionContext context) {
		return Weather.look(city, unit, context.getRequired("user", String.class));
	}

}
