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

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.prompt.ContentRoles;

/**
 * Checks conversations from untrusted sources.
 */
final class ConversationChecks {

	private ConversationChecks() {
	}

	/**
	 * Check that the roles are known and that no content is empty.
	 * @param conversation the conversation
	 * @throws GeminiInvalidConversationException otherwise
	 */
	static void checkContents(GeminiConversation conversation) {
		for (int i = 0; i < conversation.turns().size(); i++) {
			List<Content> contents = conversation.turns().get(i).contents();
			for (int j = 0; j < contents.size(); j++) {
				Content content = contents.get(j);
				String path = path(i, j);
				require(ContentRoles.isKnown(content.role()), path + ".role", ContentRoles.refusal(content.role()));
				require(!content.parts().isEmpty(), path + ".parts", "it must not be empty");
			}
		}
	}

	/**
	 * Check that a conversation consists of texts and media of the user and the model,
	 * and return it without usage and costs.
	 * @param conversation the conversation
	 * @return its messages
	 * @throws GeminiInvalidConversationException if there is anything else
	 */
	static GeminiConversation messagesOnly(GeminiConversation conversation) {
		List<Turn> turns = new ArrayList<>();
		for (int i = 0; i < conversation.turns().size(); i++) {
			List<Content> contents = conversation.turns().get(i).contents();
			for (int j = 0; j < contents.size(); j++) {
				checkMessage(contents.get(j), (j % 2 == 0) ? "user" : "model", path(i, j));
			}
			turns.add(new Turn(contents, null, null, null));
		}
		return new GeminiConversation(turns.size(), turns);
	}

	private static void checkMessage(Content content, String role, String path) {
		require(role.equals(content.role()), path + ".role", "it must be '%s'".formatted(role));
		require(content.additional().isEmpty(), path, "it must have no members but 'role' and 'parts'");
		require(!content.parts().isEmpty(), path + ".parts", "it must not be empty");
		for (int i = 0; i < content.parts().size(); i++) {
			Part part = content.parts().get(i);
			Blob medium = part.inlineData();
			boolean plain = (part.text() != null) ? part.equals(Part.text(part.text()))
					: medium != null && part.equals(Part.inlineData(medium)) && isPlain(medium);
			require(plain, path + ".parts[%s]".formatted(i),
					"it must be a text or inline media, without other members");
		}
	}

	private static boolean isPlain(Blob medium) {
		return medium.mimeType() != null && medium.data() != null && medium.additional().isEmpty();
	}

	private static String path(int turn, int content) {
		return "turns[%s].contents[%s]".formatted(turn, content);
	}

	private static void require(boolean condition, String path, String problem) {
		if (!condition) {
			throw new GeminiInvalidConversationException(path, problem, null);
		}
	}

}
