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

package com.cometapi.gemini;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.sun.management.ThreadMXBean;
import reactor.netty.http.client.HttpClient;

import org.springframework.core.io.FileSystemResource;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An application in a JVM of its own that sends or receives media. For each case, it
 * writes the number of allocated bytes or the exception to a report.
 */
public final class MediaMemory {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private MediaMemory() {
	}

	/**
	 * Run the cases and write the report.
	 * @param args the address of the server, the file for the report, the folder for the
	 * media, and the cases: an operation and the size of its medium in megabytes
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] args) throws IOException {
		List<String> report = new ArrayList<>();
		Path medium = Path.of(args[2], "medium.png");
		for (String name : Arrays.asList(args).subList(3, args.length)) {
			report.add(name + ": " + run(args[0], name, medium));
			report.add("file of " + name + ": " + ((Files.exists(medium)) ? Files.size(medium) : 0));
		}
		Files.write(Path.of(args[1]), report);
	}

	private static String run(String url, String name, Path medium) throws IOException {
		String operation = name.split(" ")[0];
		int size = Integer.parseInt(name.split(" ")[1]);
		boolean sends = operation.equals("resource") || operation.equals("bytes");
		Files.write(medium, new byte[(sends) ? size * 1024 * 1024 : 0]);
		GeminiTemplate gemini = template(URI.create(url + "/" + ((sends) ? 0 : size)));
		Runnable call = switch (operation) {
			case "resource" -> () -> gemini.prompt("Hi").media(new FileSystemResource(medium)).call();
			case "bytes" -> bytes(gemini, medium);
			case "receive" -> () -> length(gemini.prompt("Hi").call().parts().get(0));
			case "stream" ->
				() -> gemini.prompt("Hi").stream().doOnNext((event) -> length(event.parts().get(0))).blockLast();
			case "receiveToSink" ->
				() -> gemini.prompt("Hi").mediaSink((mimeType) -> Files.newOutputStream(medium)).call();
			case "streamToSink" ->
				() -> gemini.prompt("Hi").mediaSink((mimeType) -> Files.newOutputStream(medium)).stream().blockLast();
			default -> throw new IllegalArgumentException(name);
		};
		try {
			// The first call also loads classes.
			call.run();
			long before = allocated();
			call.run();
			return String.valueOf(allocated() - before);
		}
		catch (GeminiException ex) {
			return ex.toString().replaceAll("\\R", " ");
		}
	}

	private static Runnable bytes(GeminiTemplate gemini, Path medium) throws IOException {
		byte[] bytes = Files.readAllBytes(medium);
		return () -> gemini.prompt("Hi").media(MimeTypeUtils.IMAGE_PNG, bytes).call();
	}

	private static void length(Part part) {
		try {
			part.inlineData().data().writeTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long allocated() {
		return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	private static GeminiTemplate template(URI url) {
		WebClient.Builder webClient = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create()));
		GeminiClientSettings settings = GeminiClientSettings.builder("sk-memory").baseUrl(url).build();
		return new GeminiTemplate(GeminiClient.create(webClient, GeminiJsonMapper.builder().build(), settings),
				GeminiDefaults.of("gemini-3.1-flash-image"));
	}

}
