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

package com.cometapi.gemini.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InMemoryGeminiChatRepository}.
 */
class InMemoryGeminiChatRepositoryTests extends AbstractGeminiChatRepositoryTests {

	private Instant now = Instant.EPOCH;

	private InMemoryGeminiChatRepository shared;

	@Override
	protected GeminiChatRepository create(GeminiChatRetention retention) {
		if (!GeminiChatRetention.UNLIMITED.equals(retention)) {
			return new InMemoryGeminiChatRepository(10, retention, () -> this.now);
		}
		this.shared = (this.shared != null) ? this.shared : new InMemoryGeminiChatRepository(10, retention);
		return this.shared;
	}

	@Override
	protected void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	@Test
	void leastRecentlyUsedConversationIsRemoved() {
		InMemoryGeminiChatRepository small = new InMemoryGeminiChatRepository(2, GeminiChatRetention.UNLIMITED);
		small.append("a", 0, List.of(turn("a")));
		small.append("b", 0, List.of(turn("b")));
		small.find("a");
		small.append("c", 0, List.of(turn("c")));

		assertThat(small.find("a")).isPresent();
		assertThat(small.find("b")).isEmpty();
		assertThat(small.find("c")).isPresent();
	}

	@Test
	void expiredConversationsAreRemovedFromMemory() {
		InMemoryGeminiChatRepository expiring = new InMemoryGeminiChatRepository(10,
				new GeminiChatRetention(Duration.ofMinutes(1), null), () -> this.now);
		expiring.append("a", 0, List.of(turn("a")));
		pass(Duration.ofMinutes(2));
		expiring.append("b", 0, List.of(turn("b")));

		assertThat(expiring.size()).isOne();
	}

	@Test
	void limitsMustBePositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new InMemoryGeminiChatRepository(0, GeminiChatRetention.UNLIMITED));
		assertThatIllegalArgumentException().isThrownBy(() -> new GeminiChatRetention(Duration.ZERO, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new GeminiChatRetention(null, 0));
	}

}
