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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One turn of one contender at one kind of work.
 *
 * @param contender who
 * @param work what
 * @param heap its largest heap
 * @param warmUp how much CPU time it uses before it is measured
 * @param measured how long it is measured
 */
record Turn(Contenders contender, Work work, String heap, Duration warmUp, Duration measured) {

	private static final int PATIENCE_MINUTES = 5;

	/**
	 * Do the work in a process of its own.
	 * @param server where the server is
	 * @param serverPid its process
	 * @param moreArguments further arguments of the process
	 * @return the line that the process ended with, a {@link Result} or why there is none
	 * @throws IOException if there is no process
	 */
	String run(Endpoint server, long serverPid, List<String> moreArguments) throws IOException {
		List<String> jvmArguments = new ArrayList<>(
				List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx" + this.heap));
		jvmArguments.addAll(moreArguments);
		Path errors = Files.createTempFile("benchmarks", ".log");
		Process process = Processes.client(jvmArguments, Worker.class, List.of(this.contender.id(), this.work.id(),
				server.toLine(), "" + serverPid, this.warmUp.toString(), this.measured.toString()), errors);
		process.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).exceptionally((ex) -> process.destroyForcibly());
		String last = "no result within " + PATIENCE_MINUTES + " minutes";
		try (BufferedReader output = Processes.output(process)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				last = line;
			}
		}
		if (Result.isLine(last)) {
			Files.delete(errors);
			return last;
		}
		return last + " (see " + errors + ")";
	}

}
