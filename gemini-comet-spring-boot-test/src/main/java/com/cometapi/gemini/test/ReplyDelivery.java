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

package com.cometapi.gemini.test;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Timing and fault of the delivery of a reply.
 *
 * @param delay the wait before the headers
 * @param firstEventDelay the wait between the headers and the body
 * @param pace the wait between two events
 * @param fault the fault, or {@code null} for none
 */
record ReplyDelivery(Duration delay, Duration firstEventDelay, Duration pace, @Nullable Fault fault) {

	static ReplyDelivery atOnce() {
		return new ReplyDelivery(Duration.ZERO, Duration.ZERO, Duration.ZERO, null);
	}

	static ReplyDelivery paced(Duration pace) {
		return new ReplyDelivery(Duration.ZERO, Duration.ZERO, pace, null);
	}

	/**
	 * Failure during the delivery.
	 *
	 * @param kind the kind of failure
	 * @param after the number of events before it
	 * @param error the error to write, empty for none
	 */
	record Fault(Kind kind, int after, byte[] error) {

	}

	/**
	 * Kind of failure.
	 */
	enum Kind {

		/**
		 * Nothing arrives, not even headers.
		 */
		STALL_BEFORE_HEADERS,

		/**
		 * Nothing more arrives.
		 */
		STALL,

		/**
		 * The connection closes in the middle of the next event.
		 */
		CUT,

		/**
		 * The connection is reset.
		 */
		RESET,

		/**
		 * The body ends as if it were complete.
		 */
		END,

		/**
		 * An error follows, then the body ends.
		 */
		ERROR

	}

}
