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
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Reports the results to the console and to a Markdown file.
 */
final class Report {

	private final PrintStream console;

	private final @Nullable Path file;

	private final StringBuilder text = new StringBuilder();

	Report(PrintStream console, @Nullable Path file) {
		this.console = console;
		this.file = file;
	}

	// The file is written again each time, so that a long run that is interrupted leaves
	// its results so far.
	void add(String part) throws IOException {
		this.console.println(part);
		this.text.append(part).append('\n');
		if (this.file != null) {
			if (this.file.getParent() != null) {
				Files.createDirectories(this.file.getParent());
			}
			Files.writeString(this.file, this.text);
		}
	}

}
