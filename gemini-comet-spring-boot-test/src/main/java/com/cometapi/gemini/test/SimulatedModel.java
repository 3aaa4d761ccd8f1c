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

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A model with the properties that the rules of the API depend on.
 *
 * @param id the bare id
 */
record SimulatedModel(String id) {

	static final List<String> LISTED = List.of("gemini-2.5-flash-lite", "gemini-2.5-flash-preview-tts",
			"gemini-2.5-pro-preview-tts", "gemini-3-flash", "gemini-3-flash-preview", "gemini-3-flash-thinking",
			"gemini-3-flash-preview-thinking", "gemini-3-pro-image", "gemini-3.1-pro-preview", "gemini-3.1-flash-lite",
			"gemini-3.1-flash-image", "gemini-3.1-flash-lite-image", "gemini-3.1-flash-tts-preview", "gemini-3.5-flash",
			"gemini-3.5-flash-lite", "gemini-3.6-flash", "gemini-3.7-flash", "gemini-3.7-flash-thinking",
			"gemini-3.8-flash");

	// No longer listed, for tests of applications that still use them.
	private static final Set<String> RETIRED = Set.of("gemini-2.0-flash", "gemini-2.0-flash-lite", "gemini-2.5-flash",
			"gemini-2.5-pro", "gemini-2.5-flash-image", "gemini-3-pro-preview", "gemini-3-pro-image-preview",
			"gemini-3.1-flash-lite-preview", "gemini-3.1-flash-image-preview");

	static @Nullable SimulatedModel find(String id, Set<String> more) {
		return (isKnown(id) || more.contains(id)) ? new SimulatedModel(id) : null;
	}

	private static boolean isKnown(String id) {
		return LISTED.contains(id) || RETIRED.contains(id);
	}

	boolean isGemini3() {
		return this.id.startsWith("gemini-3");
	}

	boolean isGemini25() {
		return this.id.startsWith("gemini-2.5");
	}

	// A model that was added to the simulator supports everything.
	boolean offersImages() {
		return isImage() || !isKnown(this.id);
	}

	boolean offersSpeech() {
		return isSpeech() || !isKnown(this.id);
	}

	boolean isImage() {
		return this.id.contains("-image");
	}

	boolean isSpeech() {
		return this.id.contains("-tts");
	}

	// Whether the model thinks at all. A model that was added to the simulator is assumed
	// to think.
	boolean isThinking() {
		return !this.id.startsWith("gemini-2.0") && !this.id.equals("gemini-2.5-flash-image") && !isSpeech();
	}

	// The thinking levels that the model offers, empty if it takes a budget.
	Set<String> thinkingLevels() {
		if (isGemini25() || !isThinking()) {
			return Set.of();
		}
		if (this.id.startsWith("gemini-3.1-flash-") && isImage()) {
			return Set.of("MINIMAL", "HIGH");
		}
		if (this.id.startsWith("gemini-3-pro")) {
			return Set.of("LOW", "HIGH");
		}
		if (this.id.startsWith("gemini-3.1-pro") || this.id.startsWith("gemini-3.7-flash")
				|| this.id.startsWith("gemini-3.8-flash")) {
			return Set.of("LOW", "MEDIUM", "HIGH");
		}
		return Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
	}

	// The thinking level if the request names none.
	String defaultLevel() {
		if (this.id.contains("-lite") || (this.id.startsWith("gemini-3.1-flash-") && isImage())) {
			return "MINIMAL";
		}
		return (this.id.matches("gemini-3\\.[5-9].*")) ? "MEDIUM" : "HIGH";
	}

	// Whether the model takes this thinking budget.
	boolean acceptsBudget(int budget) {
		if (budget == -1) {
			return true;
		}
		if (this.id.startsWith("gemini-2.5-pro")) {
			return budget >= 128 && budget <= 32768;
		}
		if (this.id.startsWith("gemini-2.5-flash-lite")) {
			return budget == 0 || (budget >= 512 && budget <= 24576);
		}
		return budget >= 0 && budget <= (isGemini25() ? 24576 : 32768);
	}

}
