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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

import com.cometapi.gemini.error.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the cause of an exception if its text contains a key.
 */
final class RedactedCause {

	private static final int MAX_LENGTH = 1000;

	private RedactedCause() {
	}

	/**
	 * Return a cause without keys.
	 * @param cause the real cause
	 * @param redactor removes the keys
	 * @return the cause itself, a redacted stand-in with its stack trace, or {@code null}
	 * if there is none
	 */
	static @Nullable Throwable of(@Nullable Throwable cause, Redactor redactor) {
		if (cause == null || isSafe(cause, redactor)) {
			return cause;
		}
		IOException standIn = new IOException(redactor.redact(cause.toString(), MAX_LENGTH));
		standIn.setStackTrace(cause.getStackTrace());
		return standIn;
	}

	private static boolean isSafe(Throwable cause, Redactor redactor) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Throwable> rest = new ArrayDeque<>();
		rest.add(cause);
		while (!rest.isEmpty()) {
			Throwable next = rest.remove();
			if (!seen.add(next)) {
				continue;
			}
			if (!redactor.isClean(next.toString())) {
				return false;
			}
			if (next.getCause() != null) {
				rest.add(next.getCause());
			}
			rest.addAll(Arrays.asList(next.getSuppressed()));
		}
		return true;
	}

}
