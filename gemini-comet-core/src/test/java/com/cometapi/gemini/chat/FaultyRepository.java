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

package com.cometapi.gemini.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * A repository that fails on request and records the threads that called it.
 */
public class FaultyRepository implements GeminiChatRepository {

	private final InMemoryGeminiChatRepository target = new InMemoryGeminiChatRepository(10,
			GeminiChatRetention.UNLIMITED);

	private final List<String> threads = new ArrayList<>();

	private volatile @Nullable RuntimeException failure;

	private volatile Runnable beforeFind = () -> {
	};

	private volatile Runnable beforeAppend = () -> {
	};

	private volatile Runnable afterAppend = () -> {
	};

	private volatile Runnable beforeReplace = () -> {
	};

	private volatile Runnable beforeDelete = () -> {
	};

	public void fail(@Nullable RuntimeException failure) {
		this.failure = failure;
	}

	public void beforeFind(Runnable beforeFind) {
		this.beforeFind = beforeFind;
	}

	public void beforeAppend(Runnable beforeAppend) {
		this.beforeAppend = beforeAppend;
	}

	public void afterAppend(Runnable afterAppend) {
		this.afterAppend = afterAppend;
	}

	public void beforeReplace(Runnable beforeReplace) {
		this.beforeReplace = beforeReplace;
	}

	public void beforeDelete(Runnable beforeDelete) {
		this.beforeDelete = beforeDelete;
	}

	public InMemoryGeminiChatRepository target() {
		return this.target;
	}

	public synchronized List<String> threads() {
		return List.copyOf(this.threads);
	}

	@Override
	public Optional<GeminiConversation> find(String id) {
		called();
		this.beforeFind.run();
		throwFailure();
		return this.target.find(id);
	}

	@Override
	public void append(String id, long version, List<Turn> turns) {
		called();
		this.beforeAppend.run();
		throwFailure();
		this.target.append(id, version, turns);
		this.afterAppend.run();
	}

	@Override
	public void replace(String id, long version, List<Turn> turns) {
		called();
		this.beforeReplace.run();
		throwFailure();
		this.target.replace(id, version, turns);
	}

	@Override
	public void delete(String id) {
		called();
		this.beforeDelete.run();
		throwFailure();
		this.target.delete(id);
	}

	@Override
	public void delete(String id, long version) {
		called();
		this.beforeDelete.run();
		throwFailure();
		this.target.delete(id, version);
	}

	private void called() {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException("On " + Thread.currentThread().getName());
		}
		synchronized (this) {
			this.threads.add(Thread.currentThread().getName());
		}
	}

	private void throwFailure() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

}
