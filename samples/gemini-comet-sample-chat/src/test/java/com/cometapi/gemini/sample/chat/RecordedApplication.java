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
import java.io.OutputStream;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import com.cometapi.gemini.sample.aot.AotApplication;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.agent.HintType;
import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RecordedInvocationsPublisher;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application in a JVM of its own, until its standard input ends. With the agent of
 * Spring it writes which types it has used by reflection: the operation, the type and its
 * member.
 */
@SuppressWarnings("removal")
public final class RecordedApplication {

	private RecordedApplication() {
	}

	/**
	 * Run.
	 * @param args the file for the report, and arguments of the application
	 * @throws IOException if the report cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Set<String> uses = new ConcurrentSkipListSet<>();
		RecordedInvocationsPublisher.addListener((invocation) -> {
			String use = describe(invocation);
			if (use != null) {
				uses.add(use);
			}
		});
		SpringApplication application = new SpringApplication(AotApplication.class);
		application.setMainApplicationClass(AotApplication.class);
		try (ConfigurableApplicationContext context = application.run(args)) {
			System.in.transferTo(OutputStream.nullOutputStream());
		}
		Files.write(Path.of(args[0]), uses);
	}

	private static @Nullable String describe(RecordedInvocation invocation) {
		if (invocation.getHintType() != HintType.REFLECTION || invocation.getReturnValue() == null) {
			return null;
		}
		Object target = (invocation.isStatic()) ? invocation.getReturnValue() : invocation.getInstance();
		String operation = invocation.getMethodReference().toString();
		if (target instanceof Class<?> type) {
			return operation + " " + type.getName() + " -";
		}
		return (target instanceof Member member)
				? operation + " " + member.getDeclaringClass().getName() + " " + member.getName() : null;
	}

}
