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

package com.cometapi.gemini.function;

/**
 * Wraps an {@link Error} of a function, such as that of an endless recursion, which
 * Reactor might not propagate so that the prompt would hang.
 */
final class WrappedError extends RuntimeException {

	private WrappedError(Error cause) {
		super(cause);
	}

	static Throwable of(Throwable thrown) {
		return (thrown instanceof Error error) ? new WrappedError(error) : thrown;
	}

	static Throwable causeOf(Throwable failure) {
		return (failure instanceof WrappedError && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
