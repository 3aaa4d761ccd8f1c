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

package com.cometapi.gemini.prompt

import com.cometapi.gemini.api.Content
import com.cometapi.gemini.api.GenerateContentRequest
import com.cometapi.gemini.api.Part
import com.cometapi.gemini.awaitGenerateContent
import com.cometapi.gemini.awaitModels
import com.cometapi.gemini.chat.GeminiChat
import com.cometapi.gemini.chat.GeminiChatRetention
import com.cometapi.gemini.chat.GeminiChatWindow
import com.cometapi.gemini.chat.GeminiChats
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository
import com.cometapi.gemini.chat.awaitBegin
import com.cometapi.gemini.chat.awaitClear
import com.cometapi.gemini.chat.awaitConversation
import com.cometapi.gemini.chat.awaitFork
import com.cometapi.gemini.chat.awaitRewind
import com.cometapi.gemini.error.GeminiNoMediaException
import com.cometapi.gemini.error.GeminiServerException
import com.cometapi.gemini.generateContentAsFlow
import com.cometapi.gemini.testsupport.GeminiServer
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AutoClose
import org.junit.jupiter.api.Test

/**
 * Tests of the coroutine extensions.
 */
class KotlinPromptTests {

	@AutoClose
	private val server = GeminiServer()

	private val gemini = server.template()

	@Test
	fun promptIsAwaited() = runBlocking<Unit> {
		server.answerText("Hello").answerText("you").answerText("there")
		assertThat(gemini.prompt("Hi").await().text()).isEqualTo("Hello")
		assertThat(gemini.prompt("Hi").awaitText()).isEqualTo("you")
		assertThat(gemini.prompt("Hi").awaitResult().response().text()).isEqualTo("there")
		assertThat(server.requestCount()).isEqualTo(3)
	}

	@Test
	fun streamIsAFlowThatIsSentWhenItIsCollected() = runBlocking<Unit> {
		val events = gemini.prompt("Hi").asFlow().map { it.text() }
		val text = gemini.prompt("Hi").textAsFlow()
		assertThat(server.requestCount()).isZero()
		server.answerTextEvents("Hel", "lo").answerTextEvents("Go", "od")
		assertThat(events.toList()).containsExactly("Hel", "lo")
		assertThat(text.toList()).containsExactly("Go", "od")
	}

	@Test
	fun requestIsSentAsItIs() = runBlocking<Unit> {
		val request = GenerateContentRequest.builder().contents(Content.user("Hi")).build()
		server.answerText("Hello").answerTextEvents("Hel", "lo")
		assertThat(gemini.awaitGenerateContent(request).text()).isEqualTo("Hello")
		assertThat(gemini.generateContentAsFlow(request).toList()).hasSize(2)
		server.answer("{'models': [{'name': 'models/gemini-3.5-flash'}]}")
		assertThat(gemini.awaitModels().map { it.name() }).containsExactly("models/gemini-3.5-flash")
	}

	@Test
	fun failureIsThrown() {
		server.answerStatus(500)
		assertThatExceptionOfType(GeminiServerException::class.java)
			.isThrownBy { runBlocking { gemini.prompt("Hi").awaitText() } }
		server.answerStatus(500)
		assertThatExceptionOfType(GeminiServerException::class.java)
			.isThrownBy { runBlocking { gemini.prompt("Hi").textAsFlow().toList() } }
		server.answerText("No picture")
		assertThatExceptionOfType(GeminiNoMediaException::class.java)
			.isThrownBy { runBlocking { gemini.prompt("Hi").awaitImage() } }
	}

	@Test
	fun chatIsAwaited() = runBlocking<Unit> {
		val chat = GeminiChat.create(gemini)
		server.answerText("4").answerText("8")
		assertThat(chat.prompt("What is 2+2?").awaitText()).isEqualTo("4")
		val fork = chat.awaitFork()
		assertThat(fork.prompt("And twice as much?").awaitText()).isEqualTo("8")
		assertThat(server.lastTexts()).isEqualTo("What is 2+2?|4|And twice as much?")
		assertThat(chat.awaitConversation().turns()).hasSize(1)
		chat.awaitRewind(Part.text("What is 2+2?"))
		assertThat(chat.awaitConversation().turns()).isEmpty()
		chat.awaitClear()
		assertThat(chat.awaitConversation().turns()).isEmpty()
	}

	@Test
	fun conversationIsBegunWithTurns() = runBlocking<Unit> {
		server.answerText("4")
		val earlier = GeminiChat.create(gemini)
		earlier.prompt("What is 2+2?").awaitText()
		val chats = GeminiChats(gemini, InMemoryGeminiChatRepository(10, GeminiChatRetention.UNLIMITED), GeminiChatWindow.ALL)
		chats.awaitBegin("x", earlier.awaitConversation())
		assertThat(chats.chat("x").awaitConversation().turns()).hasSize(1)
	}

}
