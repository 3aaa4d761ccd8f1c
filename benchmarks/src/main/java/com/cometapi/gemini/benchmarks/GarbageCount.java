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

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/**
 * Counts the bytes that the garbage collector frees, for contenders whose threads end
 * before their allocation can be read.
 */
final class GarbageCount {

	private static final int TIMEOUT_SECONDS = 5;

	private long bytes;

	// Earlier collections are not notified.
	private long collections = collections();

	GarbageCount() {
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			((NotificationEmitter) collector).addNotificationListener((notification, handback) -> add(notification),
					null, null);
		}
	}

	/**
	 * Collect all garbage.
	 * @return the bytes that were collected since the start, and those in use now
	 */
	long collect() {
		System.gc();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
		while (seen() < collections() && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
		synchronized (this) {
			return this.bytes + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}
	}

	private synchronized long seen() {
		return this.collections;
	}

	private synchronized void add(Notification notification) {
		GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo
			.from((CompositeData) notification.getUserData());
		this.bytes += used(info.getGcInfo().getMemoryUsageBeforeGc()) - used(info.getGcInfo().getMemoryUsageAfterGc());
		this.collections++;
	}

	// Includes metaspace and code, which are not heap but hardly shrink.
	private static long used(Map<String, MemoryUsage> pools) {
		return pools.values().stream().mapToLong(MemoryUsage::getUsed).sum();
	}

	private static long collections() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionCount)
			.sum();
	}

}
