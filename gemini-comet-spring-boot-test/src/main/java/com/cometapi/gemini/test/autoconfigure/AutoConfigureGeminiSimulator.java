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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import com.cometapi.gemini.test.GeminiSimulator;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Connects the application under test to a {@link GeminiSimulator}, so that neither a key
 * nor a network is needed. Applies to {@code @SpringBootTest} and to test slices.
 *
 * <p>
 * The simulator is a bean of the application context, is reset after each test and
 * streams without delays. A {@link GeminiSimulator} bean of the test replaces it.
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;AutoConfigureGeminiSimulator
 * class ChatTests {
 *
 *     &#064;Test
 *     void greets(@Autowired GeminiSimulator simulator, @Autowired ChatService chat) {
 *         simulator.next().text("Hello");
 *         assertThat(chat.greet()).isEqualTo("Hello");
 *     }
 *
 * }
 * </pre>
 *
 * @see GeminiSimulatorConnectionDetails
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureGeminiSimulator {

}
