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
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Bytes of the live objects of each class.
 *
 * @param bytes the bytes by the name of the class
 */
record ClassHistogram(Map<String, Long> bytes) {

	/**
	 * The system property with the file for the histogram of open streams.
	 */
	static final String PROPERTY = "benchmarks.histogram";

	private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");

	static ClassHistogram take() {
		try {
			String text = (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			return parse(text);
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ClassHistogram parse(String text) {
		return new ClassHistogram(LINE.matcher(text)
			.results()
			.collect(Collectors.toMap((line) -> line.group(2), (line) -> Long.valueOf(line.group(1)), Long::sum)));
	}

	/**
	 * Write the growth per stream since an earlier histogram, in the same format.
	 * @param file the file
	 * @param before the earlier histogram
	 * @param streams the number of streams
	 */
	void write(Path file, ClassHistogram before, int streams) {
		try {
			Files.write(file,
					(Iterable<String>) this.bytes.entrySet()
						.stream()
						.map((type) -> "1: 1 "
								+ Math.max(0, type.getValue() - before.bytes.getOrDefault(type.getKey(), 0L)) / streams
								+ " " + type.getKey())::iterator);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static ClassHistogram read(Path file) throws IOException {
		return parse(Files.readString(file));
	}

}
