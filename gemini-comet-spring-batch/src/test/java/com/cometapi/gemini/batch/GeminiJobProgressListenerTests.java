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

package com.cometapi.gemini.batch;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiJobProgressListenerTests {

	@AutoClose
	private final ItemServer server = new ItemServer();

	@AutoClose
	private final TestJobs jobs = TestJobs.inMemory();

	private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

	@Test
	void barMovesUntilTheSummary() throws Exception {
		this.server.server.hold();
		CompletableFuture<JobExecution> execution = start(this.jobs.repository());
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> terminal().contains("\r\u001b[Knumbers [........................] 0 %, 0 of 60"));
		this.server.server.release();
		execution.get(30, TimeUnit.SECONDS);
		assertThat(terminal()).contains("/s")
			.contains("Job 'numbers' is COMPLETED after 0:00:")
			.endsWith("60 items succeeded, 0 failed; 600 input and 420 output tokens\n");
	}

	@Test
	void progressHasTheSameDigitsInAllLanguages() {
		Locale locale = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG"));
		try {
			GeminiJobProgress progress = new GeminiJobProgress("numbers", 1, "STARTED", null, null, 1, 1, 60L,
					GeminiItemTotals.NONE);

			assertThat(new ProgressLine(false).format(progress, 0)).isEqualTo("numbers 0 %, 0 of 60 items, 0.0/s");
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@Test
	void progressThatIsReadWhileTheJobEndsIsNotShownAfterTheSummary() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		CompletableFuture<Thread> reading = new CompletableFuture<>();
		ProxyFactory proxy = new ProxyFactory(this.jobs.repository());
		proxy.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> {
			if (Thread.currentThread().getName().startsWith("gemini-batch-progress")
					&& reading.complete(Thread.currentThread())) {
				awaitUninterruptibly(ended);
			}
		});
		this.server.server.hold();
		CompletableFuture<JobExecution> execution = start((JobRepository) proxy.getProxy());
		Thread thread = reading.get(30, TimeUnit.SECONDS);
		this.server.server.release();
		execution.get(30, TimeUnit.SECONDS);
		ended.countDown();
		thread.join(Duration.ofSeconds(30).toMillis());
		assertThat(terminal()).endsWith("60 items succeeded, 0 failed; 600 input and 420 output tokens\n");
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// The end of the job interrupts the thread
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "1000, 3, 1000", "1000, 400, 7600" })
	void readingTakesAFewPercentOfTheTimeAtMost(long interval, long readTime, long pause) {
		assertThat(GeminiJobProgressListener.pause(Duration.ofMillis(interval), Duration.ofMillis(readTime)))
			.isEqualTo(Duration.ofMillis(pause));
	}

	private CompletableFuture<JobExecution> start(JobRepository repository) {
		GeminiBatch batch = GeminiBatch
			.builder(this.server.server.template(), this.jobs.repository(), this.jobs.transactionManager())
			.jobListener(GeminiJobProgressListener.bar(repository,
					new PrintStream(this.terminal, true, StandardCharsets.UTF_8), Duration.ofMillis(5)))
			.build();
		Step step = batch.<String, String>step("worker")
			.reader((range) -> new TestReader(60))
			.prompt((prompt, item) -> prompt.user(item).textAsync())
			.writer((range) -> (results) -> assertThat(results).isNotEmpty())
			.build();
		Job job = batch.partitionedJob("numbers", step, new ItemRangePartitioner(() -> 60), 1);
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.jobs.run(job);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private String terminal() {
		return this.terminal.toString(StandardCharsets.UTF_8);
	}

}
