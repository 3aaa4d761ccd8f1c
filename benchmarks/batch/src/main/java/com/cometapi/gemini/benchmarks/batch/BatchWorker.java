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

package com.cometapi.gemini.benchmarks.batch;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.sun.management.OperatingSystemMXBean;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.FileSystemResource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * One worker in a process of its own: an application of Spring Boot that runs a job,
 * first as warm-up, then measured. The responses are written as JSON Lines; the job
 * repository is a database in a file.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class BatchWorker {

	static final String READY = "READY";

	private static final PrintStream OUT = System.out;

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final int CHUNK_SIZE = 100;

	private static final String PROMPT = "How many planets are there, and which of them have rings? Number %d.";

	private static final Set<Integer> HEAP_POINTS = Set.of(1_000, 10_000, 100_000, 250_000, 500_000, 750_000,
			1_000_000);

	private BatchWorker() {
	}

	private static void run(ApplicationContext context, String name, int prompts, Path directory, boolean heap)
			throws Exception {
		JobRepository jobRepository = context.getBean(JobRepository.class);
		FlatFileItemWriter<GeminiItemResult<Integer, String>> writer = writer(directory.resolve(name + ".jsonl"),
				context.getBean(JsonMapper.class));
		AtomicInteger written = new AtomicInteger();
		StepBuilder step = new StepBuilder(name, jobRepository);
		JobExecution execution = context.getBean(JobOperator.class)
			.start(new JobBuilder(name, jobRepository)
				.start(step.<GeminiItemResult<Integer, String>, GeminiItemResult<Integer, String>>chunk(CHUNK_SIZE)
					.transactionManager(context.getBean(PlatformTransactionManager.class))
					.reader(context.getBean(GeminiBatch.class)
						.reader(new NumberReader(prompts),
								(prompt, number) -> prompt.user(PROMPT.formatted(number)).textAsync()))
					.writer((chunk) -> {
						writer.write(chunk);
						int count = written.addAndGet(chunk.size());
						if (heap && HEAP_POINTS.contains(count)) {
							reportHeap(count);
						}
					})
					.stream(writer)
					.build())
				.build(), new JobParameters());
		Assert.state(execution.getStatus() == BatchStatus.COMPLETED && written.get() == prompts,
				() -> "The job ended with " + execution);
	}

	private static FlatFileItemWriter<GeminiItemResult<Integer, String>> writer(Path file, JsonMapper mapper) {
		return new FlatFileItemWriterBuilder<GeminiItemResult<Integer, String>>().name("results")
			.resource(new FileSystemResource(file))
			.lineAggregator(mapper::writeValueAsString)
			.build();
	}

	private static void reportHeap(int count) {
		System.gc();
		long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		OUT.printf("| %,d | %.1f | %d |%n", count, used / 1024.0 / 1024,
				ManagementFactory.getThreadMXBean().getThreadCount());
	}

	/**
	 * Run a job twice: as warm-up, and measured once a line has been read.
	 * @param arguments the address of the server, the number of prompts of the warm-up
	 * and that of the measured job, and {@code heap} to report the heap meanwhile
	 * @throws Exception if a job fails
	 */
	public static void main(String[] arguments) throws Exception {
		Path directory = Files.createTempDirectory("gemini-batch");
		boolean heap = arguments.length > 3;
		try (var context = SpringApplication.run(BatchWorker.class, "--cometapi.gemini.base-url=" + arguments[0],
				"--cometapi.gemini.api-key=sk-benchmark", "--spring.batch.job.enabled=false",
				"--spring.batch.jdbc.initialize-schema=always", "--cometapi.gemini.batch.concurrency=64",
				"--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
				"--spring.datasource.url=jdbc:h2:file:" + directory.resolve("jobs") + ";DB_CLOSE_ON_EXIT=FALSE")) {
			run(context, "warm-up", Integer.parseInt(arguments[1]), directory, false);
			OUT.println(READY);
			System.in.read();
			int prompts = Integer.parseInt(arguments[2]);
			long cpu = SYSTEM.getProcessCpuTime();
			long time = System.nanoTime();
			run(context, "measured", prompts, directory, heap);
			OUT.printf("%d %d%n", System.nanoTime() - time, SYSTEM.getProcessCpuTime() - cpu);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

}
