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

import java.time.Duration;

import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the Gemini client and template, except those of the
 * connection, which are {@link GeminiConnectionProperties}.
 *
 * @param enabled Whether to enable auto-configuration of the Gemini client and template.
 * @param functions Execution of function calls.
 * @param entity Typed responses.
 * @param sse Server-sent events to browsers.
 * @param chat Conversations.
 * @param health Health indicator.
 * @param observation Observations of calls to models.
 * @param threads Threads for code that may block.
 */
@ConfigurationProperties("cometapi.gemini")
public record GeminiProperties(@DefaultValue("true") boolean enabled, @DefaultValue Functions functions,
		@DefaultValue Entity entity, @DefaultValue Sse sse, @DefaultValue Chat chat, @DefaultValue Health health,
		@DefaultValue Observation observation, @DefaultValue Threads threads) {

	/**
	 * Execution of function calls.
	 *
	 * @param maxRounds Maximum number of function-calling rounds per prompt.
	 * @param maxConcurrency Maximum number of functions of a prompt that run
	 * concurrently.
	 * @param timeout Timeout for a single function.
	 * @param maxResultSize Maximum size of a function result, excluding media.
	 * @param onError Reaction to a function that fails or is called with invalid
	 * arguments.
	 * @param echoIds Whether to return the ids of function calls with their results.
	 */
	public record Functions(@DefaultValue("10") int maxRounds, @DefaultValue("8") int maxConcurrency,
			@DefaultValue("2m") Duration timeout, @DefaultValue("8MB") DataSize maxResultSize,
			@DefaultValue("reply") OnError onError, @DefaultValue("true") boolean echoIds) {

	}

	/**
	 * Typed responses.
	 *
	 * @param repairs Maximum number of follow-up requests that ask the model to correct
	 * an invalid response. Each is billed.
	 * @param validate Whether to check the constraints of typed responses if a validator
	 * is available.
	 */
	public record Entity(@DefaultValue("0") int repairs, @DefaultValue("true") boolean validate) {

	}

	/**
	 * Server-sent events to browsers.
	 *
	 * @param heartbeatInterval Time without an event after which a comment is sent, so
	 * that closed connections are detected.
	 * @param timeout Timeout for a stream to a browser. Unlimited if not set.
	 * @param writeTimeout Time after which a connection is closed if the browser does not
	 * read.
	 * @param shutdownLeadTime Time before the end of the graceful shutdown at which
	 * streams are ended. If not set, a fifth of
	 * spring.lifecycle.timeout-per-shutdown-phase, at most five seconds.
	 * @param resume Streams that a browser can resume.
	 */
	public record Sse(@DefaultValue("15s") Duration heartbeatInterval, @Nullable Duration timeout,
			@DefaultValue("60s") Duration writeTimeout, @Nullable Duration shutdownLeadTime,
			@DefaultValue Resume resume) {

		/**
		 * Streams that a browser can resume.
		 *
		 * @param unwatchedTimeout Time without a browser after which a response is
		 * cancelled.
		 * @param timeToLive Time for which the events of a stream are retained after its
		 * end.
		 * @param maxSize Maximum size of the retained events of a stream. When it is
		 * exceeded, the oldest ones are removed.
		 * @param maxStreams Maximum number of streams in memory, including those that
		 * have ended.
		 * @param maxTotalSize Maximum size of the events of all streams in memory.
		 * @param store Type of the store that retains the events.
		 * @param redis Store in Redis.
		 */
		public record Resume(@DefaultValue("1m") Duration unwatchedTimeout, @DefaultValue("5m") Duration timeToLive,
				@DefaultValue("8MB") DataSize maxSize, @DefaultValue("1000") int maxStreams,
				@DefaultValue("64MB") DataSize maxTotalSize, @DefaultValue("memory") Store store,
				@DefaultValue Redis redis) {

			/**
			 * Type of the store that retains the events.
			 */
			public enum Store {

				/**
				 * Memory of the process, for an application with one instance.
				 */
				MEMORY,

				/**
				 * Redis, for an application with several instances.
				 */
				REDIS

			}

			/**
			 * Store in Redis.
			 *
			 * @param keyPrefix Prefix of the keys.
			 * @param leaseTime Time after which the streams of an instance that has died
			 * are lost. Failed Redis commands are retried for the same time.
			 */
			public record Redis(@DefaultValue("gemini:stream:") String keyPrefix,
					@DefaultValue("10s") Duration leaseTime) {

			}

		}

	}

	/**
	 * Conversations.
	 *
	 * @param repository Type of the conversation store.
	 * @param maxConversations Maximum number of conversations in memory.
	 * @param timeToLive Time after its last turn at which a conversation expires. If not
	 * set, one day in memory and never elsewhere.
	 * @param maxTurns Maximum number of stored turns per conversation.
	 * @param window Part of a conversation that is sent with a prompt.
	 * @param redis Conversation store in Redis.
	 */
	public record Chat(@DefaultValue("memory") Repository repository, @DefaultValue("1000") int maxConversations,
			@Nullable Duration timeToLive, @DefaultValue("1000") int maxTurns, @DefaultValue Window window,
			@DefaultValue Redis redis) {

		/**
		 * Type of the conversation store.
		 */
		public enum Repository {

			/**
			 * Memory of the process.
			 */
			MEMORY,

			/**
			 * Database of the application's data source.
			 */
			JDBC,

			/**
			 * Redis.
			 */
			REDIS

		}

		/**
		 * Part of a conversation that is sent with a prompt.
		 *
		 * @param maxTurns Maximum number of turns to send with a prompt. All if not set.
		 * @param maxTokens Maximum number of tokens of history to send with a prompt.
		 * Unlimited if not set.
		 */
		public record Window(@Nullable Integer maxTurns, @Nullable Integer maxTokens) {

		}

		/**
		 * Conversation store in Redis.
		 *
		 * @param keyPrefix Prefix of the keys of conversations.
		 */
		public record Redis(@DefaultValue("gemini:chat:") String keyPrefix) {

		}

	}

	/**
	 * Health indicator.
	 *
	 * @param cacheTtl Time to live of a cached result.
	 * @param timeout Time after which the endpoint is reported as down.
	 */
	public record Health(@DefaultValue("30s") Duration cacheTtl, @DefaultValue("5s") Duration timeout) {

	}

	/**
	 * Observations of calls to models.
	 *
	 * @param maxModels Maximum number of model names in metrics. Further models are
	 * reported as 'other'.
	 * @param histograms Whether to publish histogram buckets of durations and tokens,
	 * with the boundaries of OpenTelemetry's conventions.
	 * @param includeContent Whether to record the contents of prompts and responses in
	 * spans, without media and without anything that looks like a key.
	 * @param maxContentLength Maximum number of characters to record of a system
	 * instruction, of a request and of a response.
	 */
	public record Observation(@DefaultValue("100") int maxModels, @DefaultValue("false") boolean histograms,
			@DefaultValue("false") boolean includeContent, @DefaultValue("4000") int maxContentLength) {

	}

	/**
	 * Threads for code that may block. Virtual if the application uses virtual threads.
	 *
	 * @param functions Maximum number of threads for functions and approvals.
	 * @param stores Maximum number of threads for conversation stores.
	 * @param media Maximum number of threads for reading and writing media.
	 * @param filters Maximum number of threads for filters of the WebClient. 0 runs them
	 * on the threads that send requests and receive responses, if they never block.
	 * @param browsers Maximum number of threads for writing to browsers, if their
	 * responses support only blocking writes.
	 * @param maxWait Maximum time to wait for a thread. Waiting functions count against
	 * their own timeout.
	 */
	public record Threads(@DefaultValue("256") int functions, @DefaultValue("64") int stores,
			@DefaultValue("64") int media, @DefaultValue("64") int filters, @DefaultValue("64") int browsers,
			@DefaultValue("10s") Duration maxWait) {

	}

}
