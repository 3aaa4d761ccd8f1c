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

package com.cometapi.gemini.web;

import java.util.List;

import reactor.core.publisher.Signal;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Maps the signals of a stream to server-sent events. Not thread-safe.
 */
abstract class EventMapper {

	private final EventBuffer events;

	EventMapper(EventBuffer events) {
		this.events = events;
	}

	EventBuffer events() {
		return this.events;
	}

	/**
	 * Map a signal to events.
	 * @param signal an element, the completion or an error
	 * @return the events in order
	 */
	List<ServerSentEvent<String>> map(Signal<?> signal) {
		Throwable failure = signal.getThrowable();
		if (failure != null) {
			return fail(failure);
		}
		Object element = signal.get();
		if (element != null) {
			add(element);
		}
		else {
			addRest();
			addEnd();
		}
		return this.events.take();
	}

	/**
	 * Return the final events of a failed stream.
	 * @param failure the failure, of the stream or of this mapper
	 * @return the events in order
	 */
	List<ServerSentEvent<String>> fail(Throwable failure) {
		this.events.take();
		addRest();
		addFailure(failure);
		return this.events.take();
	}

	/**
	 * Add the events of an element.
	 * @param element the element
	 */
	abstract void add(Object element);

	/**
	 * Add the remaining events after the end of the stream, successful or not.
	 */
	void addRest() {
	}

	/**
	 * Add the final event of a stream that failed.
	 * @param failure the failure
	 */
	void addFailure(Throwable failure) {
		this.events.addError(failure);
	}

	/**
	 * Add the final event of a stream that was completed.
	 */
	abstract void addEnd();

}
