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

package com.cometapi.gemini.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * The arguments of the command line.
 *
 * @param works the works to measure
 * @param contenders the contenders to measure, empty for the usual ones
 * @param rounds the number of rounds, in each of which every contender has one turn
 * @param warmUp the CPU time that each uses before it is measured, or {@code null} for
 * that of the work
 * @param measured the time for which each is measured
 * @param heap the largest heap of a contender, as for {@code -Xmx}
 * @param jvmArguments further arguments of a contender's process
 * @param smallestHeap whether to search for the smallest heap, too
 * @param checkServer whether to measure the server instead
 * @param soak the duration of the soak to run instead, or {@code null} for none
 * @param report the file to write the tables to, or {@code null} for none
 * @param profile whether to profile each contender
 */
record Options(List<Work> works, List<Contenders> contenders, int rounds, @Nullable Duration warmUp, Duration measured,
		String heap, List<String> jvmArguments, boolean smallestHeap, boolean checkServer, @Nullable Duration soak,
		@Nullable Path report, boolean profile) {

	static final String USAGE = """
			java -jar benchmarks/target/benchmarks.jar [--work=a,b] [--contenders=a,b] [--rounds=3] [--warm-up=10]
				[--measure=3] [--heap=512m] [--jvm=-XX:…] [--quick] [--profile] [--report=FILE.md]
			java -jar benchmarks/target/benchmarks.jar --check-server
			java -jar benchmarks/target/benchmarks.jar --soak=10m [--report=FILE.md]
			""";

	private static final Set<String> NAMES = Set.of("--work", "--contenders", "--rounds", "--warm-up", "--measure",
			"--heap", "--jvm", "--quick", "--report", "--check-server", "--soak", "--profile");

	private static final Options QUICK = new Options(List.of(Work.STREAM_1000, Work.UNARY_64), List.of(), 1,
			Duration.ofSeconds(7), Duration.ofSeconds(3), "512m", List.of(), false, false, null, null, false);

	private static final Options FULL = new Options(Arrays.stream(Work.values()).filter(Work::isPossible).toList(),
			List.of(), 3, null, Duration.ofSeconds(3), "512m", List.of(), true, false, null, null, false);

	/**
	 * Return the contenders of a work.
	 * @param work the work
	 * @return the contenders
	 */
	List<Contenders> contenders(Work work) {
		return !this.contenders.isEmpty() ? this.contenders
				: Arrays.stream(Contenders.values()).filter((contender) -> contender.isUsualFor(work)).toList();
	}

	/**
	 * Return the CPU time to use before a work is measured.
	 * @param work the work
	 * @return the time
	 */
	Duration warmUp(Work work) {
		return (this.warmUp != null) ? this.warmUp : work.warmUp();
	}

	static Options parse(String[] arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			String[] words = argument.split("=", 2);
			if (!NAMES.contains(words[0])) {
				throw new IllegalArgumentException("Unknown argument '" + words[0] + "'");
			}
			values.put(words[0], (words.length > 1) ? words[1] : "");
		}
		Options base = values.containsKey("--quick") ? QUICK : FULL;
		return new Options(list(values.get("--work"), Work::of, base.works),
				list(values.get("--contenders"), Contenders::of, base.contenders),
				orElse(values.get("--rounds"), Integer::valueOf, base.rounds),
				orElse(values.get("--warm-up"), Options::seconds, base.warmUp),
				orElse(values.get("--measure"), Options::seconds, base.measured),
				orElse(values.get("--heap"), Function.identity(), base.heap),
				list(values.get("--jvm"), Function.identity(), base.jvmArguments), base.smallestHeap,
				values.containsKey("--check-server"), orElse(values.get("--soak"), DurationStyle.SIMPLE::parse, null),
				orElse(values.get("--report"), Path::of, null), values.containsKey("--profile"));
	}

	private static Duration seconds(String value) {
		return Duration.ofSeconds(Long.parseLong(value));
	}

	private static <T> List<T> list(@Nullable String value, Function<String, T> reader, List<T> otherwise) {
		return (value != null) ? Arrays.stream(value.split(",")).map(reader).toList() : otherwise;
	}

	private static <T extends @Nullable Object> T orElse(@Nullable String value, Function<String, T> reader,
			T otherwise) {
		return (value != null) ? reader.apply(value) : otherwise;
	}

}
