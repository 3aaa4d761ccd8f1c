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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Bundles the page with npm. Without npm the sample is compiled as well, and its page
 * says what is missing. Arguments: the sources, a directory to work in and the bundle.
 */
class BuildPage {

	private static final String MISSING = "document.getElementById('page').textContent = "
			+ "'The page is bundled by npm, which could not be run when the sample was compiled.';\n";

	public static void main(String[] args) throws Exception {
		Path sources = Path.of(args[0]);
		Path work = Path.of(args[1]);
		Path bundle = Path.of(args[2]);
		Files.createDirectories(work);
		Files.createDirectories(bundle.getParent());
		boolean changed = copy(sources, work, "package.json") | copy(sources, work, "page.jsx");
		Path built = work.resolve("page.js");
		if (changed || !Files.exists(built)) {
			Files.deleteIfExists(built);
			boolean done = npm(work, "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
					&& npm(work, "run", "build");
			if (!done || !Files.exists(built)) {
				System.err.println("WARNING: The page of the sample could not be bundled, because npm could not be run");
				Files.writeString(bundle, MISSING);
				return;
			}
		}
		Files.copy(built, bundle, StandardCopyOption.REPLACE_EXISTING);
	}

	private static boolean copy(Path sources, Path work, String name) throws IOException {
		Path source = sources.resolve(name);
		Path copy = work.resolve(name);
		if (Files.exists(copy) && Files.mismatch(source, copy) == -1) {
			return false;
		}
		Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
		return true;
	}

	private static boolean npm(Path directory, String... arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(List.of((File.separatorChar == '\\') ? "npm.cmd" : "npm"));
		command.addAll(List.of(arguments));
		try {
			return new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
