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

package com.cometapi.gemini.springai;

import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.util.Assert;

/**
 * The tokens of a response. Thinking tokens count as completion tokens, as they are
 * billed, and tokens of built-in tools as prompt tokens.
 *
 * @param usageMetadata the usage as the API reported it
 */
public record GeminiCometUsage(UsageMetadata usageMetadata) implements Usage {

	/**
	 * Create a usage.
	 */
	public GeminiCometUsage {
		Assert.notNull(usageMetadata, "'usageMetadata' must not be null");
	}

	@Override
	public Integer getPromptTokens() {
		return sum(this.usageMetadata.promptTokenCount(), this.usageMetadata.toolUsePromptTokenCount());
	}

	@Override
	public Integer getCompletionTokens() {
		Integer visible = this.usageMetadata.candidatesTokenCount();
		return sum((visible != null) ? visible : this.usageMetadata.responseTokenCount(), getThoughtsTokens());
	}

	@Override
	public Integer getTotalTokens() {
		Integer total = this.usageMetadata.totalTokenCount();
		return (total != null) ? total : sum(getPromptTokens(), getCompletionTokens());
	}

	/**
	 * Return the tokens of the model's thoughts, which are a part of the completion
	 * tokens.
	 * @return the number of tokens, or {@code null} if the API did not report it
	 */
	public @Nullable Integer getThoughtsTokens() {
		return this.usageMetadata.thoughtsTokenCount();
	}

	@Override
	public @Nullable Long getCacheReadInputTokens() {
		Integer cached = this.usageMetadata.cachedContentTokenCount();
		return (cached != null) ? cached.longValue() : null;
	}

	@Override
	public UsageMetadata getNativeUsage() {
		return this.usageMetadata;
	}

	private static int sum(@Nullable Integer first, @Nullable Integer second) {
		return ((first != null) ? first : 0) + ((second != null) ? second : 0);
	}

}
