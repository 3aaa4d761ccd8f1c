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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ErrorTranslatorTests {

	private static final String TYPE = "com.cometapi.gemini.error.Gemini%sException";

	private static final byte[] BOM = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"detail":[{"loc":["body","contents",0],"msg":"field required"}]}      | field required (body.contents.0)
					{"detail":[{"msg":"a"},{"msg":"b"}]}                                   | a; b
					{"detail":{"msg":"too long"}}                                          | too long
					{"detail":{"error":{"message":"too long"}}}                            | too long
					{"detail":"not found"}                                                 | not found
					{"message":["a is bad","b is bad"],"statusCode":400,"error":"Bad Request"} | a is bad; b is bad
					{"errors":[{"message":"a","path":"x"},{"detail":"b"}]}                 | a (x); b
					{"errors":["a","b"]}                                                   | a; b
					{"errors":{"model":["is required"],"n":["is low","is odd"]}}           | model: is required; n: is low; is odd
					{"type":"about:blank","title":"Bad Request","status":400,"detail":"x"} | x
					{"title":"Bad Request","status":400}                                   | Bad Request
					{"title":"Invalid","errors":{"Prompt":["It is required."]}}            | Prompt: It is required.
					{"error":"text"}                                                       | text
					{"error":["a","b"]}                                                    | a; b
					{"error":[{"message":"a"},{"message":"b"}]}                            | a; b
					{"error":{"errors":[{"message":"a"}]}}                                 | a
					{"error":{"message":{"text":"a"}}}                                     | {"text":"a"}
					{"fault":{"faultstring":"quota of the proxy"}}                         | quota of the proxy
					{"Message":"forbidden"}                                                | forbidden
					["a is bad"]                                                           | a is bad
					no such thing                                                          | no such thing
					<Error><Code>Bad</Code><Message>Wrong region</Message></Error>         | Wrong region
					<html><head><title>Bad &amp; ugly</title></head></html>                | Bad & ugly
					""")
	void reasonIsFoundInEveryForm(String body, String message) {
		for (int status : new int[] { 400, 422 }) {
			GeminiException exception = Errors.translate(status, body);
			assertThat(exception).isExactlyInstanceOf(GeminiInvalidRequestException.class)
				.hasMessageContaining(message);
			assertThat(exception.getError().message()).isEqualTo(message);
			assertThat(exception.getError().status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"detail\":[{\"msg\":\"field required\"}]}",
			"{\"message\":[\"a is bad\"],\"statusCode\":400}", "{\"detail\":{\"msg\":\"m\"}}",
			"{\"errors\":{\"a\":[\"m\"]}}" })
	void errorInsideOfAnAnswerIsFoundInThoseForms(String body) {
		assertThat(Errors.inside(body)).isNotNull();
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ServedBody.of(body).call())
			.satisfies((ex) -> assertThat(ex.getError().message()).isNotNull());
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ServedBody.ofEvents(body).stream())
			.satisfies((ex) -> assertThat(ex.getError().message()).isNotNull());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"Invalid value: %s"}} | INVALID_ARGUMENT
			{"error":{"message":"Invalid value: %s","code":400,"status":"INVALID_ARGUMENT"}} |
			{"message":"Invalid value: %s"}                                                  |
			{"detail":[{"msg":"Invalid value: %s"}]}                                         |
			Invalid value: %s                                                                |
			""")
	void headOfALargeErrorIsRead(String body, String googleStatus) {
		for (int size : new int[] { 100_000, 1_000_000 }) {
			for (String filler : new String[] { "x", "\\\"", "\\u00e4", "\\\\" }) {
				String large = body.formatted(filler.repeat(size / filler.length()));
				assertThatExceptionOfType(GeminiInvalidRequestException.class)
					.isThrownBy(() -> ServedBody.of(large).call("400 Bad Request"))
					.withMessageContaining("Invalid value")
					.satisfies((ex) -> assertThat(ex.getError().message()).startsWith("Invalid value"))
					.satisfies((ex) -> assertThat(ex.getError().googleStatus()).isIn(
							(size < 256 * 1024 && body.contains("status")) ? "INVALID_ARGUMENT" : googleStatus,
							googleStatus));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
			{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"},
			{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}""", """
			{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
			{"quotaMetric":"generativelanguage.googleapis.com/requests_per_day"}]}""", """
			{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE_LIMIT_EXCEEDED",
			"metadata":{"quota_limit":"GenerateContentRequestsPerDayPerProject"}}""" })
	void quotaOfADayIsUsedUp(String detail) {
		GeminiException exception = Errors.translate(429, """
				{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED",
				"details":[%s,{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3600s"}]}}"""
			.formatted(detail));
		assertThat(exception).isExactlyInstanceOf(GeminiQuotaException.class).hasMessageContaining("3600.0 s");
		assertThat(exception.isTransient()).isFalse();
		assertThat(exception.getError().retryAfter()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void headOfAnErrorIsReadIfTheConnectionBreaks() throws Exception {
		try (WireServer server = WireServer.start((connection) -> connection
			.head("400 Bad Request", "Content-Type: application/json", "Content-Length: 1000")
			.write("{\"error\":{\"code\":400,\"message\":\"Invalid val")
			.cut())) {
			GeminiClient client = GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder(Errors.KEY).baseUrl(server.url()).build());
			assertThatExceptionOfType(GeminiInvalidRequestException.class)
				.isThrownBy(() -> client.generateContent("m", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS).block())
				.withMessageContaining("Invalid val");
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			301, Protocol,       false
			302, Protocol,       false
			304, Protocol,       false
			307, Protocol,       false
			308, Protocol,       false
			400, InvalidRequest, false
			401, Authentication, false
			402, Quota,          false
			403, Permission,     false
			404, InvalidRequest, false
			405, InvalidRequest, false
			408, Server,         true
			409, Server,         true
			410, InvalidRequest, false
			413, InvalidRequest, false
			415, InvalidRequest, false
			422, InvalidRequest, false
			425, Server,         true
			429, RateLimit,      true
			451, InvalidRequest, false
			499, Server,         false
			500, Server,         true
			501, Server,         false
			502, Server,         true
			503, Server,         true
			504, Server,         true
			505, Server,         false
			520, Server,         true
			521, Server,         true
			522, Server,         true
			523, Server,         true
			524, Server,         true
			525, Server,         false
			526, Server,         false
			529, Server,         true
			600, Protocol,       false
			999, Protocol,       false
			""")
	void statusDecidesWhereTheBodySaysNothing(int status, String type, boolean isTransient) throws Exception {
		for (String body : new String[] { "", "<html><head><title>Error</title></head></html>", "upstream said no",
				"{}", "[]", "null", "\"no\"" }) {
			GeminiException exception = Errors.translate(status, body);

			assertThat(exception).as(body).isExactlyInstanceOf(Class.forName(TYPE.formatted(type)));
			assertThat(exception.isTransient()).isEqualTo(isTransient);
			assertThat(exception.getError().status()).isEqualTo(status);
			assertThat(exception).hasMessageContaining("HTTP " + status);
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			invalid_request,                   500, InvalidRequest, false
			invalid_request,                   400, InvalidRequest, false
			invalid_request,                   429, InvalidRequest, false
			invalid_request,                   401, Authentication, false
			model_not_found,                   503, ModelNotFound,  false
			model_not_found,                   404, ModelNotFound,  false
			model_not_found,                   403, ModelNotFound,  false
			model_not_found,                   429, ModelNotFound,  false
			convert_request_failed,            500, InvalidRequest, false
			sensitive_words_detected,          400, Blocked,        false
			sensitive_words_detected,          500, Blocked,        false
			prompt_blocked,                    400, Blocked,        false
			access_denied,                     403, Permission,     false
			access_denied,                     500, Permission,     false
			insufficient_user_quota,           403, Quota,          false
			insufficient_user_quota,           429, Quota,          false
			INSUFFICIENT_USER_QUOTA,           429, Quota,          false
			pre_consume_token_quota_failed,    403, Quota,          false
			pre_consume_token_quota_failed,    500, Quota,          false
			model_price_error,                 500, Server,         false
			model_price_error,                 400, InvalidRequest, false
			read_request_body_failed,          413, InvalidRequest, false
			read_request_body_failed,          500, InvalidRequest, false
			bad_request_body,                  500, InvalidRequest, false
			do_request_failed,                 500, Server,         true
			do_request_failed,                 400, Server,         true
			do_request_failed,                 429, RateLimit,      true
			bad_response,                      400, Server,         true
			bad_response_body,                 500, Server,         true
			empty_response,                    500, Server,         true
			read_response_body_failed,         400, Server,         true
			get_channel_failed,                500, Server,         true
			get_channel_failed,                400, InvalidRequest, false
			channel:response_time_exceeded,    400, Server,         true
			channel:invalid_key,               401, Server,         false
			channel:no_available_key,          500, Server,         true
			token_concurrency_limit_reached,   429, RateLimit,      true
			token_concurrency_limit_reached,   503, RateLimit,      true
			token_concurrency_unavailable,     503, Server,         true
			entitlement_required,              403, Permission,     false
			entitlement_daily_limit_exceeded,  429, Quota,          false
			bad_response_status_code,          400, InvalidRequest, false
			bad_response_status_code,          401, Authentication, false
			bad_response_status_code,          429, RateLimit,      true
			bad_response_status_code,          502, Server,         true
			bad_response_status_code,          501, Server,         false
			unknown_error,                     500, Server,         true
			count_token_failed,                400, InvalidRequest, false
			"",                                401, Authentication, false
			"",                                404, ModelNotFound,  false
			""", quoteCharacter = '"')
	void codeWinsOverTheStatus(String code, int status, String type, boolean isTransient) throws Exception {
		GeminiException exception = Errors.translate(status, """
				{"error":{"message":"no luck","type":"comet_api_error","param":"","code":"%s"}}""".formatted(code));

		assertThat(exception).isExactlyInstanceOf(Class.forName(TYPE.formatted(type)));
		assertThat(exception.isTransient()).isEqualTo(isTransient);
		assertThat(exception.getError().code()).isEqualTo(code.isEmpty() ? null : code);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | API key not valid. Please pass a valid API key.                       | Authentication | false
			400 | API key expired. Please renew the API key.                            | Authentication | false
			401 | Invalid Token                                                         | Authentication | false
			403 | user quota is not enough                                              | Quota          | false
			403 | token quota is not enough, token remain quota: $0.1                   | Quota          | false
			403 | 用户额度不足, 剩余额度: ＄0.01                                           | Quota          | false
			401 | 该令牌额度已用尽                                                        | Quota          | false
			429 | Your prepayment credits are depleted. Please go to AI Studio           | Quota          | false
			429 | You exceeded your current quota, please check your plan                | RateLimit      | true
			503 | no available channel for group default and model x (distributor)       | ModelNotFound  | false
			503 | 当前分组 default 下对于模型 x 无可用渠道                                    | ModelNotFound  | false
			400 | The model 'x' does not exist                                          | ModelNotFound  | false
			400 | The model is currently busy, please try again later                   | RateLimit      | true
			500 | The model is currently busy, please try again later                   | Server         | true
			429 | 当前分组上游负载已饱和，请稍后再试                                          | RateLimit      | true
			400 | 当前分组上游负载已饱和，请稍后再试                                          | RateLimit      | true
			404 | models/gemini-9 is not found for API version v1beta                   | ModelNotFound  | false
			404 | Publisher Model `projects/p/models/gemini-9` was not found            | ModelNotFound  | false
			404 | Requested entity was not found.                                       | ModelNotFound  | false
			404 | Not found: cached content metadata for 1.                             | InvalidRequest | false
			404 | CachedContent not found                                               | InvalidRequest | false
			404 | File abc-123 not found                                                | InvalidRequest | false
			404 | Invalid URL (POST /v1beta/nothing)                                    | InvalidRequest | false
			404 | 404 page not found                                                    | InvalidRequest | false
			""")
	void someTextsDecideWhereTheCodeIsLost(int status, String message, String type, boolean isTransient)
			throws Exception {
		GeminiException exception = Errors.translate(status,
				"{\"error\":{\"message\":\"" + message + "\",\"type\":\"comet_api_error\"}}");

		assertThat(exception).isExactlyInstanceOf(Class.forName(TYPE.formatted(type)));
		assertThat(exception.isTransient()).isEqualTo(isTransient);
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}""", """
			[{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}]""", """
			[{"candidates":[]},{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}]""", """
			{"error":{"message":"slow down","type":"comet_api_error","param":null,"code":429}}""", """
			{"error":{"message":"slow down","type":"upstream_error","code":"429"}}""", """
			{"error":"slow down"}""", """
			{"message":"slow down"}""", """
			{"success":false,"message":"slow down"}""", """
			{"error":true,"message":"slow down"}""", """
			{"error":"Too Many Requests","message":"slow down","status":429,"path":"/v1beta"}""", """
			{"code":429,"message":"slow down"}""", """
			{"detail":"slow down"}""", """
			{"errors":[{"message":"slow down"}]}""", """
			{"error":{"error":{"code":429,"message":"slow down"}}}""", """
			{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}""",
			"""
					{"error":{"message":"{\\"error\\":{\\"code\\":429,\\"message\\":\\"slow down\\"}}","code":429,"status":"Too Many Requests"}}""",
			"""
					{"error":{"message":"upstream: [{\\"error\\":{\\"message\\":\\"slow down\\",\\"status\\":\\"RESOURCE_EXHAUSTED\\"}}] (request id: 1)"}}""",
			"""
					data: {"error":{"code":429,"message":"slow down"}}

					""", """
					event: error
					data: {"error":{"code":429,
					data: "message":"slow down"}}

					data: [DONE]

					""", "\r\n \t{\"error\":{\"message\":\"slow down\"}}\n\n",
			"{\"error\":{\"message\":\"slow down\"}}trailing", "slow down", "\"slow down\"",
			"<html><head><TITLE lang=en>\nslow\n down</TITLE></head>" })
	void everyFormOfABodyIsRead(String body) {
		GeminiException exception = Errors.translate(429, body);

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		assertThat(exception.getError().message()).isEqualTo("slow down");
		assertThat(exception).hasMessageContaining("slow down");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1", "windows-1252" })
	void charsetOfTheBodyIsHeeded(String charset) {
		HttpHeaders headers = Errors.header("Content-Type", "application/json;charset=" + charset);

		GeminiException exception = Errors.translate(400, headers,
				"{\"error\":{\"message\":\"wrong café\"}}".getBytes(Charset.forName(charset)));

		assertThat(exception.getError().message()).isEqualTo("wrong café");
	}

	@Test
	void byteOrderMarkAndOddContentTypesAreNoHindrance() {
		byte[] json = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
		byte[] body = Arrays.copyOf(BOM, BOM.length + json.length);
		System.arraycopy(json, 0, body, BOM.length, json.length);

		for (String type : new String[] { "text/html", "nonsense", "application/json; charset=nonsense" }) {
			assertThat(Errors.translate(400, Errors.header("Content-Type", type), body).getError().message())
				.isEqualTo("no");
		}
	}

	@Test
	void relayedErrorKeepsWhatBothSay() {
		GeminiException exception = Errors.translate(500,
				"""
						{"error":{"message":"bad response: {\\"error\\":{\\"code\\":429,\\"message\\":\\"Slow. Please retry in 9s.\\",\
						\\"status\\":\\"RESOURCE_EXHAUSTED\\",\\"details\\":[{\\"reason\\":\\"R\\"}]}} (request id: 77)",
						"type":"upstream_error","code":"bad_response_status_code"}}""");

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		GeminiError error = exception.getError();
		assertThat(error.status()).isEqualTo(500);
		assertThat(error.code()).isEqualTo("bad_response_status_code");
		assertThat(error.googleStatus()).isEqualTo("RESOURCE_EXHAUSTED");
		assertThat(error.message()).isEqualTo("Slow. Please retry in 9s.");
		assertThat(error.requestId()).isEqualTo("77");
		assertThat(error.retryAfter()).hasSeconds(9);
		assertThat(error.details()).containsExactly(Map.of("reason", "R"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}   | RateLimit      | true  | 429
					{"error":{"message":"m","status":"UNAVAILABLE"}}                     | Server         | true  | 503
					{"error":{"message":"m","status":"CANCELLED"}}                       | Server         | false | 499
					{"error":{"message":"m","status":"DEADLINE_EXCEEDED"}}               | Server         | true  | 504
					{"error":{"message":"m","status":"INVALID_ARGUMENT"}}                | InvalidRequest | false | 400
					{"error":{"message":"m","code":"NOT_FOUND"}}                         | ModelNotFound  | false | 404
					{"error":{"message":"m","code":"model_not_found"}}                   | ModelNotFound  | false | 200
					{"error":{"message":"m","code":"do_request_failed"}}                 | Server         | true  | 200
					{"error":{"message":"bad response status code 503","code":"bad_response_status_code"}} | Server | true | 503
					{"error":{"message":"upstream error","code":"bad_response_status_code"}}               | Server | false | 200
					{"error":{"message":"m","type":"invalid_request_error"}}             | InvalidRequest | false | 200
					{"error":{"message":"m","type":"authentication_error"}}              | Authentication | false | 200
					{"error":"boom"}                                                     | Server         | false | 200
					{"success":false,"message":"invalid access token"}                   | Authentication | false | 200
					{"success":false,"message":"boom"}                                   | Server         | false | 200
					[{"error":{"code":503,"message":"m"}}]                               | Server         | true  | 503
					{"candidates":[{"index":0}],"error":{"code":500,"message":"m"}}      | Server         | true  | 500
					{"error":{}}                                                         | Server         | false | 200
					""",
			quoteCharacter = '`')
	void errorInsideAnAnswerIsTranslated(String body, String type, boolean isTransient, int status) throws Exception {
		GeminiException exception = Errors.inside(body);

		assertThat(exception).isExactlyInstanceOf(Class.forName(TYPE.formatted(type)));
		assertThat(exception.isTransient()).isEqualTo(isTransient);
		assertThat(exception.getError().status()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "{\"candidates\":[]}", "{\"candidates\":[{\"index\":0}],\"error\":null}",
			"{\"candidates\":[],\"error\":{}}", "{\"usageMetadata\":{},\"error\":{\"message\":\"\",\"code\":0}}",
			"{\"error\":null}", "{\"error\":\"\"}", "{\"error\":false}", "{\"success\":true,\"message\":\"ok\"}",
			"{\"success\":true,\"object\":\"list\",\"data\":[],\"message\":\"\"}",
			"{\"candidates\":[],\"message\":\"all is well\"}", "{\"models\":[]}", "\"text\"", "3" })
	void goodAnswerIsNoError(String body) {
		assertThat(Errors.inside(body)).isNull();
	}

	@Test
	void errorInAnEventThatWasReadAsAnAnswerIsTranslated() {
		GenerateContentResponse event = GeminiJsonMapper.builder()
			.build()
			.readValue("{\"error\":{\"code\":429,\"message\":\"slow (request id: 5)\"}}",
					GenerateContentResponse.class);

		GeminiException exception = Errors.TRANSLATOR.fromBody(200, new HttpHeaders(), event, Errors.CONTEXT);

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		assertThat(exception.getError().requestId()).isEqualTo("5");
	}

	@Test
	void goodEventIsNoError() {
		GenerateContentResponse event = GeminiJsonMapper.builder()
			.build()
			.readValue("{\"candidates\":[],\"turnToken\":\"x\",\"responseId\":\"r\"}", GenerateContentResponse.class);

		assertThat(Errors.TRANSLATOR.fromBody(200, new HttpHeaders(), event, Errors.CONTEXT)).isNull();
	}

	@Test
	void requestIdComesFromTheHeaderFirst() {
		String body = "{\"error\":{\"message\":\"no (request id: in-body) (request id: nearest)\"}}";

		assertThat(Errors.translate(400, body).getError().requestId()).isEqualTo("nearest");
		assertThat(Errors.translate(400, Errors.header("x-request-id", "other"), body).getError().requestId())
			.isEqualTo("other");
		HttpHeaders headers = Errors.header("X-Oneapi-Request-Id", "gateway");
		headers.set("X-Request-Id", "other");
		GeminiException exception = Errors.translate(400, headers, body);
		assertThat(exception.getError().requestId()).isEqualTo("gateway");
		assertThat(exception).hasMessageContaining("gateway");
	}

	@Test
	void redirectNamesItsTarget() {
		assertThat(Errors.translate(301, Errors.header("Location", "https://www.example.com/?key=abc"), ""))
			.isExactlyInstanceOf(GeminiProtocolException.class)
			.hasMessageContaining("https://www.example.com/?key=***")
			.hasMessageContaining("cometapi.gemini.base-url");
	}

	@Test
	void messageSaysWhatToDo() {
		assertThat(Errors.translate(401, "")).hasMessageContaining("COMETAPI_KEY");
		assertThat(Errors.translate(503, "{\"error\":{\"code\":\"model_not_found\",\"message\":\"m\"}}"))
			.hasMessageContaining("models()");
		assertThat(Errors.translate(429, Errors.header("Retry-After", "12"), "")).hasMessageContaining("12.0 s");
		assertThat(Errors.translate(402, "")).hasMessageContaining("balance");
		assertThat(Errors.translate(404, "<html>")).hasMessageContaining("cometapi.gemini.api-version");
		assertThat(Errors.translate(524, "<html>")).hasMessageContaining("stream");
	}

	@Test
	void messageAndBodyAreBounded() {
		GeminiException exception = Errors.translate(400,
				"{\"error\":{\"message\":\"" + "x y ".repeat(100_000) + "\"}}");

		assertThat(exception.getMessage()).hasSizeLessThan(1000);
		assertThat(exception.getError().message()).hasSizeLessThanOrEqualTo(2001);
		assertThat(exception.getError().body()).hasSizeLessThanOrEqualTo(2001);
	}

	@Test
	void callWithoutAModelKnowsNoModelThatIsMissing() {
		GeminiException exception = Errors.TRANSLATOR.fromResponse(404, new HttpHeaders(),
				"{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8), Errors.MODELS);

		assertThat(exception).isExactlyInstanceOf(GeminiInvalidRequestException.class)
			.hasMessageStartingWith("models failed with HTTP 404");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"code\":\"model_not_found\",\"message\":\"no \\\"cha",
			"{\"error\":{\"message\":\"no, {x\",\"code\":\"model_not_found\",\"details\":[{\"a\":[1,",
			"data: {\"error\":{\"code\":\"model_not_found\",\"mess",
			"[{\"error\":{\"code\":\"model_not_found\",\"x\":" })
	void codeOfABodyThatIsCutStillWins(String body) {
		assertThat(Errors.translate(503, body)).isExactlyInstanceOf(GeminiModelNotFoundException.class);
		assertThat(Errors.TRANSLATOR.truncatedEvent(new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8), 1,
				Errors.CONTEXT))
			.isExactlyInstanceOf(GeminiModelNotFoundException.class);
	}

	@Test
	void cutAnswerIsNoError() {
		byte[] body = "{\"candidates\":[{\"index\":0,\"content\":".getBytes(StandardCharsets.UTF_8);

		assertThat(Errors.TRANSLATOR.truncatedEvent(new HttpHeaders(), body, 1, Errors.CONTEXT))
			.isExactlyInstanceOf(GeminiProtocolException.class);
	}

	@Test
	void requestIdStandsAtTheEndOfTheMessage() {
		assertThat(Errors.translate(401, "{\"error\":{\"message\":\"invalid token (request id: 7)\",\"code\":400}}"))
			.hasMessage("generateContent of model 'gemini-3.5-flash' failed with HTTP 401, code 400: invalid token."
					+ " Check 'cometapi.gemini.api-key' (COMETAPI_KEY). (request id: 7)");
	}

	@Test
	void garbageAlwaysBecomesAnException() {
		Random random = new Random(7);
		byte[] json = Errors.wire("google-429-retry-info.error.json");
		for (int i = 0; i < 3000; i++) {
			byte[] body = (i % 2 == 0) ? new byte[random.nextInt(300)]
					: Arrays.copyOf(json, random.nextInt(json.length));
			if (i % 2 == 0) {
				random.nextBytes(body);
			}
			else if (body.length > 0) {
				body[random.nextInt(body.length)] = (byte) random.nextInt();
			}
			int status = 100 + random.nextInt(600);
			assertThatNoException().isThrownBy(() -> Errors.translate(status, new HttpHeaders(), body));
		}
	}

	@Test
	void deepAndStrangeJsonBecomesAnException() {
		for (String body : new String[] { "[".repeat(100_000), "{\"error\":".repeat(100_000),
				"{\"error\":".repeat(400) + "1" + "}".repeat(400), "{\"error\":{\"code\":1e999999999}}",
				"{\"error\":{\"code\":{},\"message\":[1,2],\"status\":7,\"details\":\"x\"}}", "{\"error\":[[[]]]}",
				"{\"error\":{\"message\":{\"a\":1}}}", "{\"error\":{\"details\":[1,null,[],{\"a\":null}]}}",
				"{\"error\":[\"text\"]}", "data:", "data: {", "\uFEFF", "<", "{\"error\":{\"message\":\"{{{{{{\"}}" }) {
			assertThat(Errors.translate(500, body)).as(body.substring(0, Math.min(40, body.length())))
				.isExactlyInstanceOf(GeminiServerException.class);
		}
	}

}
