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

package com.cometapi.gemini.autoconfigure;

import java.util.List;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.api.Source;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.web.UiMessageRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * {@link RuntimeHintsRegistrar} for the types that are bound by Jackson: requests,
 * responses, sources in events, conversations, and requests of pages. The application
 * registers the types of its typed responses itself.
 */
class GeminiRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), GenerateContentRequest.class,
				GenerateContentResponse.class, Model.class, Source.class, GeminiConversation.Turn.class,
				UiMessageRequest.class);
		hints.reflection()
			.registerType(TypeReference.of("com.cometapi.gemini.chat.ConversationJson$Document"),
					MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS);
		hints.reflection()
			.registerType(TypeReference.of("com.cometapi.gemini.api.AbsentListFilter"),
					MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
			.registerType(TypeReference.of("com.cometapi.gemini.api.IncludeWhenPresent"))
			.registerType(TypeReference.of("com.cometapi.gemini.schema.AnnotatedTypeDefinition$Detached"),
					MemberCategory.ACCESS_DECLARED_FIELDS);
		// Details of the health
		hints.reflection()
			.registerType(TypeReference.of("com.cometapi.gemini.fallback.GeminiCircuit$State"),
					MemberCategory.ACCESS_DECLARED_FIELDS);
		// Since Java 21
		if (ClassUtils.hasMethod(Thread.class, "ofVirtual")) {
			hints.reflection()
				.registerType(Thread.class, (type) -> type.withMethod("ofVirtual", List.of(), ExecutableMode.INVOKE))
				.registerType(TypeReference.of("java.lang.Thread$Builder$OfVirtual"),
						MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
