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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the parts of a simulated code execution: a sum found in the prompt, otherwise
 * a greeting.
 */
final class CodeExecutionGenerator {

	private static final Pattern SUM = Pattern.compile("(\\d{1,9})\\s*([-+*])\\s*(\\d{1,9})");

	private CodeExecutionGenerator() {
	}

	static List<ObjectNode> parts(String prompt) {
		Matcher matcher = SUM.matcher(prompt);
		String code = "print(\"simulated\")\n";
		String output = "simulated\n";
		if (matcher.find()) {
			code = "print(" + matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3) + ")\n";
			output = calculate(new BigDecimal(matcher.group(1)), matcher.group(2), new BigDecimal(matcher.group(3)))
				.toPlainString() + "\n";
		}
		return List.of(Json.object("executableCode", Json.object("language", "PYTHON", "code", code)),
				Json.object("codeExecutionResult", Json.object("outcome", "OUTCOME_OK", "output", output)));
	}

	private static BigDecimal calculate(BigDecimal left, String operator, BigDecimal right) {
		return switch (operator) {
			case "+" -> left.add(right);
			case "-" -> left.subtract(right);
			default -> left.multiply(right);
		};
	}

}
