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

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares spans and metrics with OpenTelemetry's conventions for generative AI: names,
 * types, units, well-known values and requirement levels, in
 * {@code opentelemetry-genai.json}.
 */
final class GenAiConventions {

	private static final JsonNode CONVENTIONS = read();

	/**
	 * Units of the conventions by their names in Micrometer.
	 */
	private static final Map<String, String> UNITS = Map.of("seconds", "s", "tokens", "{token}");

	private GenAiConventions() {
	}

	private static JsonNode read() {
		try (InputStream json = GenAiConventions.class.getResourceAsStream("/opentelemetry-genai.json")) {
			return JsonMapper.shared().readTree(json);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Check a span.
	 * @param type the type of the span in the conventions
	 * @param span the span
	 * @param applicable the attributes that the span must have, beside those that are
	 * always required
	 */
	static void check(String type, Span span, Set<String> applicable) {
		JsonNode convention = CONVENTIONS.path("spans").path(type);
		Map<String, Object> attributes = OtlpReceiver.attributes(span);
		assertThat(span.getKind().name()).endsWith(convention.path("kind").asString().toUpperCase());
		assertThat(span.getName()).isEqualTo(name(convention.path("name").asString(), attributes));
		assertThat(attributes).containsEntry("gen_ai.operation.name", convention.path("operation").asString());
		assertThat(convention.path("attributes").propertyNames()).containsAll(applicable);
		assertThat(attributes.keySet()).containsAll(applicable)
			.containsAll(names(convention, "required").toList())
			.doesNotContainAnyElementsOf(names(convention, "opt_in").toList());
		attributes.forEach((name, value) -> checkAttribute(name, value, true));
	}

	/**
	 * Return the attributes that a sampler should see when a span of a type starts.
	 * @param type the type of the span in the conventions
	 * @return the names
	 */
	static List<String> samplingAttributes(String type) {
		return CONVENTIONS.path("spans").path(type).path("sampling").valueStream().map(JsonNode::asString).toList();
	}

	/**
	 * Check a metric that has a name of the conventions, and all its points.
	 * @param metric the metric
	 */
	static void check(Metric metric) {
		JsonNode convention = CONVENTIONS.path("metrics").path(metric.getName());
		assertThat(convention.isMissingNode()).as(metric.getName()).isFalse();
		assertThat(UNITS).as(metric.getName()).containsEntry(metric.getUnit(), convention.path("unit").asString());
		if (convention.path("instrument").asString().equals("counter")) {
			assertThat(metric.getSum().getIsMonotonic()).isTrue();
			assertThat(metric.getSum().getDataPointsList()).isNotEmpty()
				.allSatisfy((point) -> checkPoint(convention, point.getAttributesList()));
		}
		else {
			assertThat(metric.getHistogram().getDataPointsList()).as(metric.getName())
				.isNotEmpty()
				.allSatisfy((point) -> checkHistogram(convention, point));
		}
	}

	private static void checkHistogram(JsonNode convention, HistogramDataPoint point) {
		checkPoint(convention, point.getAttributesList());
		if (convention.has("boundaries")) {
			assertThat(point.getExplicitBoundsList())
				.isEqualTo(convention.path("boundaries").valueStream().map(JsonNode::asDouble).toList());
		}
	}

	private static void checkPoint(JsonNode convention, List<KeyValue> point) {
		Map<String, Object> attributes = OtlpReceiver.attributes(point);
		// Micrometer has texts only, and adds "error" to timers of observations.
		assertThat(attributes.keySet()).containsAll(names(convention, "required").toList());
		attributes.remove("error");
		attributes.forEach((name, value) -> checkAttribute(name, value, false));
	}

	private static void checkAttribute(String name, Object value, boolean typed) {
		if (name.startsWith("cometapi.gemini.")) {
			return;
		}
		JsonNode type = CONVENTIONS.path("types").path(name);
		assertThat(type.isMissingNode()).as(name).isFalse();
		if (typed) {
			assertThat(value).as(name).isInstanceOf(switch (type.asString()) {
				case "int" -> Long.class;
				case "double" -> Double.class;
				case "boolean" -> Boolean.class;
				case "string[]" -> List.class;
				default -> String.class;
			});
		}
		JsonNode values = CONVENTIONS.path("values").path(name);
		if (!values.isMissingNode()) {
			assertThat(values.valueStream().map(JsonNode::asString)).as(name).contains(value.toString());
		}
	}

	private static Stream<String> names(JsonNode convention, String level) {
		return convention.path("attributes")
			.propertyStream()
			.filter((attribute) -> attribute.getValue().asString().equals(level))
			.map(Map.Entry::getKey);
	}

	private static String name(String pattern, Map<String, Object> attributes) {
		return Pattern.compile("\\{([^}]+)}")
			.matcher(pattern)
			.replaceAll((match) -> Matcher.quoteReplacement(String.valueOf(attributes.get(match.group(1)))));
	}

}
