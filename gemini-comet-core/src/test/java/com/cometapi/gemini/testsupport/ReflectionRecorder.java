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

package com.cometapi.gemini.testsupport;

import java.io.OutputStream;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.agent.HintType;
import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RecordedInvocationsPublisher;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs an application in a JVM of its own until its standard input ends. With the agent
 * of Spring it writes a report of reflection: a line for each operation, with its type
 * and member.
 */
@SuppressWarnings("removal")
public final class ReflectionRecorder {

	private ReflectionRecorder() {
	}

	/**
	 * Run the application and write the report.
	 * @param args the file for the report, the class of the application, and its
	 * arguments
	 * @throws Exception if there is no such class or the report cannot be written
	 */
	public static void main(String[] args) throws Exception {
		Set<String> uses = new ConcurrentSkipListSet<>();
		RecordedInvocationsPublisher.addListener((invocation) -> {
			String use = describe(invocation);
			if (use != null) {
				uses.add(use);
			}
		});
		Class<?> type = Class.forName(args[1]);
		SpringApplication application = new SpringApplication(type);
		application.setMainApplicationClass(type);
		try (ConfigurableApplicationContext context = application.run(Arrays.copyOfRange(args, 2, args.length))) {
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
