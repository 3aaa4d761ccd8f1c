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

import java.util.Map;
import java.util.function.BiFunction;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionOrigin;
import com.cometapi.gemini.function.GeminiFunctionResult;
import com.cometapi.gemini.function.GeminiFunctionTypes;
import com.cometapi.gemini.schema.ToolSchemas;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A tool of a server as a function.
 */
final class ToolFunction implements GeminiFunctionCallback {

	private final FunctionDeclaration declaration;

	private final GeminiFunctionOrigin origin;

	private final boolean needsApproval;

	private final GeminiFunctionCallback function;

	/**
	 * Create a function.
	 * @param name the name that models see
	 * @param tool the tool
	 * @param settings the settings of the server
	 * @param caller calls the tool
	 * @throws IllegalArgumentException if the tool cannot be declared
	 */
	ToolFunction(String name, Tool tool, GeminiMcpServerSettings settings,
			BiFunction<ToolFunction, Map<String, @Nullable Object>, Mono<GeminiFunctionResult>> caller) {
		this.declaration = FunctionDeclaration.builder()
			.name(name)
			.description(describe(tool))
			.parametersJsonSchema(ToolSchemas.convert(tool.inputSchema()))
			.build();
		this.origin = origin(settings.name(), tool);
		this.needsApproval = settings.approval().isRequired(this.origin);
		this.function = GeminiFunctionCallback.of(this.declaration, (call) -> caller.apply(this, call.args()));
	}

	private static @Nullable String describe(Tool tool) {
		if (tool.description() != null && !tool.description().isBlank()) {
			return tool.description();
		}
		return (tool.title() != null) ? tool.title() : tool.name();
	}

	// The defaults are those of the protocol.
	private static GeminiFunctionOrigin origin(String server, Tool tool) {
		ToolAnnotations hints = tool.annotations();
		boolean readOnly = hints != null && Boolean.TRUE.equals(hints.readOnlyHint());
		boolean idempotent = hints != null && Boolean.TRUE.equals(hints.idempotentHint());
		boolean destructive = !readOnly && (hints == null || !Boolean.FALSE.equals(hints.destructiveHint()));
		return new GeminiFunctionOrigin(server, tool.name(), readOnly, idempotent, destructive);
	}

	@Override
	public FunctionDeclaration declaration(GeminiFunctionTypes types) {
		return this.declaration;
	}

	FunctionDeclaration declaration() {
		return this.declaration;
	}

	@Override
	public Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types) {
		return this.function.prepare(call, types);
	}

	@Override
	public boolean isBlocking() {
		return false;
	}

	@Override
	public boolean needsApproval() {
		return this.needsApproval;
	}

	@Override
	public GeminiFunctionOrigin origin() {
		return this.origin;
	}

	@Override
	public String toString() {
		return "GeminiFunctionCallback[" + this.declaration.name() + "]";
	}

}
