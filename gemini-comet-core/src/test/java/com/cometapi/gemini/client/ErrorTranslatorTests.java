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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTranslatorTests {

	private static final String TYPE = "com.cometapi.gemini.error.Gemini%sException";

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
	void codeTakesPrecedenceOverTheStatus(String code, int status, String type, boolean isTransient) throws Exception {
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
	void errorInsideAResponseIsTranslated(String body, String type, boolean isTransient, int status) throws Exception {
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
	void goodResponseIsNotAnError(String body) {
		assertThat(Errors.inside(body)).isNull();
	}

	@Test
	void errorInAnEventThatWasReadAsAResponseIsTranslated() {
		GenerateContentResponse event = GeminiJsonMapper.builder()
			.build()
			.readValue("{\"error\":{\"code\":429,\"message\":\"slow (request id: 5)\"}}",
					GenerateContentResponse.class);

		GeminiException exception = Errors.TRANSLATOR.fromBody(200, new HttpHeaders(), event, Errors.CONTEXT);

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		assertThat(exception.getError().requestId()).isEqualTo("5");
	}

	@Test
	void goodEventIsNotAnError() {
		GenerateContentResponse event = GeminiJsonMapper.builder()
			.build()
			.readValue("{\"candidates\":[],\"turnToken\":\"x\",\"responseId\":\"r\"}", GenerateContentResponse.class);

		assertThat(Errors.TRANSLATOR.fromBody(200, new HttpHeaders(), event, Errors.CONTEXT)).isNull();
	}

	@Test
	void requestIdIsTakenFromTheHeaderFirst() {
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
	void callWithoutAModelNeverReportsAMissingModel() {
		GeminiException exception = Errors.TRANSLATOR.fromResponse(404, new HttpHeaders(),
				"{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8), Errors.MODELS);

		assertThat(exception).isExactlyInstanceOf(GeminiInvalidRequestException.class)
			.hasMessageStartingWith("models failed with HTTP 404");
	}

	@Test
	void requestIdIsAtTheEndOfTheMessage() {
		assertThat(Errors.translate(401, "{\"error\":{\"message\":\"invalid token (request id: 7)\",\"code\":400}}"))
			.hasMessage("generateContent of model 'gemini-3.5-flash' failed with HTTP 401, code 400: invalid token."
					+ " Check 'cometapi.gemini.api-key' (COMETAPI_KEY). (request id: 7)");
	}

}
