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

package com.cometapi.gemini.client;

import java.lang.reflect.RecordComponent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;

/**
 * Reads error bodies: Google's format, that of the gateway, flat objects, arrays, HTML
 * pages, plain text, and errors that a gateway relays within its own message.
 */
final class ErrorBodyReader {

	private static final int MAX_JSON = 256 * 1024;

	private static final int MAX_RELAYS = 3;

	private static final int MAX_DETAILS = 50;

	private static final int MAX_TITLE_SEARCH = 16 * 1024;

	private static final Pattern TITLE = Pattern
		.compile("(?is)<(title|h1|message|faultstring)[^>]{0,200}>(.{1,500}?)</\\1");

	private static final Pattern GOOGLE_STATUS = Pattern.compile("[A-Z][A-Z_]{2,40}");

	/**
	 * Members of a response or of a list of models: a message beside them is not an
	 * error.
	 */
	private static final Set<String> RESPONSE_MEMBERS = Stream
		.concat(Arrays.stream(GenerateContentResponse.class.getRecordComponents())
			.map(RecordComponent::getName)
			.filter((name) -> !name.equals("additional")), Stream.of("data", "models"))
		.collect(Collectors.toUnmodifiableSet());

	private static final Set<String> FLAT_MESSAGES = Set.of("message", "msg", "detail", "error_message", "errors");

	private final ObjectReader reader;

	ErrorBodyReader(JsonMapper mapper) {
		this.reader = mapper.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * Decode a body with its charset, without byte order mark and surrounding whitespace.
	 * @param body the bytes
	 * @param headers the response headers
	 * @return the text
	 */
	static String decode(byte[] body, HttpHeaders headers) {
		String text = new String(body, 0, Math.min(body.length, MAX_JSON), charset(body, headers));
		return text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
	}

	private static Charset charset(byte[] body, HttpHeaders headers) {
		if (body.length >= 2 && ((body[0] == (byte) 0xFE && body[1] == (byte) 0xFF)
				|| (body[0] == (byte) 0xFF && body[1] == (byte) 0xFE))) {
			return StandardCharsets.UTF_16;
		}
		try {
			MediaType contentType = headers.getContentType();
			Charset charset = (contentType != null) ? contentType.getCharset() : null;
			return (charset != null) ? charset : StandardCharsets.UTF_8;
		}
		catch (InvalidMediaTypeException ex) {
			return StandardCharsets.UTF_8;
		}
	}

	/**
	 * Read the text of an error body.
	 * @param text the text
	 * @return the error body
	 */
	ErrorBody read(String text) {
		if (text.isEmpty()) {
			return ErrorBody.empty();
		}
		JsonNode tree = parse(text);
		tree = (tree != null) ? tree : parseCut(text);
		if (tree != null) {
			return read(tree);
		}
		if (text.startsWith("<")) {
			return ErrorBody.page(title(text));
		}
		return ErrorBody.text(text);
	}

	/**
	 * Read an error body that was parsed already.
	 * @param tree the body
	 * @return the error body
	 */
	ErrorBody read(JsonNode tree) {
		JsonNode error = errorOf(tree);
		if (error != null) {
			return toBody(error, MAX_RELAYS);
		}
		return toBody(ErrorBody.Form.JSON, tree, ErrorMessageExtractor.of(tree));
	}

	/**
	 * Return the part of a body that describes an error.
	 * @param tree the body
	 * @return the error, or {@code null} if there is none
	 */
	static @Nullable JsonNode errorOf(JsonNode tree) {
		if (tree.isArray()) {
			return tree.valueStream()
				.filter(JsonNode::isObject)
				.map(ErrorBodyReader::errorOf)
				.filter((error) -> error != null)
				.findFirst()
				.orElse(null);
		}
		if (!tree.isObject()) {
			return null;
		}
		JsonNode error = tree.path("error");
		if (error.isObject() || error.isArray()) {
			return (isEmptyError(error) && isResponse(tree)) ? null : error;
		}
		if ((error.isString() && !error.stringValue().isBlank()) || (error.isBoolean() && error.booleanValue())) {
			return tree;
		}
		return isFlat(tree) ? tree : null;
	}

	private static boolean isFlat(JsonNode tree) {
		JsonNode success = tree.path("success");
		if (success.isBoolean()) {
			return !success.booleanValue();
		}
		return !isResponse(tree) && (tree.path("errors").isArray()
				|| FLAT_MESSAGES.stream().anyMatch((name) -> isMessage(tree.path(name))));
	}

	private static boolean isMessage(JsonNode value) {
		return (value.isString() && !value.stringValue().isBlank()) || (value.isContainer() && !value.isEmpty());
	}

	private static boolean isResponse(JsonNode tree) {
		return RESPONSE_MEMBERS.stream().anyMatch(tree::has);
	}

	// Gateways written in Go send an error without values beside a successful response.
	private static boolean isEmptyError(JsonNode error) {
		return error.valueStream()
			.allMatch((value) -> value.isNull() || (value.isString() && value.stringValue().isBlank())
					|| (value.isNumber() && value.asInt(1) == 0) || (value.isContainer() && value.isEmpty()));
	}

	private ErrorBody toBody(JsonNode error, int relays) {
		if (error.isArray()) {
			JsonNode first = error.path(0);
			return (first.isObject() && error.size() == 1) ? toBody(first, relays)
					: toBody(ErrorBody.Form.ERROR, first, ErrorMessageExtractor.of(error));
		}
		JsonNode nested = error.path("error");
		String message = ErrorMessageExtractor.of(error);
		ErrorBody relayed = null;
		if (relays > 0) {
			relayed = nested.isObject() ? toBody(nested, relays - 1) : relayed(message, relays - 1);
		}
		return (relayed != null) ? join(error, message, relayed) : toBody(ErrorBody.Form.ERROR, error, message);
	}

	private static ErrorBody toBody(ErrorBody.Form form, JsonNode error, @Nullable String message) {
		String code = code(error);
		return new ErrorBody(form, code, number(error, code), textOf(error, "type"), googleStatus(error), message, null,
				details(error));
	}

	private static ErrorBody join(JsonNode error, @Nullable String message, ErrorBody relayed) {
		String code = code(error);
		Integer number = (relayed.number() != null) ? relayed.number() : number(error, code);
		boolean named = code != null && number(code) == null;
		String googleStatus = googleStatus(error);
		List<JsonNode> details = details(error);
		String type = textOf(error, "type");
		return new ErrorBody(ErrorBody.Form.ERROR, (named || relayed.code() == null) ? code : relayed.code(), number,
				(type != null) ? type : relayed.type(), (googleStatus != null) ? googleStatus : relayed.googleStatus(),
				(relayed.message() != null) ? relayed.message() : message, message,
				details.isEmpty() ? relayed.details() : details);
	}

	// Returns the upstream error that a gateway put into the text of its message.
	private @Nullable ErrorBody relayed(@Nullable String message, int relays) {
		if (message == null) {
			return null;
		}
		int start = message.indexOf('{');
		JsonNode tree = (start >= 0) ? parse(message.substring(start)) : null;
		if (tree == null || !tree.isObject()) {
			return null;
		}
		JsonNode error = tree.path("error");
		if (error.isObject()) {
			return toBody(error, relays);
		}
		boolean isError = textOf(tree, "message") != null && (tree.has("code") || tree.has("status"));
		return isError ? toBody(tree, relays) : null;
	}

	private @Nullable JsonNode parse(String text) {
		try {
			if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
				return this.reader.readTree(text);
			}
			String data = eventData(text);
			return (data.startsWith("{") || data.startsWith("[")) ? this.reader.readTree(data) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private @Nullable JsonNode parseCut(String text) {
		int start = text.indexOf('{');
		boolean json = start == 0 || text.startsWith("[") || text.startsWith("data:");
		String repaired = (json && start >= 0) ? TruncatedJsonRepairer.repair(text.substring(start)) : null;
		JsonNode tree = (repaired != null) ? parse(repaired) : null;
		return (tree != null && errorOf(tree) != null) ? tree : null;
	}

	// Returns the data of the first event of an event stream.
	private static String eventData(String text) {
		int first = text.startsWith("data:") ? 0 : text.indexOf("\ndata:") + 1;
		if (first == 0 && !text.startsWith("data:")) {
			return "";
		}
		return text.substring(first)
			.lines()
			.takeWhile((line) -> !line.isBlank())
			.filter((line) -> line.startsWith("data:"))
			.map((line) -> line.substring("data:".length()))
			.collect(Collectors.joining("\n"))
			.strip();
	}

	private static @Nullable String title(String page) {
		Matcher matcher = TITLE
			.matcher((page.length() > MAX_TITLE_SEARCH) ? page.substring(0, MAX_TITLE_SEARCH) : page);
		return matcher.find() ? HtmlUtils.htmlUnescape(matcher.group(2)).strip().replaceAll("\\s+", " ") : null;
	}

	private static @Nullable String code(JsonNode error) {
		JsonNode code = error.path("code");
		String text = (code.isString() || code.isNumber()) ? code.asString("").strip() : "";
		return (text.isEmpty() || text.equals("0")) ? null : text;
	}

	private static @Nullable Integer number(JsonNode error, @Nullable String code) {
		for (String name : List.of("statusCode", "status_code", "status")) {
			if (code == null && error.path(name).isNumber()) {
				return number(error.path(name).asString(""));
			}
		}
		return number(code);
	}

	private static @Nullable Integer number(@Nullable String code) {
		return (code != null && code.matches("[345]\\d\\d")) ? Integer.valueOf(code) : null;
	}

	private static @Nullable String googleStatus(JsonNode error) {
		String status = textOf(error, "status");
		status = (status != null) ? status : textOf(error, "code");
		return (status != null && GOOGLE_STATUS.matcher(status).matches()) ? status : null;
	}

	private static List<JsonNode> details(JsonNode error) {
		List<JsonNode> details = new ArrayList<>();
		error.path("details").valueStream().filter(JsonNode::isObject).limit(MAX_DETAILS).forEach(details::add);
		return details;
	}

	private static @Nullable String textOf(JsonNode node, String name) {
		String text = node.path(name).stringValue(null);
		return (text != null && !text.isBlank()) ? text.strip() : null;
	}

}
