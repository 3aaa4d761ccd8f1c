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

package com.cometapi.gemini.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.chat.GeminiChatAppendException;
import com.cometapi.gemini.chat.GeminiChatConflictException;
import com.cometapi.gemini.chat.GeminiChatException;
import com.cometapi.gemini.chat.GeminiChatNotSavedException;
import com.cometapi.gemini.chat.GeminiInvalidConversationException;
import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.error.GeminiBudgetUnavailableException;
import com.cometapi.gemini.error.GeminiCircuitOpenException;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiPermissionException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.error.GeminiTooManyRoundsException;
import com.cometapi.gemini.function.GeminiFunctionException;
import com.cometapi.gemini.web.resume.GeminiStreamExpiredException;
import com.cometapi.gemini.web.resume.GeminiStreamLostException;
import com.cometapi.gemini.web.resume.GeminiStreamStoreFullException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.HttpStatus;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StandardErrorEventMapper}.
 */
class StandardErrorEventMapperTests {

	private final GeminiErrorEventMapper mapper = GeminiErrorEventMapper.standard();

	@ParameterizedTest
	@MethodSource
	void everyExceptionHasItsCode(Class<? extends Throwable> type, String code) {
		GeminiErrorEvent event = this.mapper.map(create(type));
		assertThat(event.code()).isEqualTo(code);
		assertThat(event.message()).endsWith(".").doesNotContain("Gemini", "Comet", "Exception", "key");
	}

	private static Throwable create(Class<? extends Throwable> type) {
		Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
			.filter((candidate) -> !List.of(candidate.getParameterTypes()).contains(GeminiFailureCode.class))
			.min(Comparator.comparingInt(Constructor::getParameterCount))
			.orElseThrow();
		Object[] arguments = Arrays.stream(constructor.getParameterTypes())
			.map(StandardErrorEventMapperTests::argument)
			.toArray();
		return (Throwable) BeanUtils.instantiateClass(constructor, arguments);
	}

	private static @Nullable Object argument(Class<?> type) {
		Map<Class<?>, Object> values = Map.of(String.class, "text", GeminiError.class, GeminiError.NONE, List.class,
				List.of(), HttpStatus.class, HttpStatus.BAD_REQUEST, boolean.class, false, int.class, 1, long.class,
				1L);
		return values.get(type);
	}

	static List<Arguments> everyExceptionHasItsCode() {
		return List.of(Arguments.of(GeminiAuthenticationException.class, "authentication"),
				Arguments.of(GeminiPermissionException.class, "permission"),
				Arguments.of(GeminiQuotaException.class, "quota"),
				Arguments.of(GeminiRateLimitException.class, "rate-limit"),
				Arguments.of(GeminiLimitExceededException.class, "rate-limit"),
				Arguments.of(GeminiCircuitOpenException.class, "server"),
				Arguments.of(GeminiBudgetExceededException.class, "budget"),
				Arguments.of(GeminiBudgetUnavailableException.class, "busy"),
				Arguments.of(GeminiInvalidRequestException.class, "invalid-request"),
				Arguments.of(InvalidUiMessageException.class, "invalid-request"),
				Arguments.of(GeminiModelNotFoundException.class, "model-not-found"),
				Arguments.of(GeminiServerException.class, "server"),
				Arguments.of(GeminiConnectionException.class, "connection"),
				Arguments.of(GeminiThreadsExhaustedException.class, "busy"),
				Arguments.of(GeminiTimeoutException.class, "timeout"),
				Arguments.of(GeminiProtocolException.class, "protocol"),
				Arguments.of(GeminiFunctionFailedException.class, "function-failed"),
				Arguments.of(GeminiFunctionSourceException.class, "function-failed"),
				Arguments.of(GeminiMediaSinkException.class, "media-sink"),
				Arguments.of(GeminiTooManyRoundsException.class, "too-many-rounds"),
				Arguments.of(GeminiResponseTooLargeException.class, "too-large"),
				Arguments.of(GeminiBlockedException.class, "blocked"),
				Arguments.of(GeminiNoTextException.class, "no-text"),
				Arguments.of(GeminiNoMediaException.class, "no-media"),
				Arguments.of(GeminiResponseMismatchException.class, "response-mismatch"),
				Arguments.of(GeminiResponseTruncatedException.class, "response-truncated"),
				Arguments.of(GeminiChatException.class, "chat"),
				Arguments.of(GeminiChatAppendException.class, "chat-not-saved"),
				Arguments.of(GeminiChatNotSavedException.class, "chat-not-saved"),
				Arguments.of(GeminiChatConflictException.class, "chat-conflict"),
				Arguments.of(GeminiInvalidConversationException.class, "invalid-request"),
				Arguments.of(GeminiFunctionException.class, "function-failed"),
				Arguments.of(GeminiShutdownException.class, "shutdown"),
				Arguments.of(GeminiStreamLostException.class, "stream-lost"),
				Arguments.of(GeminiStreamExpiredException.class, "stream-expired"),
				Arguments.of(GeminiStreamStoreFullException.class, "busy"),
				Arguments.of(CancellationException.class, "cancelled"), Arguments.of(TimeoutException.class, "timeout"),
				Arguments.of(IllegalStateException.class, "internal"));
	}

	@Test
	void noPublicExceptionOfTheLibraryIsForgotten() {
		String root = "com.cometapi.gemini";
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(Throwable.class));
		Set<Class<?>> found = scanner.findCandidateComponents(root)
			.stream()
			.map((candidate) -> ClassUtils.resolveClassName(candidate.getBeanClassName(), null))
			.filter((type) -> Modifier.isPublic(type.getModifiers()) && !isTest(type))
			.collect(Collectors.toSet());
		Set<Class<?>> tested = everyExceptionHasItsCode().stream()
			.map((arguments) -> (Class<?>) arguments.get()[0])
			.filter((type) -> type.getName().startsWith(root))
			.collect(Collectors.toSet());
		assertThat(tested).isEqualTo(found);
	}

	private static boolean isTest(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation().getPath().endsWith("/test-classes/");
	}

	@Test
	void whenExceptionIsASubclassThenItHasTheCodeOfItsParent() {
		assertThat(this.mapper.map(new GeminiChatException("a", "b", null) {
		}).code()).isEqualTo("chat");
	}

	@Test
	void conflictIsAGeminiException() {
		assertThat(new GeminiChatConflictException("a", 1)).isInstanceOf(GeminiException.class);
	}

	@Test
	void messageOfAnExceptionIsNotRepeated() {
		GenerateContentResponse response = GenerateContentResponse.builder().build();
		assertThat(this.mapper.map(new GeminiBlockedException("sk-secret", response)).toString())
			.doesNotContain("sk-secret");
		assertThat(this.mapper.map(new IllegalStateException("sk-secret")).toString()).doesNotContain("sk-secret");
	}

	@Test
	void timeLimitOfAStreamIsTransient() {
		assertThat(this.mapper.map(new TimeoutException()).isTransient()).isTrue();
		assertThat(this.mapper.map(new IllegalStateException()).isTransient()).isFalse();
	}

}
