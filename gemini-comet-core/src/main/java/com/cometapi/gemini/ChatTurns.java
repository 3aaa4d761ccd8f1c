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

package com.cometapi.gemini;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.cometapi.gemini.GeminiConversation.Turn;
import com.cometapi.gemini.TurnQueues.Ticket;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.CallerThreadLocals;
import com.cometapi.gemini.client.GeminiThreads;
import com.cometapi.gemini.error.GeminiResponseEndings;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs the turns of one conversation: waits for its place in the queue, reads what was
 * said before, has the prompt sent and adds what came of it.
 */
final class ChatTurns {

	private static final Log logger = LogFactory.getLog(GeminiChat.class);

	private static final int MAX_ATTEMPTS = 100;

	private static final int MAX_DELAY_MILLIS = 50;

	// How many turns of others may have come behind a turn until it is looked for.
	private static final int TURNS_TO_LOOK_AT = 16;

	private final String id;

	private final GeminiChatRepository repository;

	private final GeminiChatWindow window;

	private final TurnQueues queues;

	private final GeminiThreads threads;

	ChatTurns(String id, GeminiChatRepository repository, GeminiChatWindow window, TurnQueues queues,
			GeminiThreads threads) {
		this.id = id;
		this.repository = repository;
		this.window = window;
		this.queues = queues;
		this.threads = threads;
	}

	<T> Mono<T> turn(PromptDraft draft, TimeLimit limit, Function<PromptDraft, Mono<T>> exchanges,
			Function<T, GeminiTurn> toTurn) {
		return inTurn(draft, limit,
				(saving, conversation) -> exchanges.apply(draft)
					.flatMap((result) -> saving.save(conversation, toTurn.apply(result)).thenReturn(result))
					.flux())
			.single();
	}

	<T> Flux<T> stream(PromptDraft draft, TimeLimit limit,
			Function<PromptDraft, Flux<GenerateContentResponse>> exchange,
			Function<Flux<GenerateContentResponse>, Flux<T>> view) {
		return inTurn(draft, limit, (saving, conversation) -> {
			TurnRecorder recorder = new TurnRecorder();
			return view.apply(exchange.apply(draft).doOnNext(recorder::add))
				.concatWith(Mono
					.defer(() -> saving.save(conversation, recorder.toTurn(draft.ownContents())).then(Mono.empty())));
		});
	}

	Mono<GeminiConversation> find() {
		return CallerContext.capture(find(GeminiChatWindow.ALL));
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
		return CallerContext.capture(call(() -> {
			write(conversation);
			return true;
		}).then());
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
			if (!isKept(turns, ex)) {
				throw new GeminiChatAppendException(this.id, true, ex);
			}
		}
	}

	private boolean isKept(List<Turn> turns, Throwable failure) {
		try {
			return isIn(read(GeminiChatWindow.turns(TURNS_TO_LOOK_AT)), turns.get(turns.size() - 1));
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
		return CallerContext
			.capture(Mono.using(() -> this.queues.enter(this.id), (ticket) -> ticket.ready().then(call(() -> {
				this.repository.delete(this.id);
				return true;
			}))
				.onErrorMap((ex) -> new GeminiChatException(
						"The conversation %s could not be deleted".formatted(quotedId()), this.id, ex))
				.then(), Ticket::leave));
	}

	private <T> Flux<T> inTurn(PromptDraft draft, TimeLimit limit, TurnBody<T> body) {
		return Flux.using(() -> this.queues.enter(this.id), (ticket) -> {
			Saving saving = new Saving(ticket);
			return limit.apply(draft,
					ticket.ready()
						.then(Mono.defer(() -> find(this.window).map(GeminiChatWindow::withoutLostCalls)))
						.flatMapMany((conversation) -> {
							precede(draft, conversation);
							return body.run(saving, conversation);
						}))
				.onErrorMap(GeminiTimeoutException.class, saving::explain);
		}, Ticket::leave);
	}

	private static void precede(PromptDraft draft, GeminiConversation conversation) {
		draft.precede(GeminiChatWindow.withoutOpenCalls(conversation.turns(), draft.bringsResults())
			.stream()
			.flatMap((turn) -> turn.contents().stream())
			.toList());
	}

	private Mono<Void> save(Ticket ticket, GeminiConversation conversation, GeminiTurn turn) {
		Turn added = new Turn(turn.contents(), turn.response().usageMetadata(), turn.totalUsage(),
				conversation.turns().size())
			.withNewId();
		ticket.hold();
		return Mono.deferContextual((context) -> Mono.fromFuture(
				append(conversation.version(), conversation.version(), added, 1).onErrorMap((ex) -> notSaved(turn, ex))
					.onErrorResume((ex) -> handOver(ticket, ex))
					.doFinally((signal) -> ticket.leave())
					.contextWrite(context)
					.toFuture(),
				true));
	}

	private Mono<Void> append(long seen, long version, Turn turn, int attempt) {
		return call(() -> {
			append(version, List.of(turn));
			return true;
		}).then()
			.onErrorResume(GeminiChatConflictException.class,
					(ex) -> Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(MAX_DELAY_MILLIS)))
						.then(find(GeminiChatWindow.turns(TURNS_TO_LOOK_AT)))
						.flatMap((found) -> {
							if (isIn(found, turn)) {
								return Mono.empty();
							}
							// What answers a call must follow it, and what was deleted
							// stays deleted.
							boolean deleted = found.version() == 0 && seen > 0;
							return (turn.isReply() || deleted || attempt == MAX_ATTEMPTS) ? Mono.error(ex)
									: append(seen, found.version(), turn.apart(), attempt + 1);
						}));
	}

	private GeminiChatNotSavedException notSaved(GeminiTurn turn, Throwable failure) {
		boolean mayHaveBeenKept = failure instanceof GeminiChatAppendException ex && ex.mayHaveBeenKept();
		boolean tellsNoMore = failure instanceof GeminiChatException
				&& !(failure instanceof GeminiChatConflictException);
		Throwable cause = (tellsNoMore && failure.getCause() != null) ? failure.getCause() : failure;
		return new GeminiChatNotSavedException(this.id, turn, mayHaveBeenKept, cause);
	}

	private String quotedId() {
		return ConversationIds.quote(this.id);
	}

	// A failure that nobody listens to ends here.
	private static Mono<Void> handOver(Ticket ticket, Throwable failure) {
		if (!ticket.isLeft()) {
			return Mono.error(failure);
		}
		logger.error("A turn whose caller left could not be saved", failure);
		return Mono.empty();
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
	 * What is done when it is a turn's turn.
	 *
	 * @param <T> what comes of it
	 */
	@FunctionalInterface
	private interface TurnBody<T> {

		Flux<T> run(Saving saving, GeminiConversation conversation);

	}

	/**
	 * Applies the total time limit of a prompt.
	 */
	@FunctionalInterface
	interface TimeLimit {

		<T> Flux<T> apply(PromptDraft draft, Flux<T> work);

	}

	/**
	 * Adds one turn to its conversation.
	 */
	private final class Saving {

		private final Ticket ticket;

		private volatile @Nullable GeminiTurn turn;

		Saving(Ticket ticket) {
			this.ticket = ticket;
		}

		// Add a turn that ended well. Once begun this goes on to its end, also if the
		// caller is not interested any more, and the queue waits for it.
		Mono<Void> save(GeminiConversation conversation, GeminiTurn turn) {
			if (turn.contents().isEmpty() || !GeminiResponseEndings.endedWell(turn.response())) {
				return Mono.empty();
			}
			this.turn = turn;
			return ChatTurns.this.save(this.ticket, conversation, turn);
		}

		// The answer is paid for and must not be lost with the time that is over.
		Throwable explain(GeminiTimeoutException timeout) {
			GeminiTurn turn = this.turn;
			return (turn != null) ? new GeminiChatNotSavedException(ChatTurns.this.id, turn, true, timeout) : timeout;
		}

	}

}
