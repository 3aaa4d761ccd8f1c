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

package com.cometapi.gemini.sample.chat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds or refuses the requests of a page, so that a test decides their order.
 */
class RequestGate extends OncePerRequestFilter {

	private final List<String> arrived = new CopyOnWriteArrayList<>();

	private final List<String> handled = new CopyOnWriteArrayList<>();

	private volatile @Nullable Rule rule;

	/**
	 * Hold the requests that match, until the gate is opened.
	 * @param pattern a pattern for method and path
	 */
	void hold(String pattern) {
		this.rule = new Rule(pattern, new CountDownLatch(1), null);
	}

	/**
	 * Refuse the requests that match, until the gate is opened.
	 * @param pattern a pattern for method and path
	 * @param status the status of the responses
	 */
	void refuse(String pattern, HttpStatus status) {
		this.rule = new Rule(pattern, new CountDownLatch(1), status);
	}

	void open() {
		Rule rule = this.rule;
		this.rule = null;
		if (rule != null) {
			rule.opened().countDown();
		}
	}

	void reset() {
		open();
		this.arrived.clear();
		this.handled.clear();
	}

	/**
	 * Return how many requests have arrived.
	 * @param pattern a pattern for method and path
	 * @return the number
	 */
	long countArrived(String pattern) {
		return count(this.arrived, pattern);
	}

	/**
	 * Return how many requests have been handled, those with a stream as soon as it has
	 * begun.
	 * @param pattern a pattern for method and path
	 * @return the number
	 */
	long countHandled(String pattern) {
		return count(this.handled, pattern);
	}

	private static long count(List<String> requests, String pattern) {
		return requests.stream().filter((request) -> request.matches(pattern)).count();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String name = request.getMethod() + " " + request.getRequestURI();
		Rule rule = this.rule;
		boolean matches = rule != null && name.matches(rule.pattern());
		this.arrived.add(name);
		if (matches && rule.refusal() != null) {
			response.sendError(rule.refusal().value());
			return;
		}
		if (matches) {
			await(rule.opened());
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.handled.add(name);
		}
	}

	private static void await(CountDownLatch opened) {
		try {
			opened.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Treatment of the requests that match a pattern.
	 *
	 * @param pattern the pattern for method and path
	 * @param opened the latch that holds them until the gate is opened
	 * @param refusal the status with which they are refused instead, or {@code null} to
	 * hold them
	 */
	private record Rule(String pattern, CountDownLatch opened, @Nullable HttpStatus refusal) {

	}

}
