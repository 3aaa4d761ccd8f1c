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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Receives spans and metrics as OTLP over HTTP, as a collector does, and decodes them
 * with the classes of OpenTelemetry.
 */
final class OtlpReceiver implements AutoCloseable {

	private final HttpServer server;

	private final List<Span> spans = new CopyOnWriteArrayList<>();

	private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

	private OtlpReceiver(HttpServer server) {
		this.server = server;
	}

	static OtlpReceiver start() {
		try {
			OtlpReceiver receiver = new OtlpReceiver(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			receiver.server.createContext("/v1/traces", receiver::receiveSpans);
			receiver.server.createContext("/v1/metrics", receiver::receiveMetrics);
			// From a daemon, so that its thread is one too: AOT processing of the tests
			// also starts it, and would not end.
			Thread starter = new Thread(receiver.server::start);
			starter.setDaemon(true);
			starter.start();
			starter.join();
			return receiver;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String url() {
		return "http://localhost:%d/v1/".formatted(this.server.getAddress().getPort());
	}

	List<Span> spans() {
		return this.spans;
	}

	List<Span> spans(String traceId) {
		return this.spans.stream().filter((span) -> hex(span.getTraceId().toByteArray()).equals(traceId)).toList();
	}

	/**
	 * Return what was received last, by name.
	 */
	Map<String, Metric> metrics() {
		return this.metrics;
	}

	private void receiveSpans(HttpExchange exchange) throws IOException {
		try (exchange; InputStream body = exchange.getRequestBody()) {
			ExportTraceServiceRequest.parseFrom(body)
				.getResourceSpansList()
				.forEach((resource) -> resource.getScopeSpansList()
					.forEach((scope) -> this.spans.addAll(scope.getSpansList())));
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private void receiveMetrics(HttpExchange exchange) throws IOException {
		try (exchange; InputStream body = exchange.getRequestBody()) {
			ExportMetricsServiceRequest.parseFrom(body)
				.getResourceMetricsList()
				.forEach((resource) -> resource.getScopeMetricsList()
					.forEach((scope) -> scope.getMetricsList()
						.forEach((metric) -> this.metrics.put(metric.getName(), metric))));
			exchange.sendResponseHeaders(200, -1);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	static Map<String, Object> attributes(Span span) {
		return attributes(span.getAttributesList());
	}

	static Map<String, Object> attributes(List<KeyValue> attributes) {
		return attributes.stream()
			.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> value(attribute.getValue())));
	}

	private static Object value(AnyValue value) {
		return switch (value.getValueCase()) {
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> value.getDoubleValue();
			case BOOL_VALUE -> value.getBoolValue();
			case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(OtlpReceiver::value).toList();
			default -> value.getStringValue();
		};
	}

}
