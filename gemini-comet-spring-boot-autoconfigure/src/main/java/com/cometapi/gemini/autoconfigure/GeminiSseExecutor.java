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

package com.cometapi.gemini.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Holds the threads that write to browsers. No executor itself: as a bean it would take
 * the place of the application's own.
 *
 * @param executor runs the tasks, virtual threads where the application uses them
 * @param shutdown stops the threads
 */
record GeminiSseExecutor(Executor executor, Runnable shutdown) implements DisposableBean {

	private static final String THREAD_NAME_PREFIX = "gemini-sse-";

	@Override
	public void destroy() {
		this.shutdown.run();
	}

	static GeminiSseExecutor create(Environment environment) {
		if (Threading.VIRTUAL.isActive(environment)) {
			return new GeminiSseExecutor(new VirtualThreadTaskExecutor(THREAD_NAME_PREFIX), () -> {
			});
		}
		// A thread waits for as long as a slow browser does not read, so there is no
		// number of threads that is enough; idle ones go after a minute.
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix(THREAD_NAME_PREFIX);
		executor.setQueueCapacity(0);
		executor.setCorePoolSize(0);
		executor.setDaemon(true);
		executor.initialize();
		return new GeminiSseExecutor(executor, executor::shutdown);
	}

}
