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

	private final Options options;

	private final long serverPid;

	private final String server;

	private Benchmarks(Options options, long serverPid, String server) {
		this.options = options;
		this.serverPid = serverPid;
		this.server = server;
	}

	private void run() throws IOException {
		OUT.println(Machine.describe(this.options));
		for (Work work : this.options.works()) {
			Table table = new Table(work);
			for (int round = 0; round < this.options.rounds(); round++) {
				List<Contenders> order = new ArrayList<>(this.options.contenders());
				Collections.rotate(order, -round);
				for (Contenders contender : order) {
					measure(work, contender, table);
				}
			}
			OUT.println(table);
		}
	}

	private void measure(Work work, Contenders contender, Table table) throws IOException {
		Path errors = Files.createTempFile("benchmarks", ".log");
		List<String> jvmArguments = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx" + this.options.heap()));
		jvmArguments.addAll(this.options.jvmArguments());
		Process process = Processes.client(jvmArguments, Worker.class, List.of(contender.id(), work.id(), this.server,
				"" + this.serverPid, this.options.warmUp().toString(), this.options.measured().toString()), errors);
		String last = "";
		try (BufferedReader output = Processes.output(process)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				last = line;
			}
		}
		if (Result.isLine(last)) {
			table.add(contender, Result.ofLine(last));
			Files.delete(errors);
		}
		else {
			table.fail(contender, last);
			OUT.println(contender.id() + ": " + last + " (see " + errors + ")");
		}
	}

	/**
	 * Run what the arguments say.
	 * @param arguments the arguments
	 * @throws IOException if a process cannot be started
	 */
	public static void main(String[] arguments) throws IOException {
		Options options;
		try {
			options = Options.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			OUT.println(ex.getMessage() + "\n" + Options.USAGE);
			return;
		}
		Process server = Processes.server();
		try (BufferedReader output = Processes.output(server)) {
			String port = output.readLine().substring(LoadServer.PORT.length());
			if (options.checkServer()) {
				ServerCheck.run(Integer.parseInt(port), server.toHandle(), OUT);
			}
			else {
				new Benchmarks(options, server.pid(), "http://127.0.0.1:" + port).run();
			}
		}
		finally {
			server.destroy();
		}
	}

}
