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

package com.cometapi.gemini.api;

/**
 * A part of a streamed response that may become longer with the parts that follow.
 */
interface StreamedPart {

	/**
	 * Take the next part in, if it belongs to this one.
	 * @param part the next part
	 * @return whether it did
	 */
	boolean add(Part part);

	/**
	 * Return the part as far as it has grown.
	 * @return the part
	 */
	Part toPart();

}
