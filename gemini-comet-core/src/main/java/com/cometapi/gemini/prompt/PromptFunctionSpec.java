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

package com.cometapi.gemini.prompt;

import java.util.function.Consumer;
import java.util.function.Function;

import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionContext;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionSettings;
import com.cometapi.gemini.function.GeminiFunctionSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Functions that the model may call and that this application runs. Part of
 * {@link PromptSpec}.
 *
 * <p>
 * The functions that a response calls are run concurrently, and their results are sent
 * back to the model, until it responds without a call. Each round is a request of its
 * own, and billed. The mode {@link com.cometapi.gemini.api.FunctionCallingMode#ANY}
 * applies to the first round only, and neither to the repair of a typed response nor to a
 * prompt that continues after a suspension. Calls of tools that the server runs, and
 * their results, are sent back unchanged.
 *
 * <p>
 * A response is the last one, and none of its functions are run, if it was cut off or
 * blocked, if it calls a function that is only declared, with
 * {@link PromptToolSpec#functions(com.cometapi.gemini.api.FunctionDeclaration...)}, or if
 * the approval of a call was
 * {@linkplain com.cometapi.gemini.function.GeminiFunctionDecision#suspend() suspended}.
 * To continue after a suspension, send a function response without a value in the turn of
 * the user: the call is approved and run, and then the model is called.
 *
 * @param <S> the type of the prompt
 */
public interface PromptFunctionSpec<S extends PromptFunctionSpec<S>> {

	/**
	 * Let the model call functions.
	 * @param functions the functions
	 * @return this prompt
	 */
	S functions(GeminiFunctionCallback... functions);

	/**
	 * Let the model call the methods of beans that are annotated with
	 * {@link com.cometapi.gemini.function.annotation.GeminiFunction}.
	 * @param beans the beans
	 * @return this prompt
	 * @throws IllegalArgumentException if a bean has no such method, or one that cannot
	 * be a function
	 */
	S functionsOf(Object... beans);

	/**
	 * Let the model call functions by name; in a Spring Boot application they are found
	 * among its beans: a bean of type {@link GeminiFunctionCallback}, {@code Function},
	 * {@code BiFunction} with a {@link GeminiFunctionContext}, {@code Supplier} or
	 * {@code Consumer}, all functions of a bean with annotated methods, or one annotated
	 * method by its function's name.
	 * @param names the names
	 * @return this prompt
	 * @throws IllegalArgumentException if no function has one of the names
	 */
	S functionNames(String... names);

	/**
	 * Let the model call functions of a source, which is asked for them each time that
	 * the prompt runs, under its total time limit. In a Spring Boot application, a source
	 * is a bean of type {@link GeminiFunctionSource} or an MCP server that is configured
	 * by properties.
	 * @param source the name of the source
	 * @param names the functions, by the names that the source gives them; none for all
	 * @return this prompt
	 * @throws IllegalArgumentException if there is no such source
	 */
	S functionsFrom(String source, String... names);

	/**
	 * Let the model call functions of a source, which is asked for them each time that
	 * the prompt runs, under its total time limit.
	 * @param source the source
	 * @param names the functions, by the names that the source gives them; none for all
	 * @return this prompt
	 */
	S functionsFrom(GeminiFunctionSource source, String... names);

	/**
	 * Let the model call tools of an MCP server, which the application calls. For servers
	 * that the backend calls, see {@link PromptToolSpec#mcpServer}.
	 * @param server the name of the server, as configured below
	 * {@code cometapi.gemini.mcp.servers}
	 * @param tools the tools, by the names that the server gives them; none for all
	 * @return this prompt
	 * @throws IllegalArgumentException if there is no such server
	 */
	default S mcp(String server, String... tools) {
		return functionsFrom(server, tools);
	}

	/**
	 * Pass a value to the functions, such as the current user. The model never sees it.
	 * @param name the name of the value
	 * @param value the value
	 * @return this prompt
	 */
	default S functionContext(String name, Object value) {
		return functionContext(GeminiFunctionContext.of(name, value));
	}

	/**
	 * Pass values to the functions, in addition to those that were passed before. The
	 * model never sees them.
	 * @param context the values
	 * @return this prompt
	 */
	S functionContext(GeminiFunctionContext context);

	/**
	 * Decide about each call before it runs: allow, change, refuse or suspend it. Not
	 * called for calls whose arguments are not valid.
	 * @param approval decides about a call; may block; {@code null} refuses the call
	 * @return this prompt
	 */
	default S functionApproval(Function<GeminiFunctionCall, @Nullable GeminiFunctionDecision> approval) {
		Assert.notNull(approval, "'approval' must not be null");
		return functionApprovalAsync(GeminiFunctionApproval.blocking(approval));
	}

	/**
	 * Decide about each call before it runs: allow, change, refuse or suspend it, for
	 * example after a person was asked.
	 * @param approval decides about a call; must not block
	 * @return this prompt
	 */
	S functionApprovalAsync(GeminiFunctionApproval approval);

	/**
	 * Change the function settings for this prompt, such as the handling of failures, the
	 * number of rounds or the time limits.
	 * @param change changes the configured settings
	 * @return this prompt
	 */
	S functionSettings(Consumer<GeminiFunctionSettings.Builder> change);

}
