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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Merges members that several events of a stream have.
 */
final class EventMerger {

	private EventMerger() {
	}

	static <T> @Nullable T last(@Nullable T first, @Nullable T second) {
		return (second != null) ? second : first;
	}

	/**
	 * Add two counts.
	 * @param first a count
	 * @param second a count
	 * @return the sum, {@code null} if there is none or if it does not fit
	 */
	static @Nullable Integer sum(@Nullable Integer first, @Nullable Integer second) {
		if (first == null || second == null) {
			return last(first, second);
		}
		long sum = (long) first + second;
		return (sum == (int) sum) ? (Integer) (int) sum : null;
	}

	static <T> List<T> lastList(List<T> first, List<T> second) {
		return (second.isEmpty() && first != ImmutableCollections.ABSENT) ? first : second;
	}

	static Map<String, @Nullable Object> members(Map<String, @Nullable Object> first,
			Map<String, @Nullable Object> second) {
		if (first.isEmpty() || second.isEmpty()) {
			return (second.isEmpty()) ? first : second;
		}
		Map<String, @Nullable Object> members = new LinkedHashMap<>(first);
		members.putAll(second);
		return members;
	}

	/**
	 * Create a message from several events. If a member could be read in some of the
	 * events only, it has the value from those.
	 * @param <M> the type of the message
	 * @param additional the members that are not known or could not be read
	 * @param message creates the message with such members
	 * @return the message, in which each name occurs once
	 */
	static <M extends Record> M message(Map<String, @Nullable Object> additional,
			Function<Map<String, @Nullable Object>, M> message) {
		M merged = message.apply(additional);
		if (additional.isEmpty()) {
			return merged;
		}
		Map<String, @Nullable Object> unread = new LinkedHashMap<>(additional);
		unread.keySet().removeAll(PresentMembers.present(merged));
		return (unread.size() < additional.size()) ? message.apply(unread) : merged;
	}

	static @Nullable CitationMetadata citations(List<CitationMetadata> events) {
		return merge(events, CitationMetadata::additional,
				(additional) -> new CitationMetadata(all(events, CitationMetadata::citationSources, true),
						all(events, CitationMetadata::citations, true), additional));
	}

	/**
	 * Merge the grounding metadata of the events. Supports refer to sources by their
	 * number among those of all events, so duplicate sources are kept.
	 * @param events the metadata of the events, in order
	 * @return the sources of all events, or {@code null} if there were none
	 */
	static @Nullable GroundingMetadata groundings(List<GroundingMetadata> events) {
		return merge(events, GroundingMetadata::additional,
				(additional) -> new GroundingMetadata(all(events, GroundingMetadata::webSearchQueries, true),
						all(events, GroundingMetadata::imageSearchQueries, true),
						all(events, GroundingMetadata::retrievalQueries, true),
						last(events, GroundingMetadata::searchEntryPoint),
						all(events, GroundingMetadata::groundingChunks, false),
						all(events, GroundingMetadata::groundingSupports, false),
						last(events, GroundingMetadata::retrievalMetadata),
						last(events, GroundingMetadata::googleMapsWidgetContextToken),
						all(events, GroundingMetadata::sourceFlaggingUris, true), additional));
	}

	static @Nullable UrlContextMetadata urlContexts(List<UrlContextMetadata> events) {
		return merge(events, UrlContextMetadata::additional,
				(additional) -> new UrlContextMetadata(all(events, UrlContextMetadata::urlMetadata, true), additional));
	}

	static @Nullable LogprobsResult logprobs(List<LogprobsResult> events) {
		return merge(events, LogprobsResult::additional,
				(additional) -> new LogprobsResult(all(events, LogprobsResult::chosenCandidates, false),
						all(events, LogprobsResult::topCandidates, false),
						last(events, LogprobsResult::logProbabilitySum), additional));
	}

	private static <M extends Record> @Nullable M merge(List<M> events,
			Function<M, Map<String, @Nullable Object>> additional, Function<Map<String, @Nullable Object>, M> merged) {
		return switch (events.size()) {
			case 0 -> null;
			case 1 -> events.get(0);
			default -> message(additional(events, additional), merged);
		};
	}

	private static <M, T> List<T> all(List<M> events, Function<M, List<T>> member, boolean once) {
		List<T> all = null;
		for (M event : events) {
			List<T> values = member.apply(event);
			if (values != ImmutableCollections.ABSENT) {
				all = (all != null) ? all : new ArrayList<>(values.size());
				all.addAll(values);
			}
		}
		if (all == null) {
			return ImmutableCollections.absent();
		}
		return (once) ? new ArrayList<>(new LinkedHashSet<>(all)) : all;
	}

	private static <M, T> @Nullable T last(List<M> events, Function<M, @Nullable T> member) {
		T last = null;
		for (M event : events) {
			last = last(last, member.apply(event));
		}
		return last;
	}

	private static <M> Map<String, @Nullable Object> additional(List<M> events,
			Function<M, Map<String, @Nullable Object>> member) {
		Map<String, @Nullable Object> additional = new LinkedHashMap<>(0);
		events.forEach((event) -> additional.putAll(member.apply(event)));
		return additional;
	}

}
