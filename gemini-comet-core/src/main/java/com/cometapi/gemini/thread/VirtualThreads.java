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

package com.cometapi.gemini.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;

/**
 * Creates virtual threads that inherit no thread locals, unlike those of Spring's
 * factory. Uses method handles, since the library is compiled for Java 17.
 */
final class VirtualThreads {

	private VirtualThreads() {
	}

	/**
	 * Return a factory of virtual threads.
	 * @param prefix the prefix of the names of the threads, which are numbered
	 * @return the factory
	 * @throws UnsupportedOperationException before Java 21
	 */
	static ThreadFactory factory(String prefix) {
		Lookup lookup = MethodHandles.publicLookup();
		try {
			Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
			Object builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(type)).invoke();
			lookup.findVirtual(type, "name", MethodType.methodType(type, String.class, long.class))
				.invoke(builder, prefix, 1L);
			lookup.findVirtual(type, "inheritInheritableThreadLocals", MethodType.methodType(type, boolean.class))
				.invoke(builder, false);
			return (ThreadFactory) lookup.findVirtual(type, "factory", MethodType.methodType(ThreadFactory.class))
				.invoke(builder);
		}
		catch (Throwable ex) {
			throw new UnsupportedOperationException("Virtual threads require Java 21 or later", ex);
		}
	}

}
