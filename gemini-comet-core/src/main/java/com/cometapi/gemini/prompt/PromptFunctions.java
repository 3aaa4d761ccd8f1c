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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionContext;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import com.cometapi.gemini.function.GeminiFunctionSettings;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.function.GeminiFunctions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The functions of a prompt with their settings.
 */
final class PromptFunctions {

	private final List<GeminiFunctionCallback> functions = new ArrayList<>();

	private final Map<GeminiFunctionSource, List<String>> sources = new LinkedHashMap<>();

	private final List<Consumer<GeminiFunctionSettings.Builder>> changes = new ArrayList<>();

	private GeminiFunctionContext context = GeminiFunctionContext.EMPTY;

	private GeminiFunctionApproval approval = GeminiFunctionApproval.ALLOW_ALL;

	void add(List<GeminiFunctionCallback> functions) {
		// The API refuses the same function twice.
		functions.stream().filter((function) -> !this.functions.contains(function)).forEach(this.functions::add);
	}

	// One request per source: two lists, with a change in between, might have functions
	// twice.
	void add(GeminiFunctionSource source, List<String> names) {
		this.sources.merge(source, names, (before, more) -> (before.isEmpty() || more.isEmpty()) ? List.of()
				: Stream.concat(before.stream(), more.stream()).distinct().toList());
	}

	boolean hasSources() {
		return !this.sources.isEmpty();
	}

	/**
	 * Ask the sources for their functions.
	 * @return a copy that has the functions instead of the sources
	 */
	Mono<PromptFunctions> withSourcedFunctions() {
		return Flux.fromIterable(this.sources.entrySet())
			.flatMapSequential((source) -> Mono.from(source.getKey().functions(source.getValue())))
			.collectList()
			.map((lists) -> {
				PromptFunctions copy = copy();
				copy.sources.clear();
				lists.forEach(copy::add);
				return copy;
			});
	}

	void context(GeminiFunctionContext context) {
		this.context = this.context.with(context);
	}

	void approval(GeminiFunctionApproval approval) {
		this.approval = approval;
	}

	void settings(Consumer<GeminiFunctionSettings.Builder> change) {
		this.changes.add(change);
	}

	PromptFunctions copy() {
		PromptFunctions copy = new PromptFunctions();
		copy.functions.addAll(this.functions);
		copy.sources.putAll(this.sources);
		copy.changes.addAll(this.changes);
		copy.context = this.context;
		copy.approval = this.approval;
		return copy;
	}

	/**
	 * Return the runner of the functions.
	 * @param factory creates runners; asked only if there are functions
	 * @return the runner, or {@code null} if there are no functions
	 */
	@Nullable GeminiFunctionRunner toRunner(Supplier<GeminiFunctions> factory) {
		if (this.functions.isEmpty()) {
			return null;
		}
		GeminiFunctionRunner runner = factory.get()
			.runner(this.functions)
			.withContext(this.context)
			.withApproval(this.approval);
		if (this.changes.isEmpty()) {
			return runner;
		}
		GeminiFunctionSettings.Builder settings = runner.settings().toBuilder();
		this.changes.forEach((change) -> change.accept(settings));
		return runner.withSettings(settings.build());
	}

}
