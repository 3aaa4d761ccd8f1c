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

import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Logs a warning for each property below {@code cometapi.gemini} that does not exist,
 * with the nearest existing name. A misspelled property would otherwise be ignored
 * silently: for example, another model would be used and billed.
 */
class UnknownPropertyDetector implements InitializingBean {

	private static final Log logger = LogFactory.getLog(UnknownPropertyDetector.class);

	private static final ConfigurationPropertyName PREFIX = NamedConnection.DEFAULT_PREFIX;

	private final Environment environment;

	private final KnownProperties known;

	private final KnownProperties knownOfConnections;

	UnknownPropertyDetector(Environment environment) {
		this.environment = environment;
		this.known = KnownProperties.of(PREFIX.toString(), GeminiProperties.class)
			.and(PREFIX.toString(), GeminiConnectionProperties.class)
			.and(PREFIX.toString(), "connections")
			.and("cometapi.gemini.chat.jdbc", "continue-on-error", "initialize-schema", "platform", "schema")
			.and("cometapi.gemini", "fallback", "first-choice")
			.and("cometapi.gemini.fallback", "connection", "model")
			.and("cometapi.gemini.first-choice", "connection", "model", "weight")
			.and("cometapi.gemini.fallback-on", "server-error", "overloaded", "rate-limit", "quota", "model-not-found",
					"connection", "timeout", "limit")
			.and("cometapi.gemini.circuit-breaker", "enabled", "failures", "wait-time")
			.and("cometapi.gemini.batch", "chunk-size", "concurrency", "max-consecutive-failures", "max-wait",
					"ordered", "progress", "recover-jobs", "threads", "window")
			.and("cometapi.gemini.cross-site", "allowed-hosts", "allowed-origins", "paths")
			.and("cometapi.gemini.problem-details", "enabled")
			.and("cometapi.gemini.simulator", "enabled", "pace")
			.and("cometapi.gemini.limits", "concurrent-calls", "instances", "max-wait", "on-store-failure",
					"redis.key-prefix", "redis.lease-time", "requests-per-minute", "store", "store-timeout",
					"tokens-per-minute")
			.andMaps("cometapi.gemini.limits", "connections", "models")
			.and("cometapi.gemini.budget", "estimated-output-tokens", "on-store-failure", "redis.key-prefix", "store",
					"store-timeout", "zone")
			.and("cometapi.gemini.batch.kafka", "concurrency", "group", "manager", "max-partition-time",
					"poll-interval", "timeout", "topic", "topic-partitions", "worker")
			.and("cometapi.gemini.cache", "by-default", "max-size", "name", "timeout")
			.andMaps("cometapi.gemini", "budgets", "prices")
			.andMapOf("cometapi.gemini.mcp.servers", "url", "headers.*", "ssl.bundle", "proxy.host", "proxy.port",
					"proxy.username", "proxy.password", "proxy.non-proxy-hosts", "command", "args", "env.*",
					"directory", "connect-timeout", "call-timeout", "close-timeout", "refresh-interval", "max-tools",
					"max-tool-size", "max-message-size", "tool-prefix", "include-tools", "exclude-tools", "approval",
					"optional", "fail-fast");
		this.knownOfConnections = KnownProperties.of(PREFIX.toString(), GeminiConnectionProperties.class);
	}

	@Override
	public void afterPropertiesSet() {
		Map<String, ConfigurationPropertySource> unknown = new TreeMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				collect(iterable, unknown);
			}
		}
		unknown.forEach(this::warn);
	}

	private void collect(IterableConfigurationPropertySource source, Map<String, ConfigurationPropertySource> unknown) {
		boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		for (ConfigurationPropertyName name : source) {
			if (PREFIX.isAncestorOf(name) && !isKnown(name, variables)) {
				unknown.putIfAbsent(name.toString(), source);
			}
		}
	}

	private boolean isKnown(ConfigurationPropertyName name, boolean variable) {
		KnownProperties known = this.known;
		if (NamedConnection.isProperty(name)) {
			known = this.knownOfConnections;
			name = NamedConnection.toDefaultConnection(name);
		}
		return variable ? known.containsVariable(name) : known.contains(name);
	}

	private @Nullable String findNearest(ConfigurationPropertyName name) {
		if (!NamedConnection.isProperty(name)) {
			return this.known.findNearest(name.toString());
		}
		String nearest = this.knownOfConnections.findNearest(NamedConnection.toDefaultConnection(name).toString());
		return (nearest != null) ? NamedConnection.prefixOf(name) + nearest.substring(PREFIX.toString().length())
				: null;
	}

	private void warn(String name, ConfigurationPropertySource source) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		ConfigurationProperty property = source.getConfigurationProperty(propertyName);
		String place = (property != null && property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin())
				: "";
		String nearest = findNearest(propertyName);
		logger.warn("The property '%s'%s does not exist and has no effect. %s".formatted(name, place,
				(nearest != null) ? "Did you mean '%s'?".formatted(nearest) : "Remove it or correct its name."));
	}

}
