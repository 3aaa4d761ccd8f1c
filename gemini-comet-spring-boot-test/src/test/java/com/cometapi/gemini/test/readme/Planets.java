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

import java.util.List;

import com.cometapi.gemini.GeminiTemplate;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Service;

@Service
class Planets {

	private final GeminiTemplate gemini;

	Planets(GeminiTemplate gemini) {
		this.gemini = gemini;
	}

	List<Planet> list() {
		return this.gemini.prompt("List 3 planets with their distances from the sun")
			.entity(new ParameterizedTypeReference<List<Planet>>() {
			});
	}

	record Planet(String name, long distanceKm) {

	}

}
