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

import java.lang.reflect.RecordComponent;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.mcp.GeminiMcpProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownPropertyDetector}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyDetectorTests {

	@ParameterizedTest
	@CsvSource({ "modle, model", "api_version, ", "apiversion, ", "api-versoin, api-version",
			"thinking.levle, thinking.level", "thinkinglevel, thinking.level", "retry.max-atempts, retry.max-attempts",
			"generation.max-output-token, generation.max-output-tokens",
			"chat.jdbc.initialise-schema, chat.jdbc.initialize-schema", "Model, ", "pool.maxConnections, ",
			"generation.stop-sequences[0], ", "safety.harassment, ", "thinking.families.gemini-4, ",
			"proxy.non-proxy-hosts[12], ", "mcp.servers.my-files.comand, mcp.servers.my-files.command",
			"mcp.servers.files.proxy.hots, mcp.servers.files.proxy.host", "mcp.servers.files.args[1], ",
			"mcp.servers.files.env.ANY_NAME, ", "mcp.servers.files.headers.X-Any, ", "mcp.servers.files.toolPrefix, " })
	void propertyIsReportedWithTheNearestNameIfItIsMisspelled(String name, String nearest, CapturedOutput output) {
		log(new MockEnvironment().withProperty("cometapi.gemini." + name, "hidden"));

		if (nearest != null) {
			assertThat(output).contains("Did you mean 'cometapi.gemini." + nearest + "'?").doesNotContain("hidden");
		}
		else {
			assertThat(output).doesNotContain("does not exist");
		}
	}

	@Test
	void unknownPropertyWithoutASimilarNameIsReported(CapturedOutput output) {
		log(new MockEnvironment().withProperty("cometapi.gemini.something.else", "1"));

		assertThat(output).contains("The property 'cometapi.gemini.something.else'")
			.contains("has no effect. Remove it or correct its name.");
	}

	@Test
	void propertiesOfOthersAreNotReported(CapturedOutput output) {
		log(new MockEnvironment().withProperty("cometapi.other", "1").withProperty("comet.gemini.modle", "1"));

		assertThat(output).doesNotContain("does not exist");
	}

	@Test
	void misspelledEnvironmentVariableIsReported(CapturedOutput output) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("COMETAPI_GEMINI_MODLE", "x", "COMETAPI_GEMINI_API_KEY", "x", "COMETAPI_GEMINI_APIVERSION",
							"x", "COMETAPI_GEMINI_SAFETY_HARASSMENT", "off",
							"COMETAPI_GEMINI_GENERATION_STOPSEQUENCES_0", "x", "COMETAPI_GEMINI_RETRY_MAX_ATTEMPTS",
							"1", "COMETAPI_KEY", "x")));

		log(environment);

		assertThat(output).contains("'cometapi.gemini.modle'")
			.contains("Did you mean 'cometapi.gemini.model'?")
			.containsOnlyOnce("does not exist");
	}

	@Test
	void everyPropertyOfAnMcpServerIsKnown(CapturedOutput output) {
		MockEnvironment environment = new MockEnvironment();
		for (RecordComponent component : GeminiMcpProperties.Server.class.getRecordComponents()) {
			String name = "cometapi.gemini.mcp.servers.files."
					+ DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				for (RecordComponent member : component.getType().getRecordComponents()) {
					environment.setProperty(name + "." + DataObjectPropertyName.toDashedForm(member.getName()), "x");
				}
			}
			else {
				environment.setProperty((component.getType() == Map.class) ? name + ".any" : name, "x");
			}
		}
		log(environment);

		assertThat(output).doesNotContain("does not exist");
	}

	private static void log(ConfigurableEnvironment environment) {
		ConfigurationPropertySources.attach(environment);
		new UnknownPropertyDetector(environment).afterPropertiesSet();
	}

}
