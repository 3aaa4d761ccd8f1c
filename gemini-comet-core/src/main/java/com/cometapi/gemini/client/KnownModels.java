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

package com.cometapi.gemini.client;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.error.Redactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Models known to a client: those of the list that it loaded last, and those whose
 * responses announced a retirement. Thread-safe; its size is bounded.
 */
final class KnownModels {

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	private static final int MAX_LISTED = 2000;

	private static final int MAX_RETIRING = 100;

	private static final int MAX_SIMILAR = 3;

	private static final double MIN_SIMILARITY = 0.65;

	private static final int MAX_MESSAGE = 300;

	private static final int MAX_VALUE = 40;

	// Endpoints still list these models.
	private static final Pattern RETIRED = Pattern.compile("gemini-(?:1\\.|2\\.0-).*|gemini-2\\.5-(?:pro|flash"
			+ "|flash-image|flash-image-preview)|gemini-3-pro(?:-image)?-preview|gemini-3\\.1-flash-(?:image|lite)-preview");

	private static final Pattern ID = Pattern.compile("[\\w./@-]{1,100}");

	private final Map<String, ModelStatus> retiring = new ConcurrentHashMap<>();

	private volatile List<String> listed = List.of();

	/**
	 * Set the models of a list that was loaded.
	 * @param models the models
	 */
	void setListed(List<Model> models) {
		this.listed = models.stream()
			.filter(KnownModels::generatesContent)
			.map(Model::id)
			.filter((id) -> id != null && ID.matcher(id).matches())
			.distinct()
			.limit(MAX_LISTED)
			.toList();
	}

	private static boolean generatesContent(Model model) {
		return model.supportedGenerationMethods().isEmpty()
				|| model.supportedGenerationMethods().contains(GeminiExchange.GENERATE);
	}

	/**
	 * Find the listed models whose ids are most similar to another one.
	 * @param model the id that the endpoint does not know
	 * @return the ids, the most similar and newest first, without any that is known to be
	 * retired
	 */
	List<String> findSimilar(String model) {
		Set<String> pairs = pairs(model);
		return this.listed.stream()
			.filter((id) -> !id.equals(model) && !isRetired(id))
			.filter((id) -> similarity(pairs, pairs(id)) >= MIN_SIMILARITY)
			.sorted(Comparator.comparingDouble((String id) -> similarity(pairs, pairs(id)))
				.thenComparing(Comparator.naturalOrder())
				.reversed())
			.limit(MAX_SIMILAR)
			.toList();
	}

	// Pairs of characters also find names whose parts are in another order.
	private static Set<String> pairs(String id) {
		Set<String> pairs = new HashSet<>();
		for (int i = 0; i < id.length() - 1; i++) {
			pairs.add(id.substring(i, i + 2).toLowerCase(Locale.ROOT));
		}
		return pairs;
	}

	private static double similarity(Set<String> first, Set<String> second) {
		return 2.0 * first.stream().filter(second::contains).count() / (first.size() + second.size());
	}

	private boolean isRetired(String id) {
		if (RETIRED.matcher(id).matches()) {
			return true;
		}
		ModelStatus status = this.retiring.get(id);
		if (status == null) {
			return false;
		}
		Instant time = parse(status.retirementTime());
		return !"LEGACY".equals(status.modelStage()) && (time == null || time.isBefore(Instant.now()));
	}

	/**
	 * Record the status of a model. The first announcement of its retirement is logged.
	 * @param status the status
	 * @param context the call to the model
	 */
	void addStatus(ModelStatus status, CallContext context) {
		String model = context.model();
		if (model == null || !status.announcesRetirement()) {
			return;
		}
		ModelStatus known = this.retiring.get(model);
		if ((known != null) ? isSame(known, status) : this.retiring.size() >= MAX_RETIRING) {
			return;
		}
		ModelStatus bounded = bound(status, context.redactor());
		if (this.retiring.put(model, bounded) == null) {
			logger.warn(describe(model, bounded));
		}
	}

	private static boolean isSame(ModelStatus first, ModelStatus second) {
		return Objects.equals(first.retirementTime(), second.retirementTime())
				&& Objects.equals(first.modelStage(), second.modelStage());
	}

	private static ModelStatus bound(ModelStatus status, Redactor redactor) {
		return new ModelStatus(bound(status.modelStage(), MAX_VALUE, redactor),
				bound(status.message(), MAX_MESSAGE, redactor), bound(status.retirementTime(), MAX_VALUE, redactor),
				Map.of());
	}

	private static @Nullable String bound(@Nullable String text, int maxLength, Redactor redactor) {
		return (text != null) ? redactor.redact(ErrorTranslator.oneLine(text), maxLength) : null;
	}

	private static String describe(String model, ModelStatus status) {
		StringBuilder text = new StringBuilder("The endpoint announces ");
		String time = status.retirementTime();
		if (time != null) {
			Instant instant = parse(time);
			text.append((instant != null) ? LocalDate.ofInstant(instant, ZoneOffset.UTC).toString() : time)
				.append(" as the date of the retirement");
		}
		else {
			text.append("the retirement");
		}
		text.append(" of model '").append(model).append('\'');
		if (status.modelStage() != null) {
			text.append(" (stage ").append(status.modelStage()).append(')');
		}
		if (status.message() != null) {
			text.append(": ").append(status.message());
		}
		text.append((text.charAt(text.length() - 1) != '.') ? ". " : " ")
			.append("Change 'cometapi.gemini.model', or the prompts that name this model, to another one. ")
			.append("This is logged once for each model.");
		return text.toString();
	}

	private static @Nullable Instant parse(@Nullable String time) {
		try {
			return (time != null) ? OffsetDateTime.parse(time).toInstant() : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/**
	 * Return the models whose retirement was announced.
	 * @return the statuses by the id of the model
	 */
	Map<String, ModelStatus> retiring() {
		return Map.copyOf(this.retiring);
	}

}
