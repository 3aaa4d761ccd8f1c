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

package com.cometapi.gemini.autoconfigure.batch;

import com.cometapi.gemini.batch.GeminiBatch;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiBatchEndpoint}.
 */
@AutoConfiguration(after = GeminiBatchAutoConfiguration.class)
@ConditionalOnClass({ ConditionalOnAvailableEndpoint.class, GeminiBatch.class, JobRepository.class })
@ConditionalOnBean({ GeminiBatch.class, JobRepository.class })
@ConditionalOnAvailableEndpoint(GeminiBatchEndpoint.class)
public final class GeminiBatchEndpointAutoConfiguration {

	GeminiBatchEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiBatchEndpoint geminiBatchEndpoint(JobRepository repository) {
		return new GeminiBatchEndpoint(repository);
	}

}
