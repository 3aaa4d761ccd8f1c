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

package com.cometapi.gemini.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * Tool that operates a user interface.
 *
 * <p>
 * Wire: message {@code ComputerUse} of {@code v1beta}.
 *
 * @param environment the kind of user interface to operate
 * @param excludedPredefinedFunctions predefined functions that the model may not use
 * @param disabledSafetyPolicies safety policies to switch off, Gemini API only
 * @param enablePromptInjectionDetection whether to look for injected prompts
 * @param additional members that this version does not know, by name
 */
public record ComputerUse(@Nullable ComputerUseEnvironment environment,
		@IncludeWhenPresent List<String> excludedPredefinedFunctions,
		@IncludeWhenPresent List<String> disabledSafetyPolicies, @Nullable Boolean enablePromptInjectionDetection,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public ComputerUse {
		excludedPredefinedFunctions = ImmutableCollections.list(excludedPredefinedFunctions);
		disabledSafetyPolicies = ImmutableCollections.list(disabledSafetyPolicies);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a builder with this message's values.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link ComputerUse}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable ComputerUseEnvironment environment;

		private List<String> excludedPredefinedFunctions = ImmutableCollections.absent();

		private List<String> disabledSafetyPolicies = ImmutableCollections.absent();

		private @Nullable Boolean enablePromptInjectionDetection;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(ComputerUse message) {
			this.environment = message.environment;
			this.excludedPredefinedFunctions = message.excludedPredefinedFunctions;
			this.disabledSafetyPolicies = message.disabledSafetyPolicies;
			this.enablePromptInjectionDetection = message.enablePromptInjectionDetection;
			this.additional = message.additional;
		}

		/**
		 * Set the kind of user interface to operate.
		 * @param environment the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder environment(@Nullable ComputerUseEnvironment environment) {
			this.environment = environment;
			return this;
		}

		/**
		 * Set predefined functions that the model may not use.
		 * @param excludedPredefinedFunctions the values
		 * @return this builder
		 */
		public Builder excludedPredefinedFunctions(List<String> excludedPredefinedFunctions) {
			this.excludedPredefinedFunctions = excludedPredefinedFunctions;
			return this;
		}

		/**
		 * Set predefined functions that the model may not use.
		 * @param excludedPredefinedFunctions the values
		 * @return this builder
		 */
		public Builder excludedPredefinedFunctions(String... excludedPredefinedFunctions) {
			return excludedPredefinedFunctions(List.of(excludedPredefinedFunctions));
		}

		/**
		 * Set safety policies to switch off, Gemini API only.
		 * @param disabledSafetyPolicies the values
		 * @return this builder
		 */
		public Builder disabledSafetyPolicies(List<String> disabledSafetyPolicies) {
			this.disabledSafetyPolicies = disabledSafetyPolicies;
			return this;
		}

		/**
		 * Set safety policies to switch off, Gemini API only.
		 * @param disabledSafetyPolicies the values
		 * @return this builder
		 */
		public Builder disabledSafetyPolicies(String... disabledSafetyPolicies) {
			return disabledSafetyPolicies(List.of(disabledSafetyPolicies));
		}

		/**
		 * Set whether to look for injected prompts.
		 * @param enablePromptInjectionDetection the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder enablePromptInjectionDetection(@Nullable Boolean enablePromptInjectionDetection) {
			this.enablePromptInjectionDetection = enablePromptInjectionDetection;
			return this;
		}

		/**
		 * Set members that this version does not know, sent as they are.
		 * @param additional the members by name
		 * @return this builder
		 */
		public Builder additional(Map<String, @Nullable Object> additional) {
			this.additional = additional;
			return this;
		}

		/**
		 * Build the message.
		 * @return a new, immutable message
		 */
		public ComputerUse build() {
			return new ComputerUse(this.environment, this.excludedPredefinedFunctions, this.disabledSafetyPolicies,
					this.enablePromptInjectionDetection, this.additional);
		}

	}

}
