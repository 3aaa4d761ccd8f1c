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

package com.cometapi.gemini.sample.springai;

import java.util.List;

import com.cometapi.gemini.test.GeminiSimulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page whether responses are simulated, and which documents there are.
 */
@RestController
class InfoController {

	private final Info info;

	InfoController(ObjectProvider<GeminiSimulator> simulator) {
		this.info = new Info(simulator.getIfAvailable() != null, Passage.all());
	}

	@GetMapping("/api/info")
	Info info() {
		return this.info;
	}

	record Info(boolean demo, List<Passage> documents) {

	}

}
