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

import java.io.IOException;
import java.util.function.Consumer;

import com.cometapi.gemini.web.GeminiSseEmitters;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * {@link ValveBase Valve} that lets an event stream close its connection immediately.
 * Tomcat would otherwise block a request thread until the browser has read the response.
 */
final class TomcatConnectionCloseValve extends ValveBase {

	TomcatConnectionCloseValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		Consumer<IOException> close = (reason) -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, reason);
		request.setAttribute(GeminiSseEmitters.CLOSE_ATTRIBUTE, close);
		getNext().invoke(request, response);
	}

}
