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

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.entity.GeminiEntityValidator;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.prompt.TurnAdvisor;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Creates the template of a connection. Functions, the settings of typed responses and
 * advisors are the same for all connections.
 */
final class GeminiTemplateFactory {

	private final ObjectProvider<GeminiFunctions> functions;

	private final ObjectProvider<JsonMapper> jsonMapper;

	private final ObjectProvider<GeminiEntityValidator> entityValidator;

	private final ObjectProvider<TurnAdvisor> advisors;

	private final GeminiProperties.Entity entity;

	GeminiTemplateFactory(ObjectProvider<GeminiFunctions> functions, ObjectProvider<JsonMapper> jsonMapper,
			ObjectProvider<GeminiEntityValidator> entityValidator, ObjectProvider<TurnAdvisor> advisors,
			GeminiProperties properties) {
		this.functions = functions;
		this.jsonMapper = jsonMapper;
		this.entityValidator = entityValidator;
		this.advisors = advisors;
		this.entity = properties.entity();
	}

	/**
	 * Create the template of a connection.
	 * @param client the client of the connection
	 * @param properties its properties
	 * @param prefix the prefix of the names of the properties, ending with a dot
	 * @return the template
	 * @throws InvalidGeminiPropertyException if a property is invalid
	 */
	GeminiTemplate create(GeminiClient client, GeminiConnectionProperties properties, String prefix) {
		return new GeminiTemplate(client, GeminiDefaultsFactory.create(properties, prefix))
			.withFunctions(this.functions::getObject)
			.withEntities(new GeminiEntitySettings(this.jsonMapper.getIfUnique(JsonMapper::shared),
					PropertyChecks.notNegative("cometapi.gemini.entity.repairs", this.entity.repairs()),
					this.entityValidator.getIfAvailable()))
			.withAdvisors(this.advisors.orderedStream().toList());
	}

}
