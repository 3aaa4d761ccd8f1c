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

package com.cometapi.gemini.api;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds all messages and open enums of the package by their class files.
 */
final class Messages {

	private Messages() {
	}

	static Stream<Class<?>> messages() {
		return records().filter((type) -> hasComponent(type, "additional"));
	}

	static Stream<Class<?>> openEnums() {
		return records().filter((type) -> hasComponent(type, "value"));
	}

	static Stream<Class<?>> records() {
		return classes().filter(Class::isRecord);
	}

	static Stream<Class<?>> classes() {
		try {
			Path root = Path.of(Part.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			Path folder = root.resolve(Part.class.getPackageName().replace('.', '/'));
			try (Stream<Path> files = Files.list(folder)) {
				List<String> names = files.map((file) -> file.getFileName().toString())
					.filter((name) -> name.endsWith(".class") && !name.startsWith("package-info"))
					.map((name) -> name.substring(0, name.length() - ".class".length()))
					.sorted()
					.toList();
				return names.stream().map(Messages::load);
			}
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(Part.class.getPackageName() + "." + name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean hasComponent(Class<?> type, String name) {
		return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).anyMatch(name::equals);
	}

}
