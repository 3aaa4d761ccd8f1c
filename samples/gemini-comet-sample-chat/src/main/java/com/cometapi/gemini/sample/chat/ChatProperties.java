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

package com.cometapi.gemini.sample.chat;

import java.time.Duration;
import java.util.Set;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Properties of the sample.
 *
 * @param hosts Names under which the page may be reached.
 * @param maxBodySize Size up to which the body of a request is read.
 * @param maxBodies Number of bodies that are read at the same time.
 * @param demoPace Wait between two words of a simulated response.
 */
@Validated
@ConfigurationProperties("chat")
record ChatProperties(@NotEmpty Set<String> hosts, @NotNull @DefaultValue("16MB") DataSize maxBodySize,
		@Positive @DefaultValue("2") int maxBodies, @NotNull @DefaultValue("40ms") Duration demoPace) {

}
