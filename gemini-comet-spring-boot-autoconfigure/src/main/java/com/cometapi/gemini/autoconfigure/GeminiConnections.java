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

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.Assert;

/**
 * The connections of an application by their names: the default one and those below
 * {@code cometapi.gemini.connections}. For applications that choose a connection at
 * runtime, such as one for each tenant. Other applications inject the
 * {@link com.cometapi.gemini.GeminiTemplate} with the name of the connection as its
 * qualifier.
 */
public final class GeminiConnections {

	/**
	 * Name of the connection that is configured directly below {@code cometapi.gemini}.
	 */
	public static final String DEFAULT = GeminiExchange.DEFAULT_CONNECTION;

	private final List<String> names;

	private final Map<String, Supplier<String>> models;

	private final BeanFactory beanFactory;

	private final ObjectProvider<GeminiOperations> defaultOperations;

	private final ObjectProvider<GeminiClient> defaultClient;

	GeminiConnections(Map<String, Supplier<String>> models, BeanFactory beanFactory,
			ObjectProvider<GeminiOperations> defaultOperations, ObjectProvider<GeminiClient> defaultClient) {
		this.names = List.copyOf(models.keySet());
		this.models = Map.copyOf(models);
		this.beanFactory = beanFactory;
		this.defaultOperations = defaultOperations;
		this.defaultClient = defaultClient;
	}

	/**
	 * Return the names of the connections.
	 * @return the names, the default connection first
	 */
	public List<String> getNames() {
		return this.names;
	}

	/**
	 * Return the operations of a connection.
	 * @param name the name of the connection
	 * @return the operations
	 * @throws IllegalArgumentException if there is no connection with this name
	 */
	public GeminiOperations get(String name) {
		if (DEFAULT.equals(name)) {
			return this.defaultOperations.getObject();
		}
		check(name);
		return this.beanFactory.getBean(GeminiConnectionRegistrar.templateName(name), GeminiOperations.class);
	}

	/**
	 * Return the client of a connection.
	 * @param name the name of the connection
	 * @return the client
	 * @throws IllegalArgumentException if there is no connection with this name
	 */
	public GeminiClient getClient(String name) {
		if (DEFAULT.equals(name)) {
			return this.defaultClient.getObject();
		}
		check(name);
		return this.beanFactory.getBean(GeminiConnectionRegistrar.clientName(name), GeminiClient.class);
	}

	/**
	 * Return the default model of the requests of a connection.
	 * @param name the name of the connection
	 * @return the model of its properties
	 * @throws IllegalArgumentException if there is no connection with this name
	 */
	public String getDefaultModel(String name) {
		check(name);
		Supplier<String> model = this.models.get(name);
		Assert.state(model != null, "A connection has a default model");
		return model.get();
	}

	@Nullable GeminiClient findClient(String name) {
		return this.names.contains(name) ? getClient(name) : null;
	}

	private void check(String name) {
		if (!this.names.contains(name)) {
			throw new IllegalArgumentException("The connection '%s' does not exist. Connections: %s".formatted(name,
					String.join(", ", this.names)));
		}
	}

	@Override
	public String toString() {
		return "GeminiConnections" + this.names;
	}

}
