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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of the command line.
 *
 * @param works what is measured
 * @param contenders who is measured
 * @param rounds how often everyone has a turn
 * @param warmUp how much CPU time each uses before it is measured
 * @param measured how long each is measured
 * @param heap the largest heap of a contender, as for {@code -Xmx}
 * @param jvmArguments further arguments of a contender's process
 * @param checkServer whether to measure the server instead
 */
record Options(List<Work> works, List<Contenders> contenders, int rounds, Duration warmUp, Duration measured,
		String heap, List<String> jvmArguments, boolean checkServer) {

	static final String USAGE = """
			java -jar benchmarks/target/benchmarks.jar [--work=a,b] [--contenders=a,b] [--rounds=3] [--warm-up=10]
				[--measure=4] [--heap=512m] [--jvm=-XX:…] [--quick] [--check-server]
			""";

	static Options parse(String[] arguments) {
		Options options = new Options(List.of(Work.values()), List.of(Contenders.values()), 3, Duration.ofSeconds(10),
				Duration.ofSeconds(4), "512m", List.of(), false);
		for (String argument : arguments) {
			String[] words = argument.split("=", 2);
			options = options.with(words[0], (words.length > 1) ? words[1] : "");
		}
		return options;
	}

	private Options with(String name, String value) {
		return switch (name) {
			case "--work" -> withWorks(split(value).map(Work::of).toList());
			case "--contenders" -> new Options(this.works, split(value).map(Contenders::of).toList(), this.rounds,
					this.warmUp, this.measured, this.heap, this.jvmArguments, this.checkServer);
			case "--rounds" -> withTimes(Integer.parseInt(value), this.warmUp, this.measured);
			case "--warm-up" -> withTimes(this.rounds, Duration.ofSeconds(Long.parseLong(value)), this.measured);
			case "--measure" -> withTimes(this.rounds, this.warmUp, Duration.ofSeconds(Long.parseLong(value)));
			case "--heap" -> new Options(this.works, this.contenders, this.rounds, this.warmUp, this.measured, value,
					this.jvmArguments, this.checkServer);
			case "--jvm" -> new Options(this.works, this.contenders, this.rounds, this.warmUp, this.measured, this.heap,
					split(value).toList(), this.checkServer);
			case "--quick" -> withWorks(List.of(Work.STREAM_1000, Work.UNARY_64)).withTimes(1, Duration.ofSeconds(7),
					Duration.ofSeconds(3));
			case "--check-server" -> new Options(this.works, this.contenders, this.rounds, this.warmUp, this.measured,
					this.heap, this.jvmArguments, true);
			default -> throw new IllegalArgumentException("Unknown argument '" + name + "'");
		};
	}

	private Options withWorks(List<Work> works) {
		return new Options(works, this.contenders, this.rounds, this.warmUp, this.measured, this.heap,
				this.jvmArguments, this.checkServer);
	}

	private Options withTimes(int rounds, Duration warmUp, Duration measured) {
		return new Options(this.works, this.contenders, rounds, warmUp, measured, this.heap, this.jvmArguments,
				this.checkServer);
	}

	private static Stream<String> split(String value) {
		return Arrays.stream(value.split(","));
	}

}
