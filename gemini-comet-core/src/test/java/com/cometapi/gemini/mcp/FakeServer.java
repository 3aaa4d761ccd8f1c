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

package com.cometapi.gemini.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MCP server that misbehaves, over its standard input and output. Runs in a process of
 * its own and needs nothing but the JDK. Records the messages that it handles in a file.
 */
public final class FakeServer {

	private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");

	private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");

	private static final Pattern NAME = Pattern.compile("\"params\":\\{\"name\":\"([^\"]+)\"");

	private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	private static final Set<String> TOOLS = new TreeSet<>(
			Set.of("pid", "read", "write", "slow", "hang", "huge", "add", "fail", "nothing", "both"));

	private static Path log;

	private static Set<String> modes;

	private FakeServer() {
	}

	public static void main(String[] args) throws Exception {
		log = Path.of(args[0]);
		modes = Set.of(args[1].split(","));
		if (modes.contains("broken")) {
			System.err.println("The secret is " + System.getenv("SECRET"));
			System.exit(3);
		}
		if (modes.contains("stubborn")) {
			Runtime.getRuntime().addShutdownHook(new Thread(FakeServer::hang));
		}
		if (modes.contains("stray")) {
			OUT.println("Welcome to this server!");
			OUT.println("{\"some\": \"json\"}");
			OUT.println();
		}
		if (modes.contains("babbling")) {
			for (int i = 0; i < 5000; i++) {
				OUT.println("Line " + i);
			}
		}
		if (modes.contains("noisy")) {
			for (int i = 0; i < 5000; i++) {
				System.err.println("Noise " + i);
			}
		}
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		String line = in.readLine();
		while (line != null) {
			handle(line);
			line = in.readLine();
		}
		if (modes.contains("stubborn")) {
			hang();
		}
	}

	private static void handle(String line) throws IOException {
		String method = find(METHOD, line);
		String id = find(ID, line);
		switch (method) {
			case "initialize" -> {
				if (modes.contains("silent")) {
					hang();
				}
				respond(id,
						"{\"protocolVersion\": \"2025-06-18\", \"capabilities\": {\"tools\": {\"listChanged\": true}}, "
								+ "\"serverInfo\": {\"name\": \"fake\", \"version\": \"1\"}}");
			}
			case "tools/list" -> respond(id, tools());
			case "tools/call" -> call(id, find(NAME, line));
			case "ping" -> ping(id);
			case "notifications/cancelled" -> write("cancelled");
			default -> {
			}
		}
	}

	private static void ping(String id) {
		if (modes.contains("ignorant")) {
			write("ping");
			error(id, -32601, "Method not found");
			return;
		}
		respond(id, "{}");
	}

	private static String tools() {
		StringBuilder tools = new StringBuilder();
		for (String tool : TOOLS) {
			tools.append((tools.isEmpty()) ? "" : ", ")
				.append("{\"name\": \"%s\", \"inputSchema\": {\"type\": \"object\"}".formatted(tool))
				.append(tool.equals("read") ? ", \"annotations\": {\"readOnlyHint\": true}}" : "}");
		}
		String next = (modes.contains("endless")) ? ", \"nextCursor\": \"more\"" : "";
		write("list");
		return "{\"tools\": [%s]%s}".formatted(tools, next);
	}

	private static void call(String id, String tool) throws IOException {
		if (modes.contains("talkative")) {
			for (int i = 0; i < 900; i++) {
				OUT.println("Line " + i);
			}
		}
		boolean first = !Files.exists(log) || !Files.readString(log).contains(tool);
		write(tool);
		switch (tool) {
			case "read", "write" -> {
				if (first && modes.contains("dying")) {
					Runtime.getRuntime().halt(9);
				}
				text(id, "done");
			}
			case "pid" -> text(id, String.valueOf(ProcessHandle.current().pid()));
			case "huge" -> text(id, "x".repeat(3_000_000));
			case "hang" -> hang();
			case "fail" -> error(id, -32000, "No luck");
			case "nothing" -> respond(id, "null");
			case "both" -> respond(id, "{}, \"error\": {}");
			case "add" -> {
				TOOLS.add("added");
				OUT.println("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/tools/list_changed\"}");
				text(id, "added");
			}
			default -> {
				// No response
			}
		}
	}

	private static void text(String id, String text) {
		respond(id, "{\"content\": [{\"type\": \"text\", \"text\": \"%s\"}]}".formatted(text));
	}

	private static void respond(String id, String result) {
		OUT.println("{\"jsonrpc\": \"2.0\", \"id\": %s, \"result\": %s}".formatted(id, result));
	}

	private static void error(String id, int code, String message) {
		OUT.println("{\"jsonrpc\": \"2.0\", \"id\": %s, \"error\": {\"code\": %d, \"message\": \"%s\"}}".formatted(id,
				code, message));
	}

	private static void hang() {
		while (true) {
			LockSupport.park();
		}
	}

	private static void write(String event) {
		try {
			Files.writeString(log, event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String find(Pattern pattern, String line) {
		Matcher matcher = pattern.matcher(line);
		return matcher.find() ? matcher.group(1) : "";
	}

}
