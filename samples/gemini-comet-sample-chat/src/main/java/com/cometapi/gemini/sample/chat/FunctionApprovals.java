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

package com.cometapi.gemini.sample.chat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Component;

/**
 * Lets the visitor approve or refuse the calls of functions with side effects. No thread
 * waits for the decision.
 */
@Component
class FunctionApprovals {

	static final Set<String> FUNCTIONS = Set.of("sendPostcard");

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private final Map<Key, Sinks.One<GeminiFunctionDecision>> waiting = new ConcurrentHashMap<>();

	GeminiFunctionApproval forChat(String chat) {
		return (call) -> FUNCTIONS.contains(call.name()) ? ask(new Key(chat, id(call)))
				: Mono.just(GeminiFunctionDecision.allow());
	}

	/**
	 * Decide about a call.
	 * @param chat the id of the chat
	 * @param call the id of the call
	 * @param approved whether the function may run
	 * @return {@code true} if the call was waiting
	 */
	boolean decide(String chat, String call, boolean approved) {
		Sinks.One<GeminiFunctionDecision> decision = this.waiting.remove(new Key(chat, call));
		return decision != null && decision
			.tryEmitValue((approved) ? GeminiFunctionDecision.allow()
					: GeminiFunctionDecision.refuse("The user refused this call"))
			.isSuccess();
	}

	private Mono<GeminiFunctionDecision> ask(Key key) {
		Sinks.One<GeminiFunctionDecision> decision = Sinks.one();
		this.waiting.put(key, decision);
		return decision.asMono()
			.timeout(TIMEOUT, Mono.just(GeminiFunctionDecision.refuse("The user did not decide in time")))
			.doFinally((signal) -> this.waiting.remove(key, decision));
	}

	private static String id(GeminiFunctionCall call) {
		return (call.id() != null) ? call.id() : call.name();
	}

	private record Key(String chat, String call) {

	}

}
