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

package com.cometapi.gemini.test;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.test.SimulatorSettings.PreparedResponse;
import io.netty.channel.Channel;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.util.Assert;

/**
 * An HTTP server in this process that speaks the Gemini native API as the CometAPI
 * gateway does, on a port of the loopback interface. Thread-safe.
 *
 * <p>
 * It is as strict as the real API: invalid keys, models, member names, roles, thinking
 * settings and function-calling turns are rejected with the original error messages. The
 * response to a valid request is generated from the request and always states that it is
 * simulated. Responses to the next calls can be scripted with {@link #next()}; rejected
 * requests do not consume a scripted response.
 *
 * <pre class="code">
 * try (GeminiSimulator simulator = GeminiSimulator.start()) {
 *     simulator.next().text("Hello");
 *     simulator.next().error(429).retryAfter(Duration.ofSeconds(2));
 *     simulator.next().cutAfterEvents(2);
 *     // connect the client to simulator.getBaseUrl() with simulator.getApiKey()
 * }
 * </pre>
 */
public final class GeminiSimulator implements AutoCloseable {

	/**
	 * The API key that a simulator accepts by default.
	 */
	public static final String API_KEY = "sk-simulator-no-key-needed";

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final SimulatorJournal journal = new SimulatorJournal();

	private final SimulatorSettings settings;

	private final SimulatorHandler handler;

	private final LoopResources loopResources;

	private final DisposableServer server;

	private GeminiSimulator(SimulatorSettings settings, int port) {
		this.settings = settings;
		this.handler = new SimulatorHandler(settings, this.journal);
		this.loopResources = LoopResources.create("gemini-simulator", 1, 2, true);
		this.server = HttpServer.create()
			.bindAddress(() -> new InetSocketAddress("127.0.0.1", port))
			.runOn(this.loopResources, false)
			.doOnConnection((connection) -> {
				Channel channel = connection.channel();
				this.channels.add(channel);
				channel.closeFuture().addListener((future) -> this.channels.remove(channel));
			})
			.handle(this.handler::handle)
			.bindNow();
	}

	/**
	 * Return the base URL for clients.
	 * @return the base URL, without a path
	 */
	public URI getBaseUrl() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/**
	 * Return the API key that the simulator accepts.
	 * @return the API key
	 */
	public String getApiKey() {
		return this.settings.apiKey();
	}

	/**
	 * Script the response to the next call that is not scripted yet.
	 * @return the scripted response, to be configured
	 */
	public ScriptedResponse next() {
		ScriptedResponse response = new ScriptedResponse();
		this.handler.add(response);
		return response;
	}

	/**
	 * Script the next response.
	 * @param response the message, sent as it is
	 */
	public void enqueue(GenerateContentResponse response) {
		next().response(response);
	}

	/**
	 * Script the next response.
	 * @param events the events of the stream, sent as they are
	 */
	public void enqueueStream(List<GenerateContentResponse> events) {
		next().events(events);
	}

	/**
	 * Script the next response.
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param body the body
	 */
	public void enqueueRaw(int status, String contentType, String body) {
		next().raw(status, contentType, body);
	}

	/**
	 * Return the number of scripted responses that are not used yet.
	 * @return the number
	 */
	public int scripted() {
		return this.handler.scripted();
	}

	/**
	 * Return the requests received so far.
	 * @return the requests in order
	 */
	public List<RecordedRequest> requests() {
		return this.journal.requests();
	}

	/**
	 * Return and remove the oldest request that was not taken yet. Blocks until one
	 * arrives if necessary.
	 * @param timeout the maximum time to wait
	 * @return the request
	 * @throws IllegalStateException if no request arrived in time
	 */
	public RecordedRequest takeRequest(Duration timeout) {
		try {
			RecordedRequest request = this.journal.take(timeout);
			Assert.state(request != null, () -> "No request arrived within " + timeout);
			return request;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a request", ex);
		}
	}

	/**
	 * Return the number of calls in progress, streaming or not.
	 * @return the number
	 */
	public int openCalls() {
		return this.journal.openCalls();
	}

	/**
	 * Return the number of streams in progress.
	 * @return the number
	 */
	public int openStreams() {
		return this.journal.openStreams();
	}

	/**
	 * Return the number of calls, streaming or not, that the client cancelled.
	 * @return the number
	 */
	public int cancelledCalls() {
		return this.journal.cancelledCalls();
	}

	/**
	 * Return the number of streams that the client cancelled.
	 * @return the number
	 */
	public int cancelledStreams() {
		return this.journal.cancelledStreams();
	}

	/**
	 * Remove scripted responses and recorded requests, and reset the counters.
	 */
	public void reset() {
		this.handler.clear();
		this.journal.clear();
	}

	/**
	 * Close all connections, stop the server and wait until its threads have terminated.
	 * Gives up waiting, without an error, after a minute at most.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.server.dispose();
			await(this.server.onDispose());
			this.channels.forEach(Channel::close);
			await(this.loopResources.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT));
		}
	}

	private static void await(Mono<Void> end) {
		end.timeout(SHUTDOWN_TIMEOUT).onErrorComplete().toFuture().join();
	}

	@Override
	public String toString() {
		return "GeminiSimulator[" + getBaseUrl() + "]";
	}

	/**
	 * Start a simulator with the default settings.
	 * @return the running simulator
	 */
	public static GeminiSimulator start() {
		return builder().start();
	}

	/**
	 * Return a builder with the default settings.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link GeminiSimulator}, not thread-safe.
	 */
	public static final class Builder {

		private final Set<String> models = new LinkedHashSet<>();

		private int port;

		private String apiKey = API_KEY;

		private Duration pace = Duration.ofMillis(25);

		private ErrorStyle errorStyle = ErrorStyle.COMETAPI;

		private boolean lenient;

		private final List<PreparedResponse> preparedResponses = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Set the port, a free one by default.
		 * @param port the port, or zero for a free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Set the accepted API key, {@link #API_KEY} by default.
		 * @param apiKey the API key
		 * @return this builder
		 */
		public Builder apiKey(String apiKey) {
			Assert.hasText(apiKey, "'apiKey' must not be empty");
			this.apiKey = apiKey;
			return this;
		}

		/**
		 * Add a model.
		 * @param id the id, without prefix
		 * @return this builder
		 */
		public Builder model(String id) {
			Assert.hasText(id, "'id' must not be empty");
			this.models.add(id);
			return this;
		}

		/**
		 * Set the delay between two words of a streamed response, 25 milliseconds by
		 * default.
		 * @param pace the delay, zero for none
		 * @return this builder
		 */
		public Builder pace(Duration pace) {
			this.pace = pace;
			return this;
		}

		/**
		 * Set the format of errors, {@link ErrorStyle#COMETAPI} by default.
		 * @param errorStyle the format
		 * @return this builder
		 */
		public Builder errorStyle(ErrorStyle errorStyle) {
			this.errorStyle = errorStyle;
			return this;
		}

		/**
		 * Accept every model and any JSON object as body, for tests that script all
		 * responses.
		 * @return this builder
		 */
		public Builder lenient() {
			this.lenient = true;
			return this;
		}

		/**
		 * Prepare the response to all requests that match, unless {@link #next()} has
		 * scripted one. May be called several times: the first matching condition
		 * applies. Not affected by {@link #reset()}.
		 * @param condition matches requests, such as those with a certain prompt
		 * @param script scripts the response, once per request
		 * @return this builder
		 */
		public Builder respondTo(Predicate<RecordedRequest> condition, Consumer<ScriptedResponse> script) {
			Assert.notNull(condition, "'condition' must not be null");
			Assert.notNull(script, "'script' must not be null");
			this.preparedResponses.add(new PreparedResponse(condition, script));
			return this;
		}

		/**
		 * Start the simulator.
		 * @return the running simulator
		 */
		public GeminiSimulator start() {
			SimulatorSettings settings = new SimulatorSettings(this.apiKey, Set.copyOf(this.models), this.pace,
					this.errorStyle, this.lenient, List.copyOf(this.preparedResponses));
			return new GeminiSimulator(settings, this.port);
		}

	}

}
