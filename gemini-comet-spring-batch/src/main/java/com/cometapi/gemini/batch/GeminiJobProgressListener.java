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

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Shows the progress of jobs: as a progress bar if the process has a terminal, otherwise
 * as a line in the log from time to time. Logs a summary when a job has ended.
 */
public final class GeminiJobProgressListener implements JobExecutionListener {

	private static final Log logger = LogFactory.getLog(GeminiJobProgressListener.class);

	private final JobRepository repository;

	private final Duration interval;

	private final boolean isBar;

	private final Consumer<String> output;

	private final Map<Long, Display> running = new ConcurrentHashMap<>();

	private GeminiJobProgressListener(JobRepository repository, Duration interval, boolean isBar,
			Consumer<String> output) {
		Assert.notNull(repository, "'repository' must not be null");
		this.repository = repository;
		this.interval = interval;
		this.isBar = isBar;
		this.output = output;
	}

	/**
	 * Create a listener that shows a bar on a terminal, and otherwise logs a line every
	 * 30 seconds.
	 * @param repository the job repository
	 * @return a new listener
	 */
	public static GeminiJobProgressListener create(JobRepository repository) {
		return hasTerminal() ? bar(repository, System.out, Duration.ofSeconds(1))
				: lines(repository, Duration.ofSeconds(30));
	}

	static GeminiJobProgressListener bar(JobRepository repository, PrintStream out, Duration interval) {
		return new GeminiJobProgressListener(repository, interval, true, (line) -> {
			out.print(line);
			out.flush();
		});
	}

	static GeminiJobProgressListener lines(JobRepository repository, Duration interval) {
		return new GeminiJobProgressListener(repository, interval, false, logger::info);
	}

	// From Java 22 on, there is a console even without a terminal.
	private static boolean hasTerminal() {
		Console console = System.console();
		Method isTerminal = ReflectionUtils.findMethod(Console.class, "isTerminal");
		return console != null
				&& (isTerminal == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(isTerminal, console)));
	}

	@Override
	public void beforeJob(JobExecution execution) {
		Display display = new Display(execution);
		this.running.put(execution.getId(), display);
		display.showAfter(this.interval);
	}

	@Override
	public void afterJob(JobExecution execution) {
		Display display = this.running.remove(execution.getId());
		if (display != null) {
			display.end();
		}
		GeminiJobProgress progress = find(execution);
		if (progress != null) {
			this.output.accept(ProgressLine.summary(progress, execution) + (this.isBar ? "\n" : ""));
		}
	}

	private @Nullable GeminiJobProgress find(JobExecution execution) {
		return GeminiJobProgress.find(this.repository, execution.getJobInstance());
	}

	/**
	 * Return the time to wait before the progress is read again. The repository reads
	 * each partition with its own queries.
	 * @param interval the minimum time to wait
	 * @param readTime the time that reading took
	 * @return a time such that reading takes five percent of it at most
	 */
	static Duration pause(Duration interval, Duration readTime) {
		Duration pause = readTime.multipliedBy(19);
		return (pause.compareTo(interval) > 0) ? pause : interval;
	}

	/**
	 * Shows the progress of one execution, until it has ended.
	 */
	private final class Display {

		private final JobExecution execution;

		private final ProgressLine line = new ProgressLine(GeminiJobProgressListener.this.isBar);

		private final Scheduler scheduler = Schedulers.newSingle("gemini-batch-progress", true);

		private boolean ended;

		Display(JobExecution execution) {
			this.execution = execution;
		}

		synchronized void showAfter(Duration pause) {
			if (!this.ended) {
				this.scheduler.schedule(this::show, pause.toMillis(), TimeUnit.MILLISECONDS);
			}
		}

		private void show() {
			long start = System.nanoTime();
			try {
				GeminiJobProgress progress = find(this.execution);
				if (progress != null) {
					print(progress);
				}
			}
			catch (RuntimeException ex) {
				// The job continues without it
				logger.debug("The progress of a job could not be read", ex);
			}
			showAfter(pause(GeminiJobProgressListener.this.interval, Duration.ofNanos(System.nanoTime() - start)));
		}

		private synchronized void print(GeminiJobProgress progress) {
			if (!this.ended) {
				GeminiJobProgressListener.this.output.accept(this.line.format(progress, System.nanoTime()));
			}
		}

		synchronized void end() {
			this.ended = true;
			this.scheduler.dispose();
		}

	}

}
