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

import java.time.LocalTime;
import java.time.ZoneId;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.function.annotation.GeminiFunctionParam;

import org.springframework.stereotype.Service;

@Service
class CityClock {

	private final GeminiTemplate gemini;

	CityClock(GeminiTemplate gemini) {
		this.gemini = gemini;
	}

	String ask(String question) {
		return this.gemini.prompt(question).functionsOf(this).text();
	}

	@GeminiFunction(description = "Current time in a zone")
	LocalTime time(@GeminiFunctionParam(description = "Zone such as Asia/Tokyo") String zone) {
		return LocalTime.now(ZoneId.of(zone));
	}

}
