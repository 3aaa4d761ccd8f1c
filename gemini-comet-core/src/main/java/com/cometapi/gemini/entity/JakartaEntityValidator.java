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

package com.cometapi.gemini.entity;

import java.util.List;

import jakarta.validation.Validator;

import org.springframework.util.Assert;

/**
 * Checks the constraints of Jakarta Validation.
 */
public final class JakartaEntityValidator implements GeminiEntityValidator {

	private final Validator validator;

	/**
	 * Create a validator.
	 * @param validator does the work
	 */
	public JakartaEntityValidator(Validator validator) {
		Assert.notNull(validator, "'validator' must not be null");
		this.validator = validator;
	}

	@Override
	public List<String> validate(Object entity) {
		return this.validator.validate(entity)
			.stream()
			.map((violation) -> violation.getPropertyPath() + ": " + violation.getMessage())
			.sorted()
			.toList();
	}

}
