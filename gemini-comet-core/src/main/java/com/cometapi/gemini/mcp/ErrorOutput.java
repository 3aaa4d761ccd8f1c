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

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import com.cometapi.gemini.error.Redactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes the error output of a process to the log, without secrets, and at most 100 lines
 * a minute.
 */
final class ErrorOutput {

	private static final Log logger = LogFactory.getLog(ErrorOutput.class);

	private static final int MAX_LINE = 1000;

	private static final int MAX_LINES_PER_MINUTE = 100;

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final String server;

	private final Redactor redactor;

	private volatile String lastLine = "";

	private long minuteStart = System.nanoTime();

	private int lines;

	ErrorOutput(String server, Redactor redactor) {
		this.server = server;
		this.redactor = redactor;
	}

	/**
	 * Read the output until its end. Blocks.
	 * @param output the output
	 */
	void drain(InputStream output) {
		try {
			LineReader reader = new LineReader(output, MAX_LINE);
			String line = reader.readLine();
			while (line != null) {
				log(this.redactor.redact(line, MAX_LINE).replaceAll("\\p{Cntrl}", " ").strip());
				line = reader.readLine();
			}
		}
		catch (IOException ex) {
			logger.debug("Could not read the error output of the MCP server '%s'".formatted(this.server), ex);
		}
	}

	private void log(String line) {
		if (line.isEmpty()) {
			return;
		}
		this.lastLine = line;
		long now = System.nanoTime();
		if (now - this.minuteStart > MINUTE) {
			if (this.lines > MAX_LINES_PER_MINUTE) {
				logger.info("[%s] %d more lines".formatted(this.server, this.lines - MAX_LINES_PER_MINUTE));
			}
			this.minuteStart = now;
			this.lines = 0;
		}
		if (++this.lines <= MAX_LINES_PER_MINUTE) {
			logger.info("[%s] %s".formatted(this.server, line));
		}
	}

	/**
	 * Return the last line, for messages.
	 * @return the line after a colon, or empty if there is none
	 */
	String describeLastLine() {
		String line = this.lastLine;
		return line.isEmpty() ? "" : ": " + ((line.length() > 200) ? line.substring(0, 200) + "…" : line);
	}

}
