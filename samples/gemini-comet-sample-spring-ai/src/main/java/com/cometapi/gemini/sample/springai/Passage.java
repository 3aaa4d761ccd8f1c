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

package com.cometapi.gemini.sample.springai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.springframework.ai.document.Document;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A document of the folder {@code documents}, small enough to be given to the model as a
 * whole.
 *
 * @param name the name that a response cites, such as {@code tickets}
 * @param title the title
 * @param text the text without the title
 */
record Passage(String name, String title, String text) {

	Document document() {
		return new Document(this.name, "[%s] %s\n%s".formatted(this.name, this.title, this.text),
				Map.of("title", this.title, "text", this.text));
	}

	static Passage of(Document document) {
		return new Passage(document.getId(), String.valueOf(document.getMetadata().get("title")),
				String.valueOf(document.getMetadata().get("text")));
	}

	static List<Passage> all() {
		try {
			Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:documents/*.md");
			return Arrays.stream(files).map(Passage::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Passage read(Resource file) {
		try {
			String[] parts = file.getContentAsString(StandardCharsets.UTF_8).split("\\R", 2);
			String name = String.valueOf(file.getFilename()).replaceFirst("\\.md$", "");
			return new Passage(name, parts[0].replaceFirst("^# ", ""), parts[1].strip().replaceAll("\\s*\\R\\s*", " "));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
