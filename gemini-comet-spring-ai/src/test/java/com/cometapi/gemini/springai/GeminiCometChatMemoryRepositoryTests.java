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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository;
import com.cometapi.gemini.chat.jdbc.JdbcGeminiChatRepository;
import com.cometapi.gemini.chat.redis.RedisGeminiChatRepository;
import com.cometapi.gemini.testsupport.TestRedis;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiCometChatMemoryRepository}.
 */
class GeminiCometChatMemoryRepositoryTests {

	@AutoClose
	private static final TestRedis REDIS = new TestRedis();

	static final List<GeminiChatRepository> STORES = List.of(
			new InMemoryGeminiChatRepository(1000, GeminiChatRetention.UNLIMITED), jdbc(),
			new RedisGeminiChatRepository(REDIS.connections(), "chat:", GeminiChatRetention.UNLIMITED),
			new PlainRepository());

	private static GeminiChatRepository jdbc() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(new ClassPathResource("com/cometapi/gemini/chat/jdbc/schema-h2.sql"))
			.execute(database);
		return new JdbcGeminiChatRepository(database, GeminiChatRetention.UNLIMITED);
	}

	private final String id = UUID.randomUUID().toString();

	@ParameterizedTest
	@FieldSource("STORES")
	void messagesAreReadAsTheyWereSaved(GeminiChatRepository store) {
		GeminiCometChatMemoryRepository repository = new GeminiCometChatMemoryRepository(store);
		List<Message> messages = messages();
		repository.saveAll(this.id, messages);
		assertThat(repository.findByConversationId(this.id)).isEqualTo(messages);
		repository.saveAll(this.id, messages);

		assertThat(repository.findByConversationId(this.id)).isEqualTo(messages);
		assertThat(store.find("spring-ai:" + this.id))
			.hasValueSatisfying((stored) -> assertThat(stored.version()).isOne());
	}

	private static List<Message> messages() {
		Content received = Content.model(Part.text("Let me ").toBuilder().thought(true).build(), Part.text("see"),
				Part.builder()
					.functionCall(com.cometapi.gemini.api.FunctionCall.of("weather", Map.of("city", "Paris")))
					.thoughtSignature("c2ln")
					.additional(Map.of("new", List.of(1, "a")))
					.build());
		return List.of(SystemMessage.builder().text("Be brief.").metadata(Map.of("a", "b")).build(),
				UserMessage.builder().text("Weather?").metadata(Map.of("tenant", "a", "n", List.of(1, true))).build(),
				AssistantMessage.builder()
					.content("see")
					.properties(Map.of(GeminiCometMetadata.CONTENT, received, GeminiCometMetadata.THOUGHTS, "Let me "))
					.toolCalls(List.of(new ToolCall("", "function", "weather", "{\"city\":\"Paris\"}")))
					.build(),
				ToolResponseMessage.builder()
					.responses(List.of(new ToolResponse("", "weather", "{\"sky\":  \"blue\"}")))
					.metadata(Map.of("k", "v"))
					.build(),
				AssistantMessage.builder()
					.content("changed by an advisor")
					.properties(Map.of(GeminiCometMetadata.CONTENT, received))
					.build(),
				AssistantMessage.builder()
					.content(null)
					.toolCalls(List.of(new ToolCall("c1", "function", "now", "{}")))
					.build(),
				new AssistantMessage("of another model"));
	}

	@ParameterizedTest
	@FieldSource("STORES")
	void toolCallOfAnotherModelNeedsNoId(GeminiChatRepository store) {
		GeminiCometChatMemoryRepository repository = new GeminiCometChatMemoryRepository(store);
		repository.saveAll(this.id, List
			.of(AssistantMessage.builder().toolCalls(List.of(new ToolCall(null, "function", "now", "{}"))).build()));

		AssistantMessage message = (AssistantMessage) repository.findByConversationId(this.id).get(0);
		assertThat(message.getToolCalls()).extracting(ToolCall::name).containsExactly("now");
	}

	@ParameterizedTest
	@FieldSource("STORES")
	void mediaAreReadAsTheyWereSaved(GeminiChatRepository store) {
		GeminiCometChatMemoryRepository repository = new GeminiCometChatMemoryRepository(store);
		repository.saveAll(this.id,
				List.of(UserMessage.builder()
					.text("What is it?")
					.media(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2 })),
							new Media(MimeTypeUtils.IMAGE_PNG, URI.create("https://example.com/a.png")))
					.build()));

		UserMessage message = (UserMessage) repository.findByConversationId(this.id).get(0);
		assertThat(message.getMedia().get(0).getDataAsByteArray()).containsExactly(1, 2);
		assertThat(message.getMedia().get(1).getData()).isEqualTo("https://example.com/a.png");
	}

	@ParameterizedTest
	@FieldSource("STORES")
	void memoryKeepsTheLastMessages(GeminiChatRepository store) {
		GeminiCometChatMemoryRepository repository = new GeminiCometChatMemoryRepository(store);
		ChatMemory memory = MessageWindowChatMemory.builder().chatMemoryRepository(repository).maxMessages(4).build();
		for (int i = 0; i < 6; i++) {
			memory.add(this.id, List.of(new UserMessage("q" + i), new AssistantMessage("a" + i)));
		}
		assertThat(memory.get(this.id)).extracting(Message::getText).containsExactly("q4", "a4", "q5", "a5");

		memory.clear(this.id);
		assertThat(memory.get(this.id)).isEmpty();
	}

	@ParameterizedTest
	@FieldSource("STORES")
	void savedMessagesReplaceTheEarlierOnes(GeminiChatRepository store) {
		GeminiCometChatMemoryRepository repository = new GeminiCometChatMemoryRepository(store);
		repository.saveAll(this.id, List.of(new UserMessage("a"), new UserMessage("b")));
		repository.saveAll(this.id, List.of(new UserMessage("b"), new UserMessage("c")));
		repository.saveAll(this.id, List.of(new UserMessage("b"), new UserMessage("c"), new UserMessage("d")));
		assertThat(repository.findByConversationId(this.id)).extracting(Message::getText)
			.containsExactly("b", "c", "d");

		repository.saveAll(this.id, List.of());
		assertThat(repository.findByConversationId(this.id)).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> repository.findByConversationId(" "));
	}

	@ParameterizedTest
	@FieldSource("STORES")
	void onlyConversationsOfTheMemoryAreFound(GeminiChatRepository store) {
		GeminiCometChatMemoryRepository repository = new GeminiCometChatMemoryRepository(store);
		if (store instanceof PlainRepository) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(repository::findConversationIds);
			return;
		}
		store.append(this.id, 0, List.of(new GeminiConversation.Turn(List.of(Content.user("a")), null, null, null)));
		repository.saveAll(this.id + "-own", List.of(new UserMessage("a")));

		assertThat(repository.findConversationIds()).contains(this.id + "-own").doesNotContain(this.id);
	}

	/**
	 * A store with the required methods only.
	 */
	private static final class PlainRepository implements GeminiChatRepository {

		private final InMemoryGeminiChatRepository turns = new InMemoryGeminiChatRepository(1000,
				GeminiChatRetention.UNLIMITED);

		@Override
		public Optional<GeminiConversation> find(String id) {
			return this.turns.find(id);
		}

		@Override
		public void append(String id, long version, List<GeminiConversation.Turn> turns) {
			// Stores the turns as they are read from JSON, as a database does.
			List<GeminiConversation.Turn> read = new ArrayList<>();
			turns.forEach((turn) -> read.add(GeminiConversation.Turn.fromJson(turn.toJson())));
			this.turns.append(id, version, read);
		}

		@Override
		public void delete(String id) {
			this.turns.delete(id);
		}

	}

}
