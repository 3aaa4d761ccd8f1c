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

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The results of one kind of work as Markdown: the medians over the rounds, also as
 * multiples of those of the limit and of the hand-written client.
 */
final class Table {

	private static final String NONE = "–";

	private final Work work;

	private final Map<Contenders, List<Result>> results = new EnumMap<>(Contenders.class);

	private final Map<Contenders, String> failures = new EnumMap<>(Contenders.class);

	private final Map<Contenders, Double> smallestHeaps = new EnumMap<>(Contenders.class);

	Table(Work work) {
		this.work = work;
	}

	/**
	 * Add a turn.
	 * @param contender the contender
	 * @param line the last line of its output
	 */
	void add(Contenders contender, String line) {
		if (Result.isLine(line)) {
			this.results.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(Result.ofLine(line));
		}
		else {
			this.failures.put(contender, line);
		}
	}

	void smallestHeap(Contenders contender, double megabytes) {
		this.smallestHeaps.put(contender, megabytes);
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder("\n## " + this.work.title() + "\n\n");
		row(table, columns().stream().map(Column::title).toList());
		row(table, columns().stream().map((column) -> "---").toList());
		for (Contenders contender : Contenders.values()) {
			if (this.results.containsKey(contender)) {
				row(table, columns().stream().map((column) -> column.cell().apply(contender)).toList());
			}
		}
		this.failures
			.forEach((contender, failure) -> table.append("\n%s fails: %s\n".formatted(contender.id(), failure)));
		return table.toString();
	}

	private static void row(StringBuilder table, List<String> cells) {
		table.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	private List<Column> columns() {
		String unit = this.work.unit().name().toLowerCase(Locale.ROOT);
		List<Column> columns = new ArrayList<>();
		columns.add(new Column("contender", Contenders::id));
		addWithRatios(columns, cpuTitle(unit), (result) -> result.perUnit(Result.CPU) / cpuScale());
		if (this.work == Work.START) {
			addWithRatios(columns, "ms to first answer", (result) -> result.get(Result.WALL) / 1e6);
			add(columns, "classes", "%.0f", (result) -> result.get(Result.CLASSES));
		}
		else {
			addWithRatios(columns, (this.work.unit() == Work.Unit.BYTE) ? "heap bytes/byte" : "heap KB/" + unit,
					(result) -> result.perUnit(Result.HEAP) / ((this.work.unit() == Work.Unit.BYTE) ? 1 : 1024));
			add(columns, (this.work.unit() == Work.Unit.BYTE) ? "MB/s" : unit + "s/s", "%,.0f",
					(result) -> rate(result) / ((this.work.unit() == Work.Unit.BYTE) ? 1e6 : 1));
		}
		if (this.work == Work.OPEN_2000) {
			add(columns, "heap KB/stream", "%.1f", (result) -> result.get(Result.STREAM_HEAP) / 1024);
			add(columns, "direct KB/stream", "%.1f", (result) -> result.get(Result.STREAM_DIRECT) / 1024);
			add(columns, "new threads", "%.0f", (result) -> result.get(Result.NEW_THREADS));
		}
		if (this.work.openStreams() > 0) {
			add(columns, "connections", "%.0f", (result) -> result.get(Result.CONNECTIONS));
		}
		if (this.work == Work.FIRST_EVENT || this.work.openStreams() > 0) {
			add(columns, "first event after ms", "%.1f", (result) -> result.get(Result.FIRST_DELAY) / 1e6);
			add(columns, "median ms", "%.1f", (result) -> result.get(Result.MEDIAN_DELAY) / 1e6);
			add(columns, "99 % ms", "%.1f", (result) -> result.get(Result.HIGH_DELAY) / 1e6);
			add(columns, "lost streams", "%.0f", (result) -> result.get(Result.LOST));
		}
		if (!this.smallestHeaps.isEmpty()) {
			columns.add(new Column("smallest heap MB",
					(contender) -> format("%.0f", this.smallestHeaps.getOrDefault(contender, Double.NaN))));
		}
		add(columns, "peak memory MB", "%.0f", (result) -> result.get(Result.MEMORY) / 1e6);
		add(columns, "threads", "%.0f", (result) -> result.get(Result.THREADS));
		if (this.work != Work.START) {
			add(columns, "client busy %", "%.0f", (result) -> 100 * result.get(Result.CPU) / result.get(Result.WALL));
			add(columns, "server busy %", "%.0f",
					(result) -> 100 * result.get(Result.SERVER_CPU) / result.get(Result.WALL));
		}
		return columns;
	}

	private String cpuTitle(String unit) {
		return switch (this.work.unit()) {
			case BYTE -> "CPU ns/byte";
			case PROCESS -> "CPU ms";
			default -> "CPU µs/" + unit;
		};
	}

	private double cpuScale() {
		return switch (this.work.unit()) {
			case BYTE -> 1;
			case PROCESS -> 1e6;
			default -> 1e3;
		};
	}

	private static double rate(Result result) {
		return result.get(Result.UNITS) / result.get(Result.WALL) * 1e9;
	}

	private void addWithRatios(List<Column> columns, String title, ToDoubleFunction<Result> value) {
		add(columns, title, "%.2f", value);
		columns.add(ratio("× limit", Contenders.LIMIT, value));
		columns.add(ratio("× hand-written", Contenders.WEB_CLIENT, value));
	}

	private void add(List<Column> columns, String title, String format, ToDoubleFunction<Result> value) {
		columns.add(new Column(title, (contender) -> format(format, median(contender, value))));
	}

	private Column ratio(String title, Contenders base, ToDoubleFunction<Result> value) {
		return new Column(title, (contender) -> format("%.2f", median(contender, value) / median(base, value)));
	}

	private static String format(String format, double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : NONE;
	}

	private double median(Contenders contender, ToDoubleFunction<Result> value) {
		double[] values = this.results.getOrDefault(contender, List.of())
			.stream()
			.mapToDouble(value)
			.sorted()
			.toArray();
		if (values.length == 0) {
			return Double.NaN;
		}
		int middle = values.length / 2;
		return (values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

	/**
	 * A column.
	 *
	 * @param title its title
	 * @param cell returns the text for a contender
	 */
	private record Column(String title, Function<Contenders, String> cell) {
	}

}
