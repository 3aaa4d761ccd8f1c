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

package com.cometapi.gemini.test.autoconfigure;

import java.net.URI;

import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.test.GeminiSimulator;

/**
 * {@link GeminiConnectionDetails} of a simulator. Closing the details closes the
 * simulator, so that a single bean suffices for an application without a key:
 *
 * <pre class="code">
 * &#064;Bean
 * GeminiSimulatorConnectionDetails demoMode() {
 *     return new GeminiSimulatorConnectionDetails(GeminiSimulator.start());
 * }
 * </pre>
 */
public final class GeminiSimulatorConnectionDetails implements GeminiConnectionDetails, AutoCloseable {

	private final GeminiSimulator simulator;

	/**
	 * Create the details.
	 * @param simulator the running simulator
	 */
	public GeminiSimulatorConnectionDetails(GeminiSimulator simulator) {
		this.simulator = simulator;
	}

	@Override
	public URI getBaseUrl() {
		return this.simulator.getBaseUrl();
	}

	@Override
	public String getApiKey() {
		return this.simulator.getApiKey();
	}

	/**
	 * Return the details of the same simulator: no connection of the application reaches
	 * another endpoint.
	 */
	@Override
	public GeminiConnectionDetails forConnection(String name) {
		return this;
	}

	/**
	 * Return the simulator.
	 * @return the simulator
	 */
	public GeminiSimulator getSimulator() {
		return this.simulator;
	}

	/**
	 * Close the simulator.
	 */
	@Override
	public void close() {
		this.simulator.close();
	}

}
