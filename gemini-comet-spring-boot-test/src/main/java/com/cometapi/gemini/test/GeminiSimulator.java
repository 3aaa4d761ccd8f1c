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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.api.GenerateContentResponse;
import io.netty.channel.Channel;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.util.Assert;

/**
 * An HTTP server in this process that speaks the Gemini native API as the CometAPI
 * gateway does, on a port of the loopback interface. Thread-safe.
 *
 * <p>
 * It is as strict as the real API: keys, models, names of members, roles, thinking knobs
 * and the turns of function calling are checked, and refused with the real texts. What
 * passes is answered in a way that follows the request, and always says that it is
 * simulated. What the next calls get can be scripted with {@link #next()}; refused
 * requests use no scripted answer up.
 *
 * <pre class="code">
 * try (GeminiSimulator simulator = GeminiSimulator.start()) {
 *     simulator.next().text("Hello");
 *     simulator.next().error(429).retryAfter(Duration.ofSeconds(2));
 *     simulator.next().cutAfterEvents(2);
 *     // point the client at simulator.getBaseUrl() with simulator.getApiKey()
 * }
 * </pre>
 */
public final class GeminiSimulator implements AutoCloseable {

	/**
	 * The key that a simulator accepts unless it was given another one.
	 */
	public static final String API_KEY = "sk-simulator-no-key-needed";

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

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
	 * Return the URL that a client is pointed at.
	 * @return the URL, without a path
	 */
	public URI getBaseUrl() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/**
	 * Return the key that the simulator accepts.
	 * @return the key
	 */
	public String getApiKey() {
		return this.settings.apiKey();
	}

	/**
	 * Script the answer to the next call of a model that is not scripted yet.
	 * @return the answer, which follows the request until told otherwise
	 */
	public ScriptedResponse next() {
		ScriptedResponse answer = new ScriptedResponse();
		this.handler.add(answer);
		return answer;
	}

	/**
	 * Script the next answer.
	 * @param response the message, sent as it is
	 */
	public void enqueue(GenerateContentResponse response) {
		next().response(response);
	}

	/**
	 * Script the next answer.
	 * @param events the events of the stream, sent as they are
	 */
	public void enqueueStream(List<GenerateContentResponse> events) {
		next().events(events);
	}

	/**
	 * Script the next answer.
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param body the body
	 */
	public void enqueueRaw(int status, String contentType, String body) {
		next().raw(status, contentType, body);
	}

	/**
	 * Return how many scripted answers wait for their call.
	 * @return the number
	 */
	public int scripted() {
		return this.handler.scripted();
	}

	/**
	 * Return the requests that have arrived.
	 * @return the requests, in order
	 */
	public List<RecordedRequest> requests() {
		return this.journal.requests();
	}

	/**
	 * Take the oldest request not taken yet, waiting for one to arrive.
	 * @param timeout how long to wait
	 * @return the request
	 * @throws IllegalStateException if none arrived in time
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
	 * Return how many calls, streaming or not, are being answered.
	 * @return the number
	 */
	public int openCalls() {
		return this.journal.openCalls();
	}

	/**
	 * Return how many streams are being written.
	 * @return the number
	 */
	public int openStreams() {
		return this.journal.openStreams();
	}

	/**
	 * Return how many calls, streaming or not, the client gave up before their end.
	 * @return the number
	 */
	public int cancelledCalls() {
		return this.journal.cancelledCalls();
	}

	/**
	 * Return how many streams the client gave up before their end.
	 * @return the number
	 */
	public int cancelledStreams() {
		return this.journal.cancelledStreams();
	}

	/**
	 * Forget scripted answers, recorded requests and counts.
	 */
	public void reset() {
		this.handler.clear();
		this.journal.clear();
	}

	/**
	 * Close all connections and stop the server, waiting until its threads are gone.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.server.disposeNow(SHUTDOWN_TIMEOUT);
			this.channels.forEach(Channel::close);
			this.loopResources.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT).block(SHUTDOWN_TIMEOUT);
		}
	}

	@Override
	public String toString() {
		return "GeminiSimulator[" + getBaseUrl() + "]";
	}

	/**
	 * Start a simulator with the usual settings.
	 * @return the running simulator
	 */
	public static GeminiSimulator start() {
		return builder().start();
	}

	/**
	 * Return a builder with the usual settings.
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
		 * Set the key that is accepted, {@link #API_KEY} by default.
		 * @param apiKey the key
		 * @return this builder
		 */
		public Builder apiKey(String apiKey) {
			Assert.hasText(apiKey, "'apiKey' must not be empty");
			this.apiKey = apiKey;
			return this;
		}

		/**
		 * Add a model that the simulator does not know.
		 * @param id the bare id
		 * @return this builder
		 */
		public Builder model(String id) {
			Assert.hasText(id, "'id' must not be empty");
			this.models.add(id);
			return this;
		}

		/**
		 * Set the wait between two words of a streamed answer, 25 milliseconds by
		 * default.
		 * @param pace the wait, zero for none
		 * @return this builder
		 */
		public Builder pace(Duration pace) {
			this.pace = pace;
			return this;
		}

		/**
		 * Set how errors are written, {@link ErrorStyle#COMETAPI} by default.
		 * @param errorStyle the form
		 * @return this builder
		 */
		public Builder errorStyle(ErrorStyle errorStyle) {
			this.errorStyle = errorStyle;
			return this;
		}

		/**
		 * Accept every model and every body that is a JSON object, for tests that script
		 * all answers.
		 * @return this builder
		 */
		public Builder lenient() {
			this.lenient = true;
			return this;
		}

		/**
		 * Start the simulator.
		 * @return the running simulator
		 */
		public GeminiSimulator start() {
			SimulatorSettings settings = new SimulatorSettings(this.apiKey, Set.copyOf(this.models), this.pace,
					this.errorStyle, this.lenient);
			return new GeminiSimulator(settings, this.port);
		}

	}

}
