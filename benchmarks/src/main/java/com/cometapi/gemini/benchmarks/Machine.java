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

package com.cometapi.gemini.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.genai.Client;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import io.netty.buffer.ByteBuf;
import reactor.netty.http.client.HttpClient;

import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.boot.SpringApplication;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Describes the machine and the settings of a run.
 */
final class Machine {

	private Machine() {
	}

	static String command(String[] arguments) {
		return "`" + Stream.concat(Stream.of("java -jar benchmarks/target/benchmarks.jar"), Arrays.stream(arguments))
			.collect(Collectors.joining(" ")) + "`";
	}

	static String describe() {
		return "%s, %d processors (%s), %,d MB, Linux %s, Java %s (%s); %s".formatted(
				line("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors(),
				System.getProperty("os.arch"),
				Long.parseLong(line("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
				System.getProperty("os.version"), Runtime.version(), System.getProperty("java.vendor"),
				LocalDate.now());
	}

	static String libraries() {
		return Stream
			.of(SpringApplication.class, WebClient.class, HttpClient.class, ByteBuf.class, Client.class,
					GoogleAiGeminiChatModel.class, GoogleGenAiChatModel.class)
			.map(Machine::library)
			.collect(Collectors.joining(", "));
	}

	private static String library(Class<?> type) {
		CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
		return source.getLocation().getPath().replaceAll(".*/|\\.jar", "");
	}

	private static String line(String file, String name) {
		try {
			return Files.readAllLines(Path.of(file))
				.stream()
				.filter((line) -> line.startsWith(name))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("0");
		}
		catch (IOException ex) {
			return "0";
		}
	}

}
