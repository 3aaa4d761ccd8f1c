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

package com.cometapi.gemini.schema;

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.util.IgnorePropertiesUtil;

/**
 * The member names that are ignored or included in the object of a member, as with
 * {@code @JsonIgnoreProperties} on the member.
 *
 * @param ignored the names that are not read
 * @param included the only names that are read, or {@code null} for all others
 */
record MemberSelection(Set<String> ignored, @Nullable Set<String> included) {

	static @Nullable MemberSelection of(DeserializationConfig config, @Nullable AnnotatedMember member) {
		if (member == null) {
			return null;
		}
		AnnotationIntrospector introspector = config.getAnnotationIntrospector();
		JsonIgnoreProperties.Value ignorals = introspector.findPropertyIgnoralByName(config, member);
		JsonIncludeProperties.Value inclusions = introspector.findPropertyInclusionByName(config, member);
		Set<String> ignored = (ignorals != null) ? ignorals.findIgnoredForDeserialization() : Set.of();
		Set<String> included = (inclusions != null) ? inclusions.getIncluded() : null;
		return (ignored.isEmpty() && included == null) ? null : new MemberSelection(ignored, included);
	}

	boolean excludes(String name) {
		return IgnorePropertiesUtil.shouldIgnore(name, this.ignored, this.included);
	}

}
