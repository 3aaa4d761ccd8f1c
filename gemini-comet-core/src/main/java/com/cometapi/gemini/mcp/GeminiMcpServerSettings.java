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

package com.cometapi.gemini.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.cometapi.gemini.thread.Durations;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.PatternMatchUtils;

/**
 * Settings of an MCP server: how to reach it, which of its tools to offer, and its
 * limits. It has either a URL, for streamable HTTP, or a command, for a process that is
 * started and reached over its standard input and output. Immutable.
 *
 * @param name the name, letters, digits, {@code _} and {@code -}, at most 32
 * @param url the URL of the endpoint, or {@code null} for a process
 * @param headers the headers of each request to the URL, often secrets
 * @param command the program to start, or {@code null} for a URL
 * @param args the arguments of the program
 * @param env the environment variables of the program, often secrets; besides these it
 * inherits only those that programs need to run, such as {@code PATH}
 * @param directory the working directory of the program, or {@code null} for that of the
 * application
 * @param connectTimeout the time limit for connecting, which includes the start of a
 * process and the initialization of the session, and for listing the tools
 * @param callTimeout the time limit of one call of a tool, or {@code null} for that of
 * functions alone
 * @param closeTimeout the time that a process gets to end by itself before it is killed
 * @param refreshInterval the time after which the tools are listed again, unless a
 * process announces changes of its list
 * @param maxTools the maximum number of tools, and of pages of their list
 * @param maxToolSize the maximum size of the declaration of a tool in bytes; larger ones
 * are not offered
 * @param maxMessageSize the maximum size of a message of the server in bytes
 * @param toolPrefix the prefix of the names that models see
 * @param includeTools the tools to offer, with {@code *} for any characters; empty for
 * all
 * @param excludeTools the tools not to offer, with {@code *} for any characters
 * @param approval the tools that only run with an approval
 * @param optional whether prompts continue without the tools of the server while it is
 * not available
 */
public record GeminiMcpServerSettings(String name, @Nullable URI url, Map<String, String> headers,
		@Nullable String command, List<String> args, Map<String, String> env, @Nullable Path directory,
		Duration connectTimeout, @Nullable Duration callTimeout, Duration closeTimeout, Duration refreshInterval,
		int maxTools, int maxToolSize, int maxMessageSize, String toolPrefix, List<String> includeTools,
		List<String> excludeTools, GeminiMcpApproval approval, boolean optional) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

	private static final Pattern PREFIX = Pattern.compile("|[A-Za-z_][A-Za-z0-9_-]{0,39}");

	/**
	 * Create settings. Prefer the builders, since components may be added.
	 */
	public GeminiMcpServerSettings {
		Assert.isTrue(NAME.matcher(name).matches(),
				() -> ("'%s' is not a valid name of an MCP server: it must start with a letter, followed by at most 31"
						+ " letters, digits, '_' or '-'")
					.formatted(name));
		Assert.isTrue((url != null) != (command != null),
				() -> "The MCP server '%s' needs either a 'url' or a 'command'".formatted(name));
		Assert.isTrue(
				url == null || (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
						&& url.getHost() != null && url.getUserInfo() == null),
				() -> "The 'url' of the MCP server '%s' must be an http or https URL without user information"
					.formatted(name));
		Assert.isTrue(command == null || !command.isBlank(),
				() -> "The 'command' of the MCP server '%s' must not be empty".formatted(name));
		checkPositive(name, "connectTimeout", connectTimeout);
		checkPositive(name, "refreshInterval", refreshInterval);
		if (callTimeout != null) {
			checkPositive(name, "callTimeout", callTimeout);
		}
		Assert.isTrue(!closeTimeout.isNegative(),
				() -> "The 'closeTimeout' of the MCP server '%s' must not be negative".formatted(name));
		Assert.isTrue(maxTools > 0 && maxToolSize > 0 && maxMessageSize > 0,
				() -> "The limits of the MCP server '%s' must be positive".formatted(name));
		Assert.isTrue(PREFIX.matcher(toolPrefix).matches(),
				() -> ("The 'toolPrefix' of the MCP server '%s' must be empty, or start with a letter or '_', followed"
						+ " by at most 39 letters, digits, '_' or '-'")
					.formatted(name));
		connectTimeout = Durations.capped(connectTimeout);
		callTimeout = (callTimeout != null) ? Durations.capped(callTimeout) : null;
		closeTimeout = Durations.capped(closeTimeout);
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
		args = List.copyOf(args);
		env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
		includeTools = List.copyOf(includeTools);
		excludeTools = List.copyOf(excludeTools);
	}

	private static void checkPositive(String name, String setting, Duration duration) {
		Assert.isTrue(duration.compareTo(Duration.ZERO) > 0,
				() -> "The '%s' of the MCP server '%s' must be positive".formatted(setting, name));
	}

	boolean isOffered(String tool) {
		return (this.includeTools.isEmpty() || matches(this.includeTools, tool)) && !matches(this.excludeTools, tool);
	}

	private static boolean matches(List<String> patterns, String tool) {
		return PatternMatchUtils.simpleMatch(patterns.toArray(String[]::new), tool);
	}

	/**
	 * Return the address of the server for messages and diagnostics.
	 * @return the URL without its query, or the program without its arguments
	 */
	public String address() {
		if (this.url == null) {
			return String.valueOf(this.command);
		}
		String path = (this.url.getRawPath() != null) ? this.url.getRawPath() : "";
		return "%s://%s%s".formatted(this.url.getScheme(), this.url.getRawAuthority(), path);
	}

	// Headers, arguments, variables and queries may be secrets.
	@Override
	public String toString() {
		return "GeminiMcpServerSettings[name=%s, address=%s]".formatted(this.name, address());
	}

	/**
	 * Return a builder with these settings.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder for a server that is reached over streamable HTTP.
	 * @param name the name of the server
	 * @param url the URL of its endpoint
	 * @return a new builder
	 */
	public static Builder http(String name, URI url) {
		Assert.notNull(url, "'url' must not be null");
		return new Builder(defaults(name, url, null, List.of()));
	}

	/**
	 * Return a builder for a server that is started as a process.
	 * @param name the name of the server
	 * @param command the program to start
	 * @param args the arguments of the program
	 * @return a new builder
	 */
	public static Builder stdio(String name, String command, String... args) {
		Assert.hasText(command, "'command' must not be empty");
		return new Builder(defaults(name, null, command, List.of(args)));
	}

	private static GeminiMcpServerSettings defaults(String name, @Nullable URI url, @Nullable String command,
			List<String> args) {
		return new GeminiMcpServerSettings(name, url, Map.of(), command, args, Map.of(), null, Duration.ofSeconds(20),
				null, Duration.ofSeconds(2), Duration.ofMinutes(5), 256, 64 * 1024, 16 * 1024 * 1024, name + "_",
				List.of(), List.of(), GeminiMcpApproval.NONE, false);
	}

	/**
	 * Builder for {@link GeminiMcpServerSettings}, not thread-safe.
	 */
	public static final class Builder {

		private final GeminiMcpServerSettings origin;

		private Map<String, String> headers;

		private Map<String, String> env;

		private @Nullable Path directory;

		private Duration connectTimeout;

		private @Nullable Duration callTimeout;

		private Duration closeTimeout;

		private Duration refreshInterval;

		private int maxTools;

		private int maxToolSize;

		private int maxMessageSize;

		private String toolPrefix;

		private List<String> includeTools;

		private List<String> excludeTools;

		private GeminiMcpApproval approval;

		private boolean optional;

		private Builder(GeminiMcpServerSettings settings) {
			this.origin = settings;
			this.headers = settings.headers;
			this.env = settings.env;
			this.directory = settings.directory;
			this.connectTimeout = settings.connectTimeout;
			this.callTimeout = settings.callTimeout;
			this.closeTimeout = settings.closeTimeout;
			this.refreshInterval = settings.refreshInterval;
			this.maxTools = settings.maxTools;
			this.maxToolSize = settings.maxToolSize;
			this.maxMessageSize = settings.maxMessageSize;
			this.toolPrefix = settings.toolPrefix;
			this.includeTools = settings.includeTools;
			this.excludeTools = settings.excludeTools;
			this.approval = settings.approval;
			this.optional = settings.optional;
		}

		/**
		 * Set the headers of each request.
		 * @param headers the headers
		 * @return this builder
		 */
		public Builder headers(Map<String, String> headers) {
			this.headers = headers;
			return this;
		}

		/**
		 * Set the environment variables of the program. Besides these it inherits only
		 * those that programs need to run, such as {@code PATH}.
		 * @param env the variables
		 * @return this builder
		 */
		public Builder env(Map<String, String> env) {
			this.env = env;
			return this;
		}

		/**
		 * Set the working directory of the program.
		 * @param directory the directory, or {@code null} for that of the application
		 * @return this builder
		 */
		public Builder directory(@Nullable Path directory) {
			this.directory = directory;
			return this;
		}

		/**
		 * Set the time limit for connecting and for listing the tools.
		 * @param connectTimeout the time, 20 seconds if not set
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set the time limit of one call of a tool. The time limit of functions applies
		 * too.
		 * @param callTimeout the time, or {@code null} for none
		 * @return this builder
		 */
		public Builder callTimeout(@Nullable Duration callTimeout) {
			this.callTimeout = callTimeout;
			return this;
		}

		/**
		 * Set the time that a process gets to end by itself, after its input was closed,
		 * and again after it was asked to end, before it is killed.
		 * @param closeTimeout the time, 2 seconds if not set
		 * @return this builder
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = closeTimeout;
			return this;
		}

		/**
		 * Set the time after which the tools are listed again, unless a process announces
		 * changes. Over HTTP, an announcement may be lost.
		 * @param refreshInterval the time, 5 minutes if not set
		 * @return this builder
		 */
		public Builder refreshInterval(Duration refreshInterval) {
			this.refreshInterval = refreshInterval;
			return this;
		}

		/**
		 * Set the maximum number of tools, and of pages of their list.
		 * @param maxTools the number, 256 if not set
		 * @return this builder
		 */
		public Builder maxTools(int maxTools) {
			this.maxTools = maxTools;
			return this;
		}

		/**
		 * Set the maximum size of the declaration of a tool.
		 * @param maxToolSize the number of bytes, 64 KiB if not set
		 * @return this builder
		 */
		public Builder maxToolSize(int maxToolSize) {
			this.maxToolSize = maxToolSize;
			return this;
		}

		/**
		 * Set the maximum size of a message of the server, such as the result of a tool
		 * with its media.
		 * @param maxMessageSize the number of bytes, 16 MiB if not set
		 * @return this builder
		 */
		public Builder maxMessageSize(int maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
			return this;
		}

		/**
		 * Set the prefix of the names that models see.
		 * @param toolPrefix the prefix, the name of the server and {@code _} if not set;
		 * may be empty, if no other function of a prompt has the name of a tool
		 * @return this builder
		 */
		public Builder toolPrefix(String toolPrefix) {
			this.toolPrefix = toolPrefix;
			return this;
		}

		/**
		 * Set the tools to offer.
		 * @param includeTools the names that the server gives them, with {@code *} for
		 * any characters; none for all
		 * @return this builder
		 */
		public Builder includeTools(List<String> includeTools) {
			this.includeTools = includeTools;
			return this;
		}

		/**
		 * Set the tools not to offer.
		 * @param excludeTools the names that the server gives them, with {@code *} for
		 * any characters
		 * @return this builder
		 */
		public Builder excludeTools(List<String> excludeTools) {
			this.excludeTools = excludeTools;
			return this;
		}

		/**
		 * Set the tools that only run if the prompt has an approval.
		 * @param approval the tools, none if not set
		 * @return this builder
		 */
		public Builder approval(GeminiMcpApproval approval) {
			this.approval = approval;
			return this;
		}

		/**
		 * Set whether prompts continue without the tools of the server while it is not
		 * available, instead of failing.
		 * @param optional whether they continue
		 * @return this builder
		 */
		public Builder optional(boolean optional) {
			this.optional = optional;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public GeminiMcpServerSettings build() {
			return new GeminiMcpServerSettings(this.origin.name, this.origin.url, this.headers, this.origin.command,
					this.origin.args, this.env, this.directory, this.connectTimeout, this.callTimeout,
					this.closeTimeout, this.refreshInterval, this.maxTools, this.maxToolSize, this.maxMessageSize,
					this.toolPrefix, this.includeTools, this.excludeTools, this.approval, this.optional);
		}

	}

}
