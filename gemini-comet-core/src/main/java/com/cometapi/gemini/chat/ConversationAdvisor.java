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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.chat.TurnQueues.Ticket;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.error.QuotedText;
import com.cometapi.gemini.prompt.PromptResult;
import com.cometapi.gemini.prompt.PromptTurn;
import com.cometapi.gemini.prompt.TurnAdvisor;
import com.cometapi.gemini.thread.CallerThreadLocals;
import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Advises the turns of one conversation: loads the history, lets the turn proceed after
 * it, and appends the completed turn. Runs one turn at a time.
 */
final class ConversationAdvisor implements TurnAdvisor {

	private static final Log logger = LogFactory.getLog(GeminiChat.class);

	private static final int MAX_ATTEMPTS = 100;

	private static final int MAX_DELAY_MILLIS = 50;

	// The number of newest turns to search for a turn that may have been stored already.
	private static final int TURNS_TO_SEARCH = 16;

	private final String id;

	private final GeminiChatRepository repository;

	private final GeminiChatWindow window;

	private final TurnQueues queues;

	private final GeminiThreads threads;

	ConversationAdvisor(String id, GeminiChatRepository repository, GeminiChatWindow window, TurnQueues queues,
			GeminiThreads threads) {
		this.id = id;
		this.repository = repository;
		this.window = window;
		this.queues = queues;
		this.threads = threads;
	}

	@Override
	public Flux<GenerateContentResponse> advise(PromptTurn turn, Next next) {
		turn.requireMedia();
		Assert.isTrue(!turn.ownContents().isEmpty(), "A turn of a chat must have a text or a medium");
		turn.observeConversation(this.id);
		return Flux.using(() -> this.queues.enter(this.id), (ticket) -> {
			Saving saving = new Saving(ticket);
			return turn.limitTotal(ticket.ready()
				.then(Mono.defer(() -> find(this.window)))
				.flatMapMany((conversation) -> proceed(turn, conversation, saving, next)), saving::toFailure);
		}, Ticket::leave);
	}

	private Flux<GenerateContentResponse> proceed(PromptTurn turn, GeminiConversation stored, Saving saving,
			Next next) {
		GeminiConversation conversation = GeminiChatWindow.withoutOrphanedResponses(stored);
		List<Content> history = GeminiChatWindow
			.withoutOpenCalls(conversation.turns(), Turn.hasFunctionResponses(turn.ownContents()))
			.stream()
			.flatMap((earlier) -> earlier.contents().stream())
			.toList();
		return next.proceed(turn.withHistory(history))
			.concatWith(Mono.defer(() -> saving.save(conversation, turn.result()).then(Mono.empty())));
	}

	Mono<GeminiConversation> find() {
		return CallerThreadLocals.capture(find(GeminiChatWindow.ALL));
	}

	private Mono<GeminiConversation> find(GeminiChatWindow window) {
		return call(() -> read(window));
	}

	GeminiConversation read() {
		return read(GeminiChatWindow.ALL);
	}

	private GeminiConversation read(GeminiChatWindow window) {
		try {
			return ((window.isUnlimited()) ? this.repository.find(this.id) : this.repository.find(this.id, window))
				.orElse(GeminiConversation.EMPTY);
		}
		catch (RuntimeException | Error ex) {
			throw new GeminiChatException("The conversation %s could not be read".formatted(quotedId()), this.id, ex);
		}
	}

	boolean isBlocking() {
		return this.repository.isBlocking();
	}

	Mono<Void> append(GeminiConversation conversation) {
		return CallerThreadLocals.capture(run(() -> write(conversation)));
	}

	void write(GeminiConversation conversation) {
		append(0, conversation.turns().stream().map(Turn::withNewId).toList());
	}

	private void append(long version, List<Turn> turns) {
		try {
			this.repository.append(this.id, version, turns);
		}
		catch (GeminiChatException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// The turns may be there, and only the reply was lost.
			if (!isStored(turns, ex)) {
				throw new GeminiChatAppendException(this.id, true, ex);
			}
		}
	}

	private boolean isStored(List<Turn> turns, Throwable failure) {
		try {
			return isIn(read(GeminiChatWindow.turns(TURNS_TO_SEARCH)), turns.get(turns.size() - 1));
		}
		catch (RuntimeException | Error ex) {
			failure.addSuppressed(ex);
			return false;
		}
	}

	private static boolean isIn(GeminiConversation conversation, Turn turn) {
		return conversation.turns().stream().anyMatch((kept) -> Objects.equals(kept.id(), turn.id()));
	}

	Mono<Void> delete() {
		return afterTurns(run(() -> this.repository.delete(this.id)).onErrorMap((ex) -> new GeminiChatException(
				"The conversation %s could not be deleted".formatted(quotedId()), this.id, ex)));
	}

	Mono<Void> rewind(List<Part> user) {
		return afterTurns(Mono.defer(() -> rewind(new Rewind(this.repository, this.id, user), 1))
			.onErrorMap((ex) -> !(ex instanceof GeminiChatException),
					(ex) -> new GeminiChatException("The conversation %s could not be rewound".formatted(quotedId()),
							this.id, ex)));
	}

	// Takes a place in the queue of turns, between the earlier and the later ones.
	private Mono<Void> afterTurns(Mono<Void> change) {
		return CallerThreadLocals.capture(
				Mono.using(() -> this.queues.enter(this.id), (ticket) -> ticket.ready().then(change), Ticket::leave));
	}

	private Mono<Void> rewind(Rewind rewind, int attempt) {
		return run(() -> rewind.apply(read())).onErrorResume(GeminiChatConflictException.class,
				(ex) -> (attempt == MAX_ATTEMPTS) ? Mono.error(ex)
						: pauseAfterConflict().then(Mono.defer(() -> rewind(rewind, attempt + 1))));
	}

	private Mono<Void> append(long seen, long version, Turn turn, int attempt) {
		return run(() -> append(version, List.of(turn))).onErrorResume(GeminiChatConflictException.class,
				(ex) -> pauseAfterConflict().then(find(GeminiChatWindow.turns(TURNS_TO_SEARCH))).flatMap((found) -> {
					if (isIn(found, turn)) {
						return Mono.empty();
					}
					// Function responses must directly follow their calls, and a
					// deleted conversation stays deleted.
					boolean deleted = found.version() == 0 && seen > 0;
					return (turn.startsWithFunctionResponses() || deleted || attempt == MAX_ATTEMPTS) ? Mono.error(ex)
							: append(seen, found.version(), turn.withoutEarlierTurns(), attempt + 1);
				}));
	}

	private static Mono<Long> pauseAfterConflict() {
		return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(MAX_DELAY_MILLIS)));
	}

	private GeminiChatNotSavedException notSaved(PromptResult result, Throwable failure) {
		boolean mayHaveBeenStored = failure instanceof GeminiChatAppendException ex && ex.mayHaveBeenStored();
		boolean onlyWraps = failure instanceof GeminiChatException && !(failure instanceof GeminiChatConflictException);
		Throwable cause = (onlyWraps && failure.getCause() != null) ? failure.getCause() : failure;
		return new GeminiChatNotSavedException(this.id, result, mayHaveBeenStored, cause);
	}

	private String quotedId() {
		return QuotedText.of(this.id);
	}

	private Mono<Void> run(Runnable call) {
		return call(() -> {
			call.run();
			return true;
		}).then();
	}

	private <T> Mono<T> call(Callable<T> call) {
		if (!this.repository.isBlocking()) {
			return CallerThreadLocals.call(call);
		}
		return this.threads.onStoreThread(call)
			.onErrorMap(GeminiThreadsExhaustedException.class, (ex) -> new GeminiChatException(
					"The store of the conversation %s could not be called".formatted(quotedId()), this.id, ex));
	}

	/**
	 * Adds one turn to its conversation.
	 */
	private final class Saving {

		private final Ticket ticket;

		private volatile @Nullable PromptResult result;

		Saving(Ticket ticket) {
			this.ticket = ticket;
		}

		// Adds a completed turn. Continues even if the caller cancels; the next turn
		// waits for it.
		Mono<Void> save(GeminiConversation conversation, PromptResult result) {
			if (result.contents().isEmpty() || !GeminiResponseOutcome.isSuccessful(result.response())) {
				return Mono.empty();
			}
			this.result = result;
			Turn added = new Turn(null, result.contents(), result.response().usageMetadata(), result.totalUsage(),
					result.totalCost(), conversation.turns().size())
				.withNewId();
			this.ticket.hold();
			return Mono.deferContextual(
					(context) -> Mono.fromFuture(append(conversation.version(), conversation.version(), added, 1)
						.onErrorMap((ex) -> notSaved(result, ex))
						.onErrorResume(this::signalOrLog)
						.doFinally((signal) -> this.ticket.leave())
						.contextWrite(context)
						.toFuture(), true));
		}

		// Signals a failure, or logs it if the caller has cancelled.
		private Mono<Void> signalOrLog(Throwable failure) {
			if (!this.ticket.isLeft()) {
				return Mono.error(failure);
			}
			logger.error("Failed to save a turn after the caller cancelled", failure);
			return Mono.empty();
		}

		// The response was billed and must not be lost when the time limit is reached.
		Throwable toFailure(GeminiTimeoutException timeout) {
			PromptResult result = this.result;
			return (result != null)
					? new GeminiChatNotSavedException(ConversationAdvisor.this.id, result, true, timeout) : timeout;
		}

	}

}
