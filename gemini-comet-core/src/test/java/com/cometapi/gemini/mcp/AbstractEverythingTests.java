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

package com.cometapi.gemini.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionOrigin;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with the reference server of the MCP project, whatever the transport.
 */
abstract class AbstractEverythingTests {

	@AutoClose
	final GeminiServer model = new GeminiServer();

	final GeminiTemplate gemini = this.model.template();

	/**
	 * Return the server, the same for all tests.
	 */
	abstract GeminiMcpServer server();

	/**
	 * Have the model call a tool.
	 * @param tool the name that the model sees
	 * @param args the arguments as JSON
	 * @return the function response
	 */
	FunctionResponse call(String tool, String args) {
		this.model.answerParts("{\"functionCall\": {\"name\": \"%s\", \"args\": %s}}".formatted(tool, args))
			.answerText("Done");
		assertThat(this.gemini.prompt("Go").functionsFrom(server()).text()).isEqualTo("Done");
		return response();
	}

	FunctionResponse response() {
		GenerateContentRequest request = this.model.lastRequest();
		return request.contents().get(request.contents().size() - 1).parts().get(0).functionResponse();
	}

	@Test
	void toolsAreDeclaredAsFunctions() {
		List<FunctionDeclaration> tools = this.gemini.prompt("Hi")
			.functionsFrom(server())
			.request()
			.tools()
			.get(0)
			.functionDeclarations();
		assertThat(tools).extracting(FunctionDeclaration::name)
			.contains("every_echo", "every_get-sum", "every_get-env");
		FunctionDeclaration echo = tools.stream().filter((tool) -> tool.name().equals("every_echo")).findFirst().get();
		assertThat(echo.description()).isEqualTo("Echoes back the input string");
		assertThat(echo.parametersJsonSchema()).isEqualTo(Map.of("type", "object", "properties",
				Map.of("message", Map.of("type", "string", "description", "Message to echo")), "required",
				List.of("message")));
		FunctionDeclaration env = tools.stream()
			.filter((tool) -> tool.name().equals("every_get-env"))
			.findFirst()
			.get();
		assertThat(env.parametersJsonSchema()).isNull();
	}

	@Test
	void selectedToolsAreDeclared() {
		assertThat(this.gemini.prompt("Hi")
			.functionsFrom(server(), "get-sum", "echo")
			.request()
			.tools()
			.get(0)
			.functionDeclarations()).extracting(FunctionDeclaration::name)
			.containsExactly("every_get-sum", "every_echo");
	}

	@Test
	void textIsTheOutput() {
		assertThat(call("every_get-sum", "{\"a\": 2, \"b\": 40}").response())
			.isEqualTo(Map.of("output", "The sum of 2 and 40 is 42."));
	}

	@Test
	void structuredContentIsTheResponse() {
		assertThat(call("every_get-structured-content", "{\"location\": \"Chicago\"}").response())
			.containsOnlyKeys("temperature", "conditions", "humidity");
	}

	@Test
	void imagesAreMediaOfTheResponse() {
		FunctionResponse response = call("every_get-tiny-image", "{}");
		assertThat(response.parts()).singleElement()
			.satisfies((part) -> assertThat(part.inlineData().mimeType()).isEqualTo("image/png"));
		assertThat(response.response().get("output")).asInstanceOf(InstanceOfAssertFactories.LIST).isNotEmpty();
	}

	@Test
	void resourcesAreInTheResponse() {
		assertThat(call("every_get-resource-reference", "{\"resourceType\": \"Text\", \"resourceId\": 1}").response()
			.get("resources")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(1);
		assertThat(call("every_get-resource-links", "{\"count\": 2}").response().get("resources"))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(2);
	}

	@Test
	void invalidArgumentsAreReportedToTheModel() {
		assertThat(call("every_get-sum", "{\"a\": \"two\", \"b\": 40}").response().get("error")).asString()
			.startsWith("Invalid arguments: 'a' must be a number");
	}

	@Test
	void errorOfTheToolIsReportedToTheModel() {
		assertThat(call("every_get-resource-reference", "{\"resourceType\": \"Text\", \"resourceId\": -1}").response()
			.get("error")).asString().contains("resourceId");
	}

	@Test
	void approvalGetsTheServerAndTheHintsOfTheTool() {
		AtomicReference<GeminiFunctionCall> asked = new AtomicReference<>();
		this.model.answerParts("{\"functionCall\": {\"name\": \"every_echo\", \"args\": {\"message\": \"Hi\"}}}")
			.answerText("Done");
		this.gemini.prompt("Go").functionsFrom(server()).functionApproval((call) -> {
			asked.set(call);
			return GeminiFunctionDecision.refuse("Not today");
		}).text();
		assertThat(asked.get().origin()).isEqualTo(new GeminiFunctionOrigin("every", "echo", true, true, false));
		assertThat(response().response()).isEqualTo(Map.of("error", "Not today"));
	}

}
