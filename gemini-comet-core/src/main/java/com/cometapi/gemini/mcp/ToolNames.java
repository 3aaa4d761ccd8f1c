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

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.util.DigestUtils;

/**
 * Maps the names of tools to names that the API accepts. The name of a tool depends on
 * the other tools only if two would get the same.
 */
final class ToolNames {

	private static final int MAX_LENGTH = 64;

	private static final int HASH_LENGTH = 6;

	private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^A-Za-z0-9_-]");

	private ToolNames() {
	}

	/**
	 * Return the names that models see.
	 * @param prefix the prefix of the names
	 * @param tools the names that the server gives its tools
	 * @return the names by those of the server, in the given order
	 */
	static Map<String, String> of(String prefix, Collection<String> tools) {
		Set<String> taken = new HashSet<>();
		Map<String, String> names = new LinkedHashMap<>();
		// Tools that keep their names come first, whatever the order.
		tools.forEach((tool) -> names.put(tool, (isAccepted(prefix + tool)) ? prefix + tool : ""));
		taken.addAll(names.values());
		names.replaceAll((tool, name) -> (name.isEmpty()) ? adapt(prefix, tool, taken) : name);
		return names;
	}

	private static boolean isAccepted(String name) {
		return name.length() <= MAX_LENGTH && !OTHER_CHARACTERS.matcher(name).find() && isStart(name.charAt(0));
	}

	private static boolean isStart(char first) {
		return Character.isLetter(first) || first == '_';
	}

	private static String adapt(String prefix, String tool, Set<String> taken) {
		String name = OTHER_CHARACTERS.matcher(prefix + tool).replaceAll("_");
		if (!isStart(name.charAt(0))) {
			name = "_" + name;
		}
		if (name.length() > MAX_LENGTH || !taken.add(name)) {
			String hash = DigestUtils.md5DigestAsHex(tool.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
			name = name.substring(0, Math.min(name.length(), MAX_LENGTH - HASH_LENGTH - 1)) + "_" + hash;
			taken.add(name);
		}
		return name;
	}

}
