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

package com.cometapi.gemini.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.context.annotation.Bean;

/**
 * Details required to establish a connection to an endpoint of the Gemini native API. A
 * bean of this type takes precedence over the properties of the default connection. A
 * bean with the name of another connection as its qualifier takes precedence over the
 * properties of that connection. The latter bean must not be a
 * {@linkplain Bean#defaultCandidate() default candidate}, or it would be that of the
 * default connection as well.
 */
public interface GeminiConnectionDetails extends ConnectionDetails {

	/**
	 * Return the base URL of the endpoint, without the API version.
	 * @return the base URL, that of CometAPI by default
	 */
	default URI getBaseUrl() {
		return URI.create("https://api.cometapi.com");
	}

	/**
	 * Return the API key.
	 * @return the API key
	 */
	String getApiKey();

	/**
	 * Return the details of another connection. A bean with the name of that connection
	 * as qualifier takes precedence, unless these details are a primary bean.
	 * @param name the name of the connection, below {@code cometapi.gemini.connections}
	 * @return the details, or {@code null} to take them from the properties
	 */
	default @Nullable GeminiConnectionDetails forConnection(String name) {
		return null;
	}

}
