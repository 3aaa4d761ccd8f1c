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

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/**
 * Counts the buffers that nobody released, with Netty's leak detection at its strictest
 * level.
 */
final class BufferLeaks {

	private static final int BUFFERS = 1000;

	private final AtomicInteger leaks = new AtomicInteger();

	/**
	 * Watch all buffers. To be called before Netty allocates the first one.
	 */
	void watch() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {

			@Override
			@SuppressWarnings("deprecation")
			public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
					long maxActive) {
				return new Detector<>(resource, samplingInterval, BufferLeaks.this.leaks);
			}

		});
	}

	/**
	 * Return the number of leaks that were found. Netty looks for them when it allocates
	 * buffers.
	 * @return the number
	 */
	int count() {
		for (int i = 0; i < BUFFERS; i++) {
			ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
			buffer.release();
		}
		return this.leaks.get();
	}

	private static final class Detector<T> extends ResourceLeakDetector<T> {

		private final AtomicInteger leaks;

		private Detector(Class<?> type, int samplingInterval, AtomicInteger leaks) {
			super(type, samplingInterval);
			this.leaks = leaks;
		}

		@Override
		protected void reportTracedLeak(String type, String records) {
			this.leaks.incrementAndGet();
			super.reportTracedLeak(type, records);
		}

		@Override
		protected void reportUntracedLeak(String type) {
			this.leaks.incrementAndGet();
			super.reportUntracedLeak(type);
		}

	}

}
