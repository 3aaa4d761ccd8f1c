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

/**
 * A line of the file with reviews.
 *
 * @param id the number of the review
 * @param product the product
 * @param stars the stars, from 1 to 5
 * @param text the text of the customer
 */
record Review(int id, String product, int stars, String text) {

	String toPrompt() {
		return "Product: %s%nStars: %d of 5%nReview: %s".formatted(this.product, this.stars, this.text);
	}

}
