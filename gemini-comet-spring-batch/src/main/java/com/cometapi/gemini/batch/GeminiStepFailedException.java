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

package com.cometapi.gemini.batch;

import com.cometapi.gemini.error.GeminiFailure;
import com.cometapi.gemini.error.GeminiFailureCode;

/**
 * Thrown when a step cannot go on, since the following items would fail as well. The job
 * can be restarted when the cause has been removed.
 */
public class GeminiStepFailedException extends RuntimeException implements GeminiFailure {

	private final GeminiFailureCode failureCode;

	GeminiStepFailedException(String message, Throwable cause) {
		super(message, cause);
		this.failureCode = (cause instanceof GeminiFailure failure) ? failure.getFailureCode()
				: GeminiFailureCode.INTERNAL;
	}

	GeminiStepFailedException(String message) {
		super(message);
		this.failureCode = GeminiFailureCode.INTERNAL;
	}

	static GeminiStepFailedException of(Throwable ex) {
		return (ex instanceof GeminiStepFailedException failure) ? failure
				: new GeminiStepFailedException("The step cannot go on: " + ex.getMessage(), ex);
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return this.failureCode;
	}

}
