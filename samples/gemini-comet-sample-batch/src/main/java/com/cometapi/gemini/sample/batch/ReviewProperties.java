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

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Properties of the sample.
 *
 * @param input the file with the reviews
 * @param output the directory of the results
 */
@ConfigurationProperties("reviews")
record ReviewProperties(@DefaultValue("classpath:reviews.csv") Resource input,
		@DefaultValue("target/reviews") Path output) {

	Path classified() {
		return this.output.resolve("classified.jsonl");
	}

	Path failed() {
		return this.output.resolve("failed.jsonl");
	}

}
