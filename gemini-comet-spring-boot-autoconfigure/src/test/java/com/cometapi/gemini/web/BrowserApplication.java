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

import java.io.IOException;
import java.lang.management.ManagementFactory;

import com.cometapi.gemini.GeminiTemplate;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An application that streams to browsers, and reports its threads and its memory.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class BrowserApplication {

	private final GeminiTemplate gemini;

	private final ObjectProvider<GeminiSseEmitters> sse;

	private final GeminiServerSentEvents events;

	BrowserApplication(GeminiTemplate gemini, ObjectProvider<GeminiSseEmitters> sse, GeminiServerSentEvents events) {
		this.gemini = gemini;
		this.sse = sse;
		this.events = events;
	}

	@GetMapping("/chat/{model}")
	SseEmitter chat(@PathVariable String model) {
		return this.sse.getObject().emitter(this.gemini.prompt("Hi").model(model).stream());
	}

	@GetMapping("/events/{model}")
	ResponseEntity<Flux<ServerSentEvent<String>>> events(@PathVariable String model) {
		return this.events.response(this.gemini.prompt("Hi").model(model).stream());
	}

	@GetMapping("/threads")
	String threads() {
		return String.valueOf(ManagementFactory.getThreadMXBean().getThreadCount());
	}

	@GetMapping("/heap")
	String heap() {
		System.gc();
		return String.valueOf(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
	}

	/**
	 * Run.
	 * @param args the file for the port and the properties
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] args) throws IOException {
		ForkedApplication.run(BrowserApplication.class, args);
	}

}
