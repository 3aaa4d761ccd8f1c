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

import org.springframework.util.Assert;

/**
 * Origin of a function that is not part of the application. Helps an approval to decide.
 * All values but the source are claims of the provider of the function: trust them only
 * as far as you trust the provider.
 *
 * @param source the name of the {@link GeminiFunctionSource}
 * @param name the name that the source gives the function, which may differ from the one
 * that models see
 * @param readOnly whether the function claims to change nothing
 * @param idempotent whether the function claims that a repeated call changes nothing more
 * @param destructive whether the function may delete or overwrite something
 */
public record GeminiFunctionOrigin(String source, String name, boolean readOnly, boolean idempotent,
		boolean destructive) {

	/**
	 * Create an origin.
	 */
	public GeminiFunctionOrigin {
		Assert.hasText(source, "'source' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * Return whether a call may be repeated without a further effect.
	 * @return {@code true} if the function claims to be read-only or idempotent
	 */
	public boolean isRepeatable() {
		return this.readOnly || this.idempotent;
	}

}
