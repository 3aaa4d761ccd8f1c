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

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * {@link ConfigurationPropertySource} that makes the properties below one prefix
 * available below another prefix.
 */
class InheritedPropertySource implements ConfigurationPropertySource {

	private final ConfigurationPropertySource source;

	private final ConfigurationPropertyName from;

	private final ConfigurationPropertyName to;

	InheritedPropertySource(ConfigurationPropertySource source, ConfigurationPropertyName from,
			ConfigurationPropertyName to) {
		this.source = source;
		this.from = from;
		this.to = to;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		return this.to.isAncestorOf(name) ? this.source.getConfigurationProperty(inherited(name)) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (this.to.equals(name) || this.to.isAncestorOf(name)) {
			return this.source.containsDescendantOf(inherited(name));
		}
		return ConfigurationPropertyState.ABSENT;
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

	// Parsed again: subName fails for a long name that the binder has put together
	private ConfigurationPropertyName inherited(ConfigurationPropertyName name) {
		return move(ConfigurationPropertyName.adapt(name.toString(), '.'), this.to, this.from);
	}

	private static ConfigurationPropertyName move(ConfigurationPropertyName name, ConfigurationPropertyName from,
			ConfigurationPropertyName to) {
		return to.append(name.subName(from.getNumberOfElements()));
	}

	/**
	 * Create a source.
	 * @param source the source with the properties
	 * @param from the prefix of the properties in that source
	 * @param to the prefix of the properties in the new source
	 * @return the new source
	 */
	static ConfigurationPropertySource of(ConfigurationPropertySource source, ConfigurationPropertyName from,
			ConfigurationPropertyName to) {
		return (source instanceof IterableConfigurationPropertySource iterable) ? new Enumerable(iterable, from, to)
				: new InheritedPropertySource(source, from, to);
	}

	/**
	 * Source that knows its names. Maps can only be bound from such a source.
	 */
	private static final class Enumerable extends InheritedPropertySource
			implements IterableConfigurationPropertySource {

		private final IterableConfigurationPropertySource source;

		private final ConfigurationPropertyName from;

		private final ConfigurationPropertyName to;

		Enumerable(IterableConfigurationPropertySource source, ConfigurationPropertyName from,
				ConfigurationPropertyName to) {
			super(source, from, to);
			this.source = source;
			this.from = from;
			this.to = to;
		}

		@Override
		public Stream<ConfigurationPropertyName> stream() {
			return this.source.stream().filter(this.from::isAncestorOf).map((name) -> move(name, this.from, this.to));
		}

	}

}
