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

package com.cometapi.gemini.test.aisdk;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The AI SDK with Spring MVC.
 */
@SpringBootTest(classes = MvcUseChatTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=servlet", "cometapi.gemini.retry.max-attempts=1",
				// With which Spring MVC detects that the browser is gone
				"cometapi.gemini.sse.heartbeat-interval=1s" })
class MvcUseChatTests extends AbstractUseChatTests {

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ AiSdkPrompts.class, MvcController.class })
	static class Application {

	}

}
