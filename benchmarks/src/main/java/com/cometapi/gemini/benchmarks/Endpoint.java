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

package com.cometapi.gemini.benchmarks;

import java.net.URI;
import java.nio.file.Path;

/**
 * Address of the server.
 *
 * @param port the port for HTTP/1.1
 * @param securePort the port for HTTP/2 over TLS
 * @param keyStore the file with its certificate, in PKCS #12 format
 */
record Endpoint(int port, int securePort, Path keyStore) {

	/**
	 * The password of the key store.
	 */
	static final String PASSWORD = "benchmarks";

	private static final String HOST = "127.0.0.1";

	URI uri() {
		return URI.create("http://" + HOST + ":" + this.port);
	}

	URI secureUri() {
		return URI.create("https://" + HOST + ":" + this.securePort);
	}

	String toLine() {
		return this.port + " " + this.securePort + " " + this.keyStore;
	}

	static Endpoint ofLine(String line) {
		String[] words = line.split(" ", 3);
		return new Endpoint(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Path.of(words[2]));
	}

}
