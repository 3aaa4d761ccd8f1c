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

package com.cometapi.gemini.prompt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;

/**
 * Records the events that an advisor returns. As long as the advisor returns only events
 * that it has received from the rest of the chain, the recording is not needed: the
 * result is that of the rest. From the first event of its own on, the recording is the
 * result. Thread-safe, since an advisor may change the thread.
 */
final class AdvisorOutput {

	private final TurnRecorder recorder = new TurnRecorder();

	// The received events that the advisor has not returned yet.
	private final Deque<GenerateContentResponse> received = new ArrayDeque<>();

	private boolean changed;

	/**
	 * Begin again, since the turn is taken again.
	 * @param earlierContents the contents of earlier rounds
	 */
	synchronized void begin(List<Content> earlierContents) {
		this.recorder.begin(earlierContents);
		this.received.clear();
		this.changed = false;
	}

	/**
	 * Record an event that the advisor receives.
	 * @param event the event
	 */
	synchronized void receive(GenerateContentResponse event) {
		if (!this.changed) {
			this.received.add(event);
		}
	}

	/**
	 * Add an event that the advisor returns.
	 * @param event the event
	 */
	synchronized void add(GenerateContentResponse event) {
		this.changed = this.changed || !removeReceived(event);
		Content functionResponses = (event.isFunctionResponses()) ? event.content() : null;
		if (functionResponses == null) {
			this.recorder.add(event);
			return;
		}
		// The first event of a resumed turn has function responses, which the request has
		// as well.
		Content content = TurnRecorder.sendable(this.recorder.response().content());
		if (content != null) {
			this.recorder.endRound(content, functionResponses);
		}
	}

	private boolean removeReceived(GenerateContentResponse event) {
		for (Iterator<GenerateContentResponse> events = this.received.iterator(); events.hasNext();) {
			if (events.next() == event) {
				events.remove();
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether the advisor has returned an event of its own.
	 * @return {@code true} if the recording is the result
	 */
	synchronized boolean isChanged() {
		return this.changed;
	}

	TurnRecorder recorder() {
		return this.recorder;
	}

}
