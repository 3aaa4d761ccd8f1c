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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * Packages of npm for tests that need programs of other projects. They are installed
 * once, below the folder of the build. Without Node or npm, or if the packages cannot be
 * fetched, a test that needs them is skipped and says so.
 */
public final class NodePackages {

	private static final int MIN_NODE = 20;

	private NodePackages() {
	}

	/**
	 * Return the file of a package, which is installed if necessary.
	 * @param name the name of the package
	 * @param version its version
	 * @param file the file below its folder
	 * @return the file
	 */
	public static synchronized Path file(String name, String version, String file) {
		Path folder = Path.of("target", "npm", name.replaceAll("\\W+", "-") + "-" + version).toAbsolutePath();
		Path found = folder.resolve("node_modules").resolve(name).resolve(file);
		try {
			Files.createDirectories(folder);
			// Test classes run at the same time in processes of their own
			try (FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				lock.lock();
				Path done = folder.resolve("installed");
				if (!Files.exists(done)) {
					install(folder, name + "@" + version);
					Files.createFile(done);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private static void install(Path folder, String spec) {
		String node = run(folder, List.of("node", "--version"), 1).strip();
		Assumptions.assumeTrue(
				node.matches("v\\d+\\..*") && Integer.parseInt(node.substring(1, node.indexOf('.'))) >= MIN_NODE,
				"SKIPPED: this test needs Node 20: " + node);
		String output = run(folder, List.of("npm", "install", "--no-audit", "--no-fund", "--no-save",
				"--ignore-scripts", "--prefix", folder.toString(), spec), 5);
		Assumptions.assumeTrue(output.contains("added "),
				"SKIPPED: this test needs npm and its package " + spec + ": " + output);
	}

	private static String run(Path folder, List<String> command, int minutes) {
		try {
			Files.createDirectories(folder);
			Path log = folder.resolve(command.get(0) + ".log");
			Process process = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
				process.destroyForcibly();
			}
			return Files.readString(log);
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
