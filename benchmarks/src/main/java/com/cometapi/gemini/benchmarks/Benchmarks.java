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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs all contenders side by side and prints a table for each kind of work.
 */
public final class Benchmarks {

	private static final PrintStream OUT = System.out;

	private static final String INTRODUCTION = """
			Each figure is the median of %d rounds; the contenders take turns, each turn in a process of its own with \
			`-XX:+UseSerialGC -Xmx%s`, %s; %d s are measured after the warm-up. CPU is that of the whole process, compiler \
			and garbage collection included.
			""";

	private static final String SERVER = """
			The server is another process that writes responses which were built before. Its speed was measured with a \
			client that reads the bytes and drops them:

			* %s

			How busy its core was with each contender is in the last column: below 100 %% it waited for the contender.
			""";

	private static final String SOAK = """
			# Soak

			%s

			%s

			%s

			40 calls at a time of all kinds (below), one in eight into a fault, with Netty's leak detection at `paranoid`. Each \
			line shows what is left when all calls have ended and the pools have had the time to close idle \
			connections: connections as the server counts them, gauges of the pools, memory after a full garbage collection.
			""";

	private final Options options;

	private final Process server;

	private final Endpoint endpoint;

	private final Report report;

	private Benchmarks(Options options, Process server, Endpoint endpoint) {
		this.options = options;
		this.server = server;
		this.endpoint = endpoint;
		this.report = new Report(OUT, options.report());
	}

	private void run(String[] arguments) throws IOException {
		this.report.add("# Benchmarks\n\n" + Machine.command(arguments) + "\n\n" + Machine.describe() + "\n\n"
				+ Machine.libraries() + "\n\n"
				+ INTRODUCTION.formatted(this.options.rounds(), this.options.heap(),
						Processes.isPinned() ? "client and server pinned to a core each" : "not pinned",
						this.options.measured().toSeconds()));
		if (this.options.report() != null) {
			checkServer();
		}
		for (Work work : this.options.works()) {
			measure(work);
		}
	}

	private void checkServer() throws IOException {
		List<String> lines = ServerCheck.run(this.endpoint.port(), this.server.toHandle());
		this.report.add(SERVER.formatted(String.join("\n* ", lines)));
	}

	private void measure(Work work) throws IOException {
		List<Contenders> contenders = this.options.contenders(work);
		Table table = new Table(work);
		Profile profile = new Profile(work);
		for (int round = 0; round < this.options.rounds(); round++) {
			List<Contenders> order = new ArrayList<>(contenders);
			Collections.rotate(order, -round);
			for (Contenders contender : order) {
				Turn turn = new Turn(contender, work, this.options.heap(), this.options.warmUp(work),
						this.options.measured());
				table.add(contender, this.options.profile() ? profile(turn, profile) : run(turn));
			}
		}
		if (work.asksForHeap() && this.options.smallestHeap()) {
			for (Contenders contender : contenders) {
				table.smallestHeap(contender, SmallestHeap.find(this::run, work, contender));
			}
		}
		this.report.add(table.toString());
		if (this.options.profile()) {
			this.report.add(profile.toString());
		}
	}

	private String profile(Turn turn, Profile profile) throws IOException {
		Path file = Files.createTempFile("benchmarks", ".profile");
		List<String> jvmArguments = new ArrayList<>(this.options.jvmArguments());
		jvmArguments.addAll(profile.arguments(file));
		String line = turn.run(this.endpoint, this.server.pid(), jvmArguments);
		if (Result.isLine(line)) {
			profile.add(turn.contender(), Result.ofLine(line), file, turn.measured());
		}
		Files.delete(file);
		return line;
	}

	private String run(Turn turn) throws IOException {
		return turn.run(this.endpoint, this.server.pid(), this.options.jvmArguments());
	}

	/**
	 * Run the benchmarks that the arguments select.
	 * @param arguments the arguments
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if the process is asked to end
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		Options options;
		try {
			options = Options.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			OUT.println(ex.getMessage() + "\n" + Options.USAGE);
			System.exit(2);
			return;
		}
		boolean passed = true;
		Process server = Processes.server();
		try (BufferedReader output = Processes.output(server)) {
			Endpoint endpoint = Endpoint.ofLine(output.readLine().substring(LoadServer.ENDPOINT.length()));
			Benchmarks benchmarks = new Benchmarks(options, server, endpoint);
			if (options.checkServer()) {
				benchmarks.checkServer();
			}
			else if (options.soak() != null) {
				Report report = new Report(OUT, options.report());
				report.add(SOAK.formatted(Machine.command(arguments), Machine.describe(), Machine.libraries()));
				passed = new Soak(server, output, options.soak(), report).run(endpoint);
			}
			else {
				benchmarks.run(arguments);
			}
		}
		finally {
			server.destroy();
		}
		System.exit(passed ? 0 : 1);
	}

}
