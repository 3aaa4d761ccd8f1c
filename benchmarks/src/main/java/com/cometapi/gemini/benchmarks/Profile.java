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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Tables of the composition of the figures of the contenders, first by library, then by
 * the methods or classes in which this library differs most from the limit. CPU time and
 * allocation come from a recording by the JDK Flight Recorder and are attributed to the
 * first method that is not one of the JDK; open streams are shown by a class histogram,
 * the start of a process by the classes that it loaded.
 */
final class Profile {

	private static final int ROWS = 12;

	private static final String JDK = "JDK";

	private static final String SYSTEM_CALLS = "system calls";

	private static final Set<String> WAITS = Set.of("wait", "poll", "park");

	private static final Pattern LOADED_CLASS = Pattern.compile("\\] (\\S+) source: ");

	private static final Map<String, String> LIBRARIES = Map.of("com.cometapi.gemini.benchmarks.", "the benchmark",
			"com.cometapi.gemini.", "this library", "org.springframework.", "Spring", "reactor.core.", "Reactor",
			"reactor.util.", "Reactor", "reactor.netty.", "Reactor Netty", "io.netty.", "Netty", "tools.jackson.",
			"Jackson", "com.fasterxml.jackson.", "Jackson", "io.micrometer.", "Micrometer");

	private final Work work;

	private final Map<String, Map<Contenders, Shares>> tables = new LinkedHashMap<>();

	Profile(Work work) {
		this.work = work;
	}

	/**
	 * Return the arguments that make a process profile itself.
	 * @param file the file that it writes
	 * @return the arguments
	 */
	List<String> arguments(Path file) {
		if (this.work == Work.START) {
			return List.of("-Xlog:class+load:file=" + file);
		}
		if (this.work.openStreams() > 0) {
			return List.of("-D" + ClassHistogram.PROPERTY + "=" + file);
		}
		String samples = List.of("ExecutionSample", "NativeMethodSample", "ObjectAllocationSample")
			.stream()
			.map((event) -> ",+jdk." + event + "#enabled=true,+jdk." + event + "#stackTrace=true")
			.collect(Collectors.joining());
		return List.of(
				"-XX:StartFlightRecording:settings=none,dumponexit=true,filename=" + file + samples
						+ ",+jdk.ExecutionSample#period=10ms,+jdk.NativeMethodSample#period=10ms"
						+ ",+jdk.ObjectAllocationSample#throttle=2000/s",
				"-XX:FlightRecorderOptions:stackdepth=128", "-XX:+UnlockDiagnosticVMOptions",
				"-XX:+DebugNonSafepoints");
	}

	/**
	 * Add a turn.
	 * @param contender the contender
	 * @param result the result of the turn
	 * @param file the file that the process wrote
	 * @param measured the measured time, at the end of the recording
	 * @throws IOException if the file cannot be read
	 */
	void add(Contenders contender, Result result, Path file, Duration measured) throws IOException {
		if (this.work == Work.START) {
			Shares classes = shares("classes/process", contender);
			LOADED_CLASS.matcher(Files.readString(file))
				.results()
				.map((line) -> line.group(1))
				.forEach((type) -> classes.add(library(type), "", 1));
			classes.sum = classes.all;
		}
		else if (this.work.openStreams() > 0) {
			Shares heap = shares("live heap bytes/stream", contender);
			ClassHistogram.read(file)
				.bytes()
				.forEach((type, bytes) -> heap.add(library(type), "`" + simpleName(type) + "`", bytes));
			heap.sum = heap.all;
		}
		else {
			addRecording(contender, result, file, measured);
		}
	}

	private void addRecording(Contenders contender, Result result, Path file, Duration measured) throws IOException {
		String unit = this.work.unit().name().toLowerCase(Locale.ROOT);
		Shares cpu = shares("CPU ns/" + unit, contender);
		Shares heap = shares("heap bytes/" + unit, contender);
		List<RecordedEvent> events = RecordingFile.readAllEvents(file);
		Instant end = events.stream().map(RecordedEvent::getEndTime).max(Comparator.naturalOrder()).orElseThrow();
		for (RecordedEvent event : events) {
			if (event.getStartTime().isBefore(end.minus(measured)) || event.getStackTrace() == null
					|| event.getStackTrace().getFrames().isEmpty()) {
				continue;
			}
			List<RecordedFrame> frames = event.getStackTrace().getFrames();
			switch (event.getEventType().getName()) {
				case "jdk.ExecutionSample" -> addFrames(cpu, frames, 1);
				case "jdk.ObjectAllocationSample" -> addFrames(heap, frames, event.getLong("weight"));
				case "jdk.NativeMethodSample" -> {
					String method = frames.get(0).getMethod().getName();
					if (WAITS.stream().noneMatch(method.toLowerCase(Locale.ROOT)::contains)) {
						cpu.add(SYSTEM_CALLS, "`" + method + "`", 1);
					}
				}
				default -> {
				}
			}
		}
		cpu.sum = result.perUnit(Result.CPU);
		heap.sum = result.perUnit(Result.HEAP);
	}

	private static void addFrames(Shares shares, List<RecordedFrame> frames, double weight) {
		RecordedMethod method = frames.stream()
			.map(RecordedFrame::getMethod)
			.filter((called) -> !JDK.equals(library(called.getType().getName())))
			.findFirst()
			.orElse(frames.get(0).getMethod());
		String type = method.getType().getName();
		shares.add(library(type), "`" + simpleName(type) + "." + method.getName() + "`", weight);
	}

	private Shares shares(String title, Contenders contender) {
		return this.tables.computeIfAbsent(title, (key) -> new EnumMap<>(Contenders.class))
			.computeIfAbsent(contender, (key) -> new Shares());
	}

	private static String library(String type) {
		return LIBRARIES.entrySet()
			.stream()
			.filter((library) -> type.startsWith(library.getKey()))
			.max(Comparator.comparingInt((library) -> library.getKey().length()))
			.map(Map.Entry::getValue)
			.orElse(JDK);
	}

	private static String simpleName(String type) {
		return type.substring(type.lastIndexOf('.') + 1);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.tables.forEach((title, shares) -> {
			text.append("\n| ").append(title);
			shares.keySet().forEach((contender) -> text.append(" | ").append(contender.id()));
			text.append(" |\n| --- |").append(" --- |".repeat(shares.size())).append('\n');
			rows(text, shares, (share) -> share.libraries, Integer.MAX_VALUE);
			rows(text, shares, (share) -> share.methods, ROWS);
		});
		return text.toString();
	}

	private static void rows(StringBuilder text, Map<Contenders, Shares> shares,
			Function<Shares, Map<String, Double>> weights, int limit) {
		Shares none = new Shares();
		Shares library = shares.getOrDefault(Contenders.COMET, none);
		Shares base = shares.getOrDefault(Contenders.LIMIT, shares.getOrDefault(Contenders.WEB_CLIENT, none));
		shares.values()
			.stream()
			.flatMap((share) -> weights.apply(share).keySet().stream())
			.filter((name) -> !name.isEmpty()
					&& shares.values().stream().anyMatch((share) -> share.of(weights, name) >= 0.5))
			.distinct()
			.sorted(Comparator.comparingDouble((name) -> base.of(weights, name) - library.of(weights, name)))
			.limit(limit)
			.forEach((name) -> {
				text.append("| ").append(name);
				shares.values()
					.forEach((share) -> text.append(String.format(Locale.ROOT, " | %,.0f", share.of(weights, name))));
				text.append(" |\n");
			});
	}

	/**
	 * The composition of one figure of a contender.
	 */
	private static final class Shares {

		private final Map<String, Double> libraries = new HashMap<>();

		private final Map<String, Double> methods = new HashMap<>();

		private double all;

		private double sum;

		private void add(String library, String method, double weight) {
			this.libraries.merge(library, weight, Double::sum);
			this.methods.merge(method, weight, Double::sum);
			this.all += weight;
		}

		private double of(Function<Shares, Map<String, Double>> weights, String name) {
			return (this.all != 0) ? weights.apply(this).getOrDefault(name, 0.0) / this.all * this.sum : 0;
		}

	}

}
