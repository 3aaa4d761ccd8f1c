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

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that uses the reference server until it is killed. Prints the id of the
 * server's process.
 */
public final class KilledApplication {

	private KilledApplication() {
	}

	public static void main(String[] args) {
		GeminiMcpServer
			.create(GeminiMcpServerSettings.stdio("every", "node", args[0], "stdio")
				.connectTimeout(Duration.ofSeconds(60))
				.build())
			.connect();
		ProcessHandle.current().children().forEach((child) -> System.out.println("PID " + child.pid()));
		while (true) {
			LockSupport.park();
		}
	}

}
