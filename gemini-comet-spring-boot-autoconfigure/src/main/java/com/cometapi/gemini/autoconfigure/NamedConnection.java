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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiExchange;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.function.SingletonSupplier;

/**
 * A connection below {@code cometapi.gemini.connections}. Creates its client and template
 * from its properties.
 */
final class NamedConnection {

	static final ConfigurationPropertyName DEFAULT_PREFIX = ConfigurationPropertyName.of("cometapi.gemini");

	private static final ConfigurationPropertyName PARENT = DEFAULT_PREFIX.append("connections");

	private static final int ELEMENTS = PARENT.getNumberOfElements() + 1;

	private final ConfigurationPropertyName prefix;

	private final Environment environment;

	private final SingletonSupplier<GeminiConnectionProperties> properties;

	private NamedConnection(ConfigurationPropertyName prefix, Environment environment) {
		this.prefix = prefix;
		this.environment = environment;
		this.properties = SingletonSupplier.of(this::bind);
	}

	/**
	 * Return the name of the connection, as it was written.
	 * @return the name
	 */
	String getName() {
		return this.prefix.getLastElement(Form.ORIGINAL);
	}

	String getModel() {
		return this.properties.obtain().model();
	}

	GeminiClient createClient(ConfigurableListableBeanFactory beanFactory) {
		return withNamesOfConnection(() -> {
			GeminiConnectionProperties properties = this.properties.obtain();
			NamedConnectionDetails details = new NamedConnectionDetails(this, properties, beanFactory);
			return beanFactory.getBean(GeminiClientFactory.class).create(getName(), properties, details.find());
		});
	}

	GeminiTemplate createTemplate(ListableBeanFactory beanFactory, GeminiClient client) {
		return withNamesOfConnection(() -> beanFactory.getBean(GeminiTemplateFactory.class)
			.create(client, this.properties.obtain(), this.prefix + "."));
	}

	/**
	 * Return the name of a property of this connection.
	 * @param property the name below the connection, such as {@code base-url}
	 * @return the whole name
	 */
	ConfigurationPropertyName getPropertyName(String property) {
		return this.prefix.append(property);
	}

	/**
	 * Return whether a property is set for this connection itself.
	 * @param property the name below the connection
	 * @return {@code true} unless it is inherited
	 */
	boolean isSet(ConfigurationPropertyName property) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getConfigurationProperty(property) != null) {
				return true;
			}
		}
		return false;
	}

	private GeminiConnectionProperties bind() {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		ConfigurationPropertySources.get(this.environment).forEach(sources::add);
		// Anything that is set for the connection comes before everything inherited
		List.copyOf(sources)
			.forEach((source) -> sources.add(InheritedPropertySource.of(source, DEFAULT_PREFIX, this.prefix)));
		return new Binder(sources, new PropertySourcesPlaceholdersResolver(this.environment)).bindOrCreate(this.prefix,
				Bindable.of(GeminiConnectionProperties.class), null);
	}

	// The factories name the properties of the default connection
	private <T> T withNamesOfConnection(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (InvalidGeminiPropertyException ex) {
			String prefix = DEFAULT_PREFIX + ".";
			if (!ex.getName().startsWith(prefix) || ex.getName().startsWith(this.prefix.toString())) {
				throw ex;
			}
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(ex.getName(), '.');
			ConfigurationPropertyName own = this.prefix.append(name.subName(DEFAULT_PREFIX.getNumberOfElements()));
			throw isSet(own) ? ex.withPrefix(prefix, this.prefix + ".") : ex;
		}
	}

	/**
	 * Return whether a name is that of a property of any connection but the default one.
	 * @param name the name of the property
	 * @return {@code true} if the name of a property follows that of a connection
	 */
	static boolean isProperty(ConfigurationPropertyName name) {
		return PARENT.isAncestorOf(name) && name.getNumberOfElements() > ELEMENTS;
	}

	/**
	 * Return the prefix of the properties of the connection that a property belongs to.
	 * @param name the name of the property of a connection
	 * @return the prefix
	 */
	static ConfigurationPropertyName prefixOf(ConfigurationPropertyName name) {
		return name.chop(ELEMENTS);
	}

	/**
	 * Return the name of the same property of the default connection.
	 * @param name the name of the property of a connection
	 * @return the name
	 */
	static ConfigurationPropertyName toDefaultConnection(ConfigurationPropertyName name) {
		return DEFAULT_PREFIX.append(name.subName(ELEMENTS));
	}

	/**
	 * Find the connections that are configured.
	 * @param environment the environment
	 * @return the connections, in the order of the property sources
	 */
	static List<NamedConnection> findAll(Environment environment) {
		Map<String, ConfigurationPropertyName> prefixes = new LinkedHashMap<>();
		List<IterableConfigurationPropertySource> variables = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
					variables.add(iterable);
				}
				else {
					collect(iterable, prefixes);
				}
			}
		}
		// Last, since environment variables cannot express a hyphen or an upper case
		// letter
		variables.forEach((source) -> collect(source, prefixes));
		return prefixes.values().stream().map((prefix) -> new NamedConnection(prefix, environment)).toList();
	}

	private static void collect(IterableConfigurationPropertySource source,
			Map<String, ConfigurationPropertyName> prefixes) {
		for (ConfigurationPropertyName name : source) {
			if (isProperty(name)) {
				ConfigurationPropertyName prefix = prefixOf(name);
				String uniform = prefix.getLastElement(Form.UNIFORM);
				if (uniform.equals(GeminiExchange.DEFAULT_CONNECTION)) {
					throw new InvalidGeminiPropertyException(name.toString(), null,
							"'default' is the name of the connection that is configured below 'cometapi.gemini' itself",
							"Set '%s' instead, or give the connection another name."
								.formatted(toDefaultConnection(name)));
				}
				prefixes.putIfAbsent(uniform, prefix);
			}
		}
	}

}
