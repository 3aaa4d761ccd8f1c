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
 * @param contender the contender
 * @param work the work
 * @param heap the maximum heap, as for {@code -Xmx}
 * @param warmUp the CPU time to use before the measurement
 * @param measured the time to measure
 */
record Turn(Contenders contender, Work work, String heap, Duration warmUp, Duration measured) {

	private static final int TIMEOUT_MINUTES = 5;

	/**
	 * Do the work in a process of its own.
	 * @param server the server
	 * @param serverPid the process id of the server
	 * @param moreArguments further arguments of the process
	 * @return the last line of its output: a {@link Result}, or the reason why there is
	 * none
	 * @throws IOException if the process cannot be started
	 */
	String run(Endpoint server, long serverPid, List<String> moreArguments) throws IOException {
		List<String> jvmArguments = new ArrayList<>(
				List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx" + this.heap));
		jvmArguments.addAll(moreArguments);
		Path errors = Files.createTempFile("benchmarks", ".log");
		Process process = Processes.client(jvmArguments, Worker.class, List.of(this.contender.id(), this.work.id(),
				server.toLine(), "" + serverPid, this.warmUp.toString(), this.measured.toString()), errors);
		process.onExit().orTimeout(TIMEOUT_MINUTES, TimeUnit.MINUTES).exceptionally((ex) -> process.destroyForcibly());
		String last = "no result within " + TIMEOUT_MINUTES + " minutes";
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
