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

package com.cometapi.gemini.sample.batch;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Classification of a review by the model. The schema of the response is derived from
 * this type.
 *
 * @param sentiment the satisfaction of the customer
 * @param topic the main topic of the review
 * @param language the language of the review
 * @param needsReply whether somebody should reply
 * @param summary the review in English
 */
record Classification(Sentiment sentiment, Topic topic,
		@JsonPropertyDescription("ISO 639-1 code of the language of the review") String language,
		@JsonPropertyDescription("Whether the customer asks for a reply or reports a danger") boolean needsReply,
		@JsonPropertyDescription("The review in English, in at most ten words") String summary) {

	enum Sentiment {

		POSITIVE, MIXED, NEGATIVE

	}

	enum Topic {

		QUALITY, BATTERY, USABILITY, PRICE, DELIVERY, SERVICE, OTHER

	}

}
