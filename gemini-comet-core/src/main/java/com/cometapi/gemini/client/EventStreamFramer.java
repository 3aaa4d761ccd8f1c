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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Splits bytes into server-sent events, following the WHATWG event stream format, and
 * detects content that is not an event stream. Holds only the bytes of the current event,
 * most of a large one outside the heap, and no buffer while there are none. Not
 * thread-safe.
 */
final class EventStreamFramer {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	// The end mark of OpenAI's API, which some gateways add here too.
	private static final byte[] END_MARK = "[DONE]".getBytes(StandardCharsets.US_ASCII);

	private byte[] bytes = EventBuffers.EMPTY;

	private int end;

	// The start of the current line, and the position up to which its end was searched.
	private int lineStart;

	private int scanned;

	// The data of the current event. It is contiguous, since further lines are moved up
	// to it.
	private int dataStart = -1;

	private int dataEnd;

	private final OffHeapLineBuffer rest = new OffHeapLineBuffer();

	private EventFrame eventType = EventFrame.EVENT;

	private boolean signOfLife;

	// Whether the last event ended with the mark.
	private boolean marked;

	private boolean skipLineFeed;

	private boolean foreign;

	private boolean first = true;

	// The event at dataStart was returned and may be overwritten by the next call.
	private boolean found;

	/**
	 * Add bytes.
	 * @param buffer the bytes, read to the end and not released
	 */
	void append(DataBuffer buffer) {
		if (isLargeLine()) {
			this.rest.append(buffer, this.end);
		}
		int count = buffer.readableByteCount();
		makeRoom(count);
		buffer.read(this.bytes, this.end, count);
		this.end += count;
	}

	/**
	 * Return the size of the incomplete event.
	 * @return the number of bytes
	 */
	long pending() {
		return this.end - oldest() + this.rest.size();
	}

	byte[] bytes() {
		return this.bytes;
	}

	int dataStart() {
		return this.dataStart;
	}

	int dataLength() {
		return this.dataEnd - this.dataStart;
	}

	/**
	 * Return the size of the data that was found, including the part outside the heap.
	 * @return the number of bytes
	 */
	long dataSize() {
		return dataLength() + this.rest.size();
	}

	/**
	 * Return whether a part of the data that was found is outside the heap, for
	 * {@link #takeRest()}.
	 * @return {@code true} if it is
	 */
	boolean isLarge() {
		return this.rest.exists();
	}

	/**
	 * Take the end of a large event.
	 * @return the bytes that follow those in {@link #bytes()}, to be released by the
	 * caller
	 */
	List<DataBuffer> takeRest() {
		return this.rest.take();
	}

	/**
	 * Copy the end of a large event next to its start.
	 * @param buffers the end, not released
	 */
	void putBack(List<DataBuffer> buffers) {
		byte[] joined = this.rest.join(buffers, this.bytes, this.end);
		int size = joined.length - this.end;
		this.bytes = joined;
		this.end = joined.length;
		this.lineStart = this.rest.shifted(this.lineStart, size);
		this.scanned = this.rest.shifted(this.scanned, size);
		this.dataEnd += size;
		this.rest.forget();
	}

	// Returns the number of bytes by which later positions move.
	private int joinRest() {
		int before = this.end;
		if (isLarge()) {
			List<DataBuffer> buffers = takeRest();
			putBack(buffers);
			buffers.forEach(DataBufferUtils::release);
		}
		return this.end - before;
	}

	/**
	 * Return a copy of the data that was found.
	 * @return the bytes
	 */
	byte[] data() {
		joinRest();
		return Arrays.copyOfRange(this.bytes, this.dataStart, this.dataEnd);
	}

	/**
	 * Release the bytes outside the heap. May be called by any thread.
	 */
	void close() {
		this.rest.release();
	}

	/**
	 * Find the next event. Its position is valid until the next call.
	 * @return the result
	 */
	EventFrame next() {
		if (this.first && !skipByteOrderMark()) {
			return EventFrame.NONE;
		}
		forgetFound();
		while (!this.foreign) {
			int lineEnd = findLineEnd();
			int limit = (lineEnd >= 0) ? lineEnd : this.end;
			if (EventField.isForeign(this.bytes, this.lineStart, limit)) {
				// An event without a blank line at its end comes first.
				return hasData() ? dispatch() : foreign();
			}
			if (lineEnd < 0) {
				giveBackIfEmpty();
				return EventFrame.NONE;
			}
			int before = this.end;
			EventFrame frame = line(this.lineStart, lineEnd);
			// Joining the rest of a large line moves the positions after it.
			lineEnd += this.end - before;
			this.skipLineFeed = (this.bytes[lineEnd] == '\r');
			this.lineStart = lineEnd + 1;
			this.scanned = this.lineStart;
			if (frame != EventFrame.NONE) {
				return frame;
			}
		}
		return (this.end > this.dataEnd) ? foreign() : EventFrame.NONE;
	}

	/**
	 * Find the last event when no more bytes follow: its blank line may be missing.
	 * @return the result
	 */
	EventFrame last() {
		forgetFound();
		if (this.foreign) {
			return foreign();
		}
		if (this.lineStart < this.end) {
			line(this.lineStart, this.end);
			this.lineStart = this.end;
		}
		return dispatch();
	}

	/**
	 * Return whether there was a comment or an event without data since the last call.
	 * @return {@code true} if there was
	 */
	boolean takeSignOfLife() {
		boolean signOfLife = this.signOfLife;
		this.signOfLife = false;
		return signOfLife;
	}

	/**
	 * Return whether the bytes so far end with the mark {@code data: [DONE]}, after which
	 * no event is expected. It may lack the end of its line, and comments may follow it.
	 * @return {@code true} if they do
	 */
	boolean endsWithMark() {
		if (this.foreign) {
			return false;
		}
		if (this.lineStart < this.end) {
			return EventField.isData(this.bytes, this.lineStart, this.end)
					&& isMark(EventField.dataStart(this.bytes, this.lineStart, this.end), this.end);
		}
		return hasData() ? markStart() < this.dataEnd : this.marked;
	}

	/**
	 * Return whether the bytes end within the name of a data field.
	 * @return {@code true} if they do
	 */
	boolean endsInsideField() {
		int length = this.end - this.lineStart;
		return !this.foreign && length > 0 && length <= EventField.DATA.length
				&& startsWith(this.lineStart, EventField.DATA, length);
	}

	/**
	 * Return whether the foreign content starts like a JSON object.
	 * @return {@code true} if it does
	 */
	boolean isObject() {
		int i = this.dataStart;
		while (i < this.dataEnd && this.bytes[i] <= ' ') {
			i++;
		}
		return i < this.dataEnd && this.bytes[i] == '{';
	}

	/**
	 * Treat the foreign content as an event that lines of an event stream may follow.
	 */
	void takeForeign() {
		this.foreign = false;
		this.found = true;
		this.lineStart = this.dataEnd;
		this.scanned = this.dataEnd;
	}

	private boolean isLargeLine() {
		if (this.foreign || this.dataStart >= 0 || this.scanned < this.end) {
			return false;
		}
		return isLarge() ? this.rest.isAt(this.end) : OffHeapLineBuffer.isLarge(this.end - this.lineStart)
				&& EventField.isData(this.bytes, this.lineStart, this.end);
	}

	private int oldest() {
		return (this.dataStart >= 0) ? this.dataStart : this.lineStart;
	}

	private void makeRoom(int count) {
		int oldest = oldest();
		int used = this.end - oldest;
		if (used == 0 && (this.bytes.length == 0 || !EventBuffers.isKept(this.bytes))) {
			this.bytes = EventBuffers.take(count);
		}
		else if (this.end + count > this.bytes.length) {
			int capacity = this.bytes.length;
			byte[] target = (used + count > capacity)
					? new byte[Math.max(used + count, (int) Math.min(2L * capacity, Integer.MAX_VALUE - 8))]
					: this.bytes;
			System.arraycopy(this.bytes, oldest, target, 0, used);
			this.bytes = target;
		}
		else {
			return;
		}
		moveToFront(oldest);
	}

	private void moveToFront(int count) {
		this.end -= count;
		this.lineStart -= count;
		this.scanned -= count;
		this.dataEnd -= count;
		this.dataStart = (this.dataStart >= 0) ? this.dataStart - count : -1;
		this.rest.move(count);
	}

	private void giveBackIfEmpty() {
		if (pending() > 0 || this.bytes.length == 0) {
			return;
		}
		EventBuffers.giveBack(this.bytes);
		this.bytes = EventBuffers.EMPTY;
		moveToFront(this.end);
	}

	private boolean skipByteOrderMark() {
		int length = Math.min(this.end, BYTE_ORDER_MARK.length);
		if (startsWith(0, BYTE_ORDER_MARK, length)) {
			if (length < BYTE_ORDER_MARK.length) {
				return false;
			}
			this.lineStart = length;
			this.scanned = length;
		}
		this.first = false;
		return true;
	}

	private int findLineEnd() {
		if (this.skipLineFeed && this.lineStart < this.end) {
			this.skipLineFeed = false;
			if (this.bytes[this.lineStart] == '\n') {
				this.lineStart++;
				this.scanned = this.lineStart;
			}
		}
		byte[] bytes = this.bytes;
		int end = this.end;
		for (int i = this.scanned; i < end; i++) {
			byte b = bytes[i];
			// One comparison is enough for most bytes, which are above both.
			if (b <= '\r' && (b == '\n' || b == '\r')) {
				return i;
			}
		}
		this.scanned = end;
		return -1;
	}

	private EventFrame line(int start, int end) {
		if (start == end) {
			return dispatch();
		}
		if (EventField.isData(this.bytes, start, end)) {
			addData(EventField.dataStart(this.bytes, start, end), end);
		}
		else if (EventField.isType(this.bytes, start, end)) {
			this.eventType = EventFrame.ofType(EventField.type(this.bytes, start, end));
		}
		else if (this.bytes[start] == ':') {
			this.signOfLife = true;
		}
		return EventFrame.NONE;
	}

	private EventFrame dispatch() {
		EventFrame frame = EventFrame.NONE;
		int mark = markStart();
		if (hasData()) {
			this.marked = mark < this.dataEnd;
			this.dataEnd = mark;
		}
		if (hasData()) {
			frame = this.eventType;
			this.found = true;
		}
		else {
			this.dataStart = -1;
			this.signOfLife = true;
		}
		this.eventType = EventFrame.EVENT;
		return frame;
	}

	// Returns where the end mark starts, or the end of the data if there is none. It may
	// be the last line of an event that lacks its blank line.
	private int markStart() {
		// Fast path: nearly every event ends with a brace, and the data of a large event
		// is a single line, which is not the mark.
		if (!hasData() || isLarge() || this.eventType == EventFrame.ERROR_EVENT
				|| this.bytes[this.dataEnd - 1] == '}') {
			return this.dataEnd;
		}
		int line = this.dataEnd;
		while (line > this.dataStart && this.bytes[line - 1] != '\n') {
			line--;
		}
		return isMark(line, this.dataEnd) ? Math.max(line - 1, this.dataStart) : this.dataEnd;
	}

	private boolean isMark(int start, int end) {
		int first = start;
		while (first < end && isBlank(this.bytes[first])) {
			first++;
		}
		int last = end;
		while (last > first && isBlank(this.bytes[last - 1])) {
			last--;
		}
		return Arrays.equals(this.bytes, first, last, END_MARK, 0, END_MARK.length);
	}

	private static boolean isBlank(byte character) {
		return character == ' ' || character == '\t';
	}

	private boolean hasData() {
		return this.dataStart >= 0 && this.dataEnd > this.dataStart;
	}

	private void forgetFound() {
		if (this.found) {
			this.found = false;
			this.dataStart = -1;
			this.rest.forget();
		}
	}

	private void addData(int start, int end) {
		if (this.dataStart < 0) {
			this.dataStart = start;
			this.dataEnd = end;
			return;
		}
		int moved = joinRest();
		// The name of the field between the two lines leaves room for the line feed.
		this.bytes[this.dataEnd++] = '\n';
		System.arraycopy(this.bytes, start + moved, this.bytes, this.dataEnd, end - start);
		this.dataEnd += end - start;
	}

	private boolean startsWith(int offset, byte[] prefix, int length) {
		return this.end - offset >= length && Arrays.equals(this.bytes, offset, offset + length, prefix, 0, length);
	}

	private EventFrame foreign() {
		if (!this.foreign) {
			this.foreign = true;
			this.dataStart = this.lineStart;
		}
		this.dataEnd = this.end;
		return EventFrame.FOREIGN;
	}

}
