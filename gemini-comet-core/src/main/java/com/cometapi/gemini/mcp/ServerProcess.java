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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of a server. Inherits only those variables of the environment that programs
 * need to run, so that the keys of the application stay its own.
 */
final class ServerProcess {

	private static final Set<String> INHERITED = Set.of("HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM",
			"TMPDIR", "TZ", "USER", "APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATHEXT",
			"PROCESSOR_ARCHITECTURE", "PROGRAMDATA", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP",
			"USERNAME", "USERPROFILE");

	private final Process process;

	private final Duration closeTimeout;

	private ServerProcess(Process process, Duration closeTimeout) {
		this.process = process;
		this.closeTimeout = closeTimeout;
	}

	static ServerProcess start(GeminiMcpServerSettings settings) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(
				Stream.concat(Stream.of(String.valueOf(settings.command())), settings.args().stream()).toList());
		if (settings.directory() != null) {
			builder.directory(settings.directory().toFile());
		}
		Map<String, String> inherited = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		builder.environment().forEach((name, value) -> {
			if (INHERITED.contains(name.toUpperCase(Locale.ROOT))) {
				inherited.put(name, value);
			}
		});
		builder.environment().clear();
		builder.environment().putAll(inherited);
		builder.environment().putAll(settings.env());
		return new ServerProcess(builder.start(), settings.closeTimeout());
	}

	Process process() {
		return this.process;
	}

	/**
	 * Describe the end of the process for messages. Waits up to a second for it.
	 * @return the description
	 */
	String describeEnd() {
		try {
			if (this.process.waitFor(1, TimeUnit.SECONDS)) {
				return "the process ended with exit code %d".formatted(this.process.exitValue());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return "the process closed its output";
	}

	/**
	 * End the process with all that it has started: close its input, then ask it to end,
	 * then kill it. Blocks.
	 */
	void end() {
		List<ProcessHandle> descendants = this.process.descendants().toList();
		closeInput();
		if (!ended()) {
			descendants = this.process.descendants().toList();
			this.process.destroy();
			descendants.forEach(ProcessHandle::destroy);
			if (!ended()) {
				this.process.destroyForcibly();
			}
		}
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	// On a thread of its own, since closing blocks while a write waits for the process to
	// read.
	private void closeInput() {
		Thread thread = new Thread(null, () -> {
			try {
				this.process.getOutputStream().close();
			}
			catch (IOException ex) {
				// The process does not read any more.
			}
		}, Thread.currentThread().getName() + "-input", 0, false);
		thread.setDaemon(true);
		thread.start();
	}

	private boolean ended() {
		try {
			return this.process.waitFor(this.closeTimeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
