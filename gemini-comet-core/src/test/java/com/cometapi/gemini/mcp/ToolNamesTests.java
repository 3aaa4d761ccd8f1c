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

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolNames}.
 */
class ToolNamesTests {

	@Test
	void namesHaveThePrefix() {
		assertThat(ToolNames.of("files_", List.of("read", "write-all")))
			.isEqualTo(Map.of("read", "files_read", "write-all", "files_write-all"));
	}

	@Test
	void otherCharactersAreReplaced() {
		assertThat(ToolNames.of("", List.of("fs.read", "lire été", "1st")))
			.isEqualTo(Map.of("fs.read", "fs_read", "lire été", "lire__t_", "1st", "_1st"));
	}

	@Test
	void similarNamesStayUniqueInAnyOrder() {
		Map<String, String> names = ToolNames.of("", List.of("a.b", "a_b", "a/b"));

		assertThat(names).containsEntry("a_b", "a_b");
		assertThat(Set.copyOf(names.values())).hasSize(3)
			.allSatisfy((name) -> assertThat(name).matches("a_b(_[0-9a-f]{6})?"));
		assertThat(ToolNames.of("", List.of("a_b", "a.b", "a/b"))).isEqualTo(names);
	}

	@Test
	void longNamesAreShortenedAndStayUnique() {
		Map<String, String> names = ToolNames.of("files_", List.of("x".repeat(128), "x".repeat(127)));

		assertThat(Set.copyOf(names.values())).hasSize(2)
			.allSatisfy((name) -> assertThat(name).matches("files_x+_[0-9a-f]{6}").hasSize(64));
	}

}
