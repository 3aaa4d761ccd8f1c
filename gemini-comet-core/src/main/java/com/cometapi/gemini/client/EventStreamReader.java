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

package com.cometapi.gemini.client;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.ResponseReader.SizedResponse;
import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

/**
 * Reads the events of one streamed response. Each event is returned when its last byte
 * has arrived; an unreadable event, a truncated event or an incomplete response becomes
 * an exception after the events before it. Not thread-safe.
 */
final class EventStreamReader {

	// Larger content that is not an event is not read as an error.
	private static final int MAX_FOREIGN_SIZE = 64 * 1024;

	private static final int MAX_EMPTY_LENGTH = 12;

	private final EventStreamFramer framer = new EventStreamFramer();

	private final ResponseReader reader;

	private final ResponseErrors errors;

	private final @Nullable ResponseOrigin origin;

	private final DataSize maxResponseSize;

	private final DataSize maxEventSize;

	private final long maxEventBytes;

	private final long maxTokens;

	private final StreamMemoryEstimator memory = new StreamMemoryEstimator();

	private final boolean requireFinishReason;

	// An event with metadata only, held back until the first event with content.
	private @Nullable GenerateContentResponse opening;

	// The first event with content, while the opening is emitted before it.
	private @Nullable GenerateContentResponse first;

	// The data of an event without any known member, as long as there is no other event.
	private byte @Nullable [] unknown;

	private boolean signOfLife;

	private long received;

	private int eventCount;

	// One bit for each candidate, by index.
	private long seenCandidates;

	private long finishedCandidates;

	private boolean promptBlocked;

	private boolean truncated;

	private @Nullable GeminiException failure;

	EventStreamReader(ResponseReader reader, ResponseErrors errors, GeminiClientSettings settings) {
		this.reader = reader;
		this.errors = errors;
		this.origin = errors.context().origin();
		this.maxResponseSize = settings.maxResponseSize();
		this.maxEventSize = settings.maxEventSize();
		this.maxEventBytes = HeapLimits.limit(this.maxEventSize);
		this.maxTokens = HeapLimits.maxTokens(this.maxResponseSize);
		this.requireFinishReason = settings.requireFinishReason();
	}

	/**
	 * Add bytes.
	 * @param buffer the bytes; released
	 */
	void append(DataBuffer buffer) {
		try {
			this.received += buffer.readableByteCount();
			if (this.received > this.maxResponseSize.toBytes()) {
				throw this.errors.responseTooLarge(this.maxResponseSize.toBytes());
			}
			this.framer.append(buffer);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	/**
	 * Read the next event.
	 * @return the event, or {@code null} if more bytes are needed
	 */
	@Nullable GenerateContentResponse next() {
		if (this.first != null) {
			return takeFirst();
		}
		throwFailure();
		EventFrame frame;
		GenerateContentResponse response;
		do {
			frame = this.framer.next();
			response = read(frame, false);
		}
		while (response == null && (frame == EventFrame.EVENT || frame == EventFrame.HEARTBEAT));
		if (response == null) {
			checkPending();
		}
		return response;
	}

	/**
	 * Read the last event, which may lack its blank line, when no more bytes follow.
	 * @return the event, or {@code null} if the response is complete
	 */
	@Nullable GenerateContentResponse last() {
		if (this.first != null) {
			return takeFirst();
		}
		throwFailure();
		this.truncated |= this.framer.endsInsideField();
		GenerateContentResponse response = read(this.framer.last(), true);
		if (response != null) {
			return response;
		}
		if (this.truncated) {
			throw this.errors.truncatedEvent(new byte[0], this.eventCount);
		}
		checkComplete();
		return null;
	}

	// Returns null if there is nothing to emit.
	private @Nullable GenerateContentResponse read(EventFrame frame, boolean last) {
		return switch (frame) {
			case EVENT, HEARTBEAT -> event(frame, last);
			case ERROR_EVENT -> throw this.errors.unreadableEvent(this.framer.data(), this.eventCount, null);
			case FOREIGN -> foreign(frame, last);
			case NONE -> null;
		};
	}

	/**
	 * Return whether there was a comment or an empty event since the last call, which
	 * restarts the idle timeout.
	 * @return {@code true} if there was
	 */
	boolean takeSignOfLife() {
		boolean signOfLife = this.framer.takeSignOfLife() || this.signOfLife;
		this.signOfLife = false;
		return signOfLife;
	}

	/**
	 * Return whether the bytes so far end with the mark after which no event is expected.
	 * An event that follows it nevertheless is read.
	 * @return {@code true} if they do
	 */
	boolean endsWithMark() {
		return this.framer.endsWithMark();
	}

	/**
	 * Release bytes that were read ahead. May be called by any thread.
	 */
	void close() {
		this.framer.close();
	}

	// Returns null for an event that is not emitted.
	private @Nullable GenerateContentResponse event(EventFrame frame, boolean last) {
		if (this.framer.dataSize() > this.maxEventBytes) {
			throw this.errors.eventTooLarge(this.eventCount, this.maxEventBytes);
		}
		GenerateContentResponse response = isEmpty(this.framer.dataLength()) ? null : parse(frame, last);
		if (response == null) {
			this.signOfLife = true;
			return null;
		}
		track(response);
		this.errors.context().noteStatus(response);
		this.failure = this.errors.errorIn(response);
		if (this.failure != null && response.candidates().isEmpty()) {
			throw this.failure;
		}
		return EventClassifier.hasContent(response) ? content(response) : withoutContent(response);
	}

	private GenerateContentResponse content(GenerateContentResponse response) {
		this.eventCount++;
		if (this.opening == null) {
			return response;
		}
		GenerateContentResponse opening = this.opening;
		this.opening = null;
		this.first = response;
		this.eventCount++;
		return opening;
	}

	private @Nullable GenerateContentResponse withoutContent(GenerateContentResponse response) {
		boolean hasMetadata = EventClassifier.hasMetadata(response);
		if (hasMetadata && this.eventCount > 0) {
			return content(response);
		}
		this.signOfLife = true;
		if (hasMetadata) {
			this.opening = response;
		}
		else if (this.eventCount == 0 && this.unknown == null && !response.additional().isEmpty()
				&& this.framer.dataLength() <= MAX_FOREIGN_SIZE) {
			this.unknown = this.framer.data();
		}
		return null;
	}

	// Returns null for a heartbeat, whatever it holds.
	private @Nullable GenerateContentResponse parse(EventFrame frame, boolean last) {
		JacksonException cause = null;
		try {
			GenerateContentResponse response = this.framer.isLarge() ? parseLarge() : parseSmall();
			if (response != null) {
				return response;
			}
		}
		catch (JacksonException ex) {
			cause = ex;
		}
		if (frame == EventFrame.HEARTBEAT) {
			return null;
		}
		GeminiException tooLarge = this.errors.jsonTooLarge(cause, this.maxEventSize, ResponseErrors.MAX_EVENT_SIZE);
		if (tooLarge != null) {
			throw tooLarge;
		}
		// A mismatch is complete JSON.
		boolean cut = last && cause != null && !(cause instanceof MismatchedInputException) && !isJson();
		throw cut ? this.errors.truncatedEvent(this.framer.data(), this.eventCount)
				: this.errors.unreadableEvent(this.framer.data(), this.eventCount, cause);
	}

	private @Nullable GenerateContentResponse parseSmall() {
		byte[] bytes = this.framer.bytes();
		int start = this.framer.dataStart();
		int length = this.framer.dataLength();
		try (JsonParser parser = this.reader.parser(bytes, start, length)) {
			return parse(parser);
		}
		catch (JacksonException ex) {
			return checkMemory(
					this.reader.readTolerantly(new ByteArrayInputStream(bytes, start, length), this.origin, ex));
		}
	}

	private @Nullable GenerateContentResponse parseLarge() {
		List<DataBuffer> rest = this.framer.takeRest();
		try {
			ByteBuffer start = ByteBuffer.wrap(this.framer.bytes(), this.framer.dataStart(), this.framer.dataLength());
			try (JsonParser parser = this.reader.parser(new JsonInput().add(start).addAll(rest))) {
				return parse(parser);
			}
			catch (JacksonException ex) {
				return checkMemory(
						this.reader.readTolerantly(new JsonInput().add(start).addAll(rest), this.origin, ex));
			}
		}
		catch (JacksonException ex) {
			this.framer.putBack(rest);
			throw ex;
		}
		finally {
			rest.forEach(DataBufferUtils::release);
		}
	}

	private @Nullable GenerateContentResponse parse(JsonParser parser) {
		GenerateContentResponse response = this.reader.read(parser, this.origin);
		return checkMemory(response, parser.currentTokenCount());
	}

	private @Nullable GenerateContentResponse checkMemory(SizedResponse read) {
		return checkMemory(read.response(), read.count());
	}

	private @Nullable GenerateContentResponse checkMemory(@Nullable GenerateContentResponse response, long tokens) {
		if (response != null && this.memory.add(response, tokens) > this.maxTokens) {
			throw this.errors.tooManyTokens(this.maxResponseSize, ResponseErrors.MAX_RESPONSE_SIZE);
		}
		return response;
	}

	private boolean isEmpty(int length) {
		if (length > MAX_EMPTY_LENGTH) {
			return false;
		}
		String data = new String(this.framer.data(), StandardCharsets.UTF_8).strip();
		return data.isEmpty() || data.equals("null");
	}

	// A response that came as one JSON object instead of events is the only event.
	private @Nullable GenerateContentResponse foreign(EventFrame frame, boolean last) {
		boolean small = this.framer.dataLength() <= MAX_FOREIGN_SIZE;
		boolean response = this.eventCount == 0 && this.framer.isObject();
		if (!last && (small || response) && !(small && isJson())) {
			return null;
		}
		GenerateContentResponse event = response ? event(frame, last) : null;
		if (event == null) {
			throw this.errors.unreadableEvent(this.framer.data(), this.eventCount, null);
		}
		this.framer.takeForeign();
		return event;
	}

	private void checkPending() {
		if (this.framer.pending() > this.maxEventBytes) {
			throw this.errors.eventTooLarge(this.eventCount, this.maxEventBytes);
		}
	}

	private boolean isJson() {
		byte[] bytes = this.framer.bytes();
		int start = this.framer.dataStart();
		int end = start + this.framer.dataLength();
		while (end > start && bytes[end - 1] <= ' ') {
			end--;
		}
		if (end == start || (bytes[end - 1] != '}' && bytes[end - 1] != ']')) {
			return false;
		}
		try (JsonParser parser = this.reader.parser(bytes, start, end - start)) {
			parser.nextToken();
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private void track(GenerateContentResponse response) {
		for (Candidate candidate : response.candidates()) {
			int index = (candidate.index() != null) ? candidate.index() : 0;
			long bit = 1L << Math.min(Math.max(index, 0), Long.SIZE - 1);
			this.seenCandidates |= bit;
			FinishReason finishReason = candidate.finishReason();
			if (finishReason != null && !finishReason.isUnspecified()) {
				this.finishedCandidates |= bit;
			}
		}
		this.promptBlocked |= response.isPromptBlocked();
	}

	private void checkComplete() {
		if (this.eventCount == 0 && this.unknown != null) {
			throw this.errors.unreadableEvent(this.unknown, 0, null);
		}
		boolean finished = this.seenCandidates != 0 && this.finishedCandidates == this.seenCandidates;
		if (this.eventCount == 0 || (this.requireFinishReason && !finished && !this.promptBlocked)) {
			throw this.errors.noFinishReason(this.eventCount);
		}
	}

	private @Nullable GenerateContentResponse takeFirst() {
		GenerateContentResponse first = this.first;
		this.first = null;
		return first;
	}

	private void throwFailure() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

}
