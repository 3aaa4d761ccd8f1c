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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.client.GeminiTlsFailureHandler;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Creates the Reactor Netty connectors of the connections. Other connectors do not close
 * the connection when a subscriber cancels. Each connector has a dedicated connection
 * pool unless the application configures one.
 */
final class GeminiConnectorFactory implements BeanClassLoaderAware, DisposableBean {

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

	private final ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder;

	private final ObjectProvider<ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder>> customizers;

	private final ObjectProvider<HttpClientSettings> settings;

	private final ObjectProvider<SslBundles> sslBundles;

	private final GeminiHttpConnectorSupport support;

	private final List<ConnectionProvider> pools = new CopyOnWriteArrayList<>();

	private boolean threadsMayOutliveApplication;

	private volatile @Nullable LoopResources loops;

	private volatile @Nullable AddressResolverGroup<?> resolver;

	GeminiConnectorFactory(ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder>> customizers,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<SslBundles> sslBundles) {
		this.connectorBuilder = connectorBuilder;
		this.customizers = customizers;
		this.settings = settings;
		this.sslBundles = sslBundles;
		this.support = new GeminiHttpConnectorSupport(sslBundles);
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.threadsMayOutliveApplication = SharedThreads.mayOutlive(classLoader);
		if (this.threadsMayOutliveApplication) {
			SharedThreads.start();
		}
	}

	/**
	 * Check the properties of the connector, so that invalid ones are reported before the
	 * first call.
	 * @param properties the properties
	 * @throws InvalidGeminiPropertyException if a property is invalid
	 */
	void check(GeminiConnectionProperties properties) {
		GeminiConnectionPoolFactory.check(properties.pool());
		this.support.check(NamedConnection.DEFAULT_PREFIX.toString(), properties.ssl(), properties.proxy());
	}

	/**
	 * Create the connector of a connection, with a pool of its own. The event loops are
	 * shared by all connections.
	 * @param connection the name of the connection
	 * @param properties the checked properties
	 * @return the connector
	 */
	ClientHttpConnector create(String connection, GeminiConnectionProperties properties) {
		ClientHttpConnector connector = createConnector(connection, properties);
		return this.threadsMayOutliveApplication ? SharedThreads.startedBy(connector) : connector;
	}

	private ClientHttpConnector createConnector(String connection, GeminiConnectionProperties properties) {
		// Redirects and timeouts of the shared client settings are not used: GeminiClient
		// has its own rules for them
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withConnectTimeout(properties.connectTimeout());
		ReactorClientHttpConnectorBuilder builder = pooled(reactorBuilder(), connection, properties)
			.withHttpClientCustomizer(GeminiConnectorFactory::disableRedirectsAndTimeout)
			.withHttpClientCustomizer(GeminiTlsFailureHandler::reportToCalls)
			.withHttpClientCustomizer(this::useOwnLoops)
			.withHttpClientCustomizer((httpClient) -> GeminiHttpConnectorSupport.proxy(httpClient, properties.proxy()))
			.withHttpClientCustomizer((httpClient) -> properties.http2()
					? GeminiHttp2Support.enable(httpClient, properties.pool().maxConcurrentStreams()) : httpClient);
		SslBundle sslBundle = findSslBundle(properties);
		if (sslBundle == null) {
			return builder.build(settings);
		}
		SslReloadingConnector connector = new SslReloadingConnector((current) -> builder
			.withHttpClientCustomizer(
					(httpClient) -> properties.http2() ? GeminiHttp2Support.secure(httpClient, current) : httpClient)
			.build(settings.withSslBundle(current)), sslBundle);
		this.sslBundles.ifAvailable(connector::reloadOnUpdate);
		return connector;
	}

	private @Nullable SslBundle findSslBundle(GeminiConnectionProperties properties) {
		SslBundle bundle = this.support.sslBundle(NamedConnection.DEFAULT_PREFIX.toString(), properties.ssl());
		return (bundle != null) ? bundle : this.settings.getIfAvailable(HttpClientSettings::defaults).sslBundle();
	}

	@Override
	public void destroy() {
		this.pools.forEach(ConnectionProvider::dispose);
		AddressResolverGroup<?> resolver = this.resolver;
		if (resolver != null) {
			resolver.close();
		}
		LoopResources loops = this.loops;
		if (loops != null) {
			// Wait for the event loops to end, so that no thread is reported as leaked.
			loops.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT).onErrorComplete().toFuture().join();
		}
	}

	private ReactorClientHttpConnectorBuilder pooled(ReactorClientHttpConnectorBuilder builder, String connection,
			GeminiConnectionProperties properties) {
		if (!usesSharedPool(builder)) {
			return builder;
		}
		ConnectionProvider pool = GeminiConnectionPoolFactory.create(connection, properties.pool(), properties.http2());
		this.pools.add(pool);
		return builder.withHttpClientFactory(() -> HttpClient.create(pool));
	}

	// The connection provider is visible on the built client only
	private static boolean usesSharedPool(ReactorClientHttpConnectorBuilder builder) {
		AtomicReference<ConnectionProvider> used = new AtomicReference<>();
		builder.withHttpClientCustomizer((httpClient) -> {
			used.set(httpClient.configuration().connectionProvider());
			return httpClient;
		}).build();
		return used.get() instanceof HttpResources;
	}

	// Closing any application context would stop the shared event loops
	private HttpClient useOwnLoops(HttpClient httpClient) {
		if (!(httpClient.configuration().loopResources() instanceof HttpResources)) {
			return httpClient;
		}
		LoopResources loops = ownLoops();
		HttpClient own = httpClient.runOn(loops);
		// The default resolver would use the shared event loops
		return (httpClient.configuration().resolver() != null) ? own : own.resolver(ownResolver(loops));
	}

	// Reactor Netty keeps the resolvers that it creates, and their event loops, forever
	private synchronized AddressResolverGroup<?> ownResolver(LoopResources loops) {
		AddressResolverGroup<?> resolver = this.resolver;
		if (resolver == null) {
			resolver = NameResolverProvider.builder().build().newNameResolverGroup(loops, LoopResources.DEFAULT_NATIVE);
			this.resolver = resolver;
		}
		return resolver;
	}

	private synchronized LoopResources ownLoops() {
		if (this.loops == null) {
			this.loops = LoopResources.create("gemini-comet");
		}
		return this.loops;
	}

	private ReactorClientHttpConnectorBuilder reactorBuilder() {
		if (this.connectorBuilder.getIfAvailable() instanceof ReactorClientHttpConnectorBuilder customized) {
			return customized;
		}
		ReactorClientHttpConnectorBuilder builder = ClientHttpConnectorBuilder.reactor();
		for (ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> customizer : this.customizers
			.orderedStream()
			.toList()) {
			builder = customizer.customize(builder);
		}
		return builder;
	}

	// Overrides customizers that apply to all clients: a redirect would send the key to
	// another host, and GeminiClient has its own timeouts
	private static HttpClient disableRedirectsAndTimeout(HttpClient httpClient) {
		return httpClient.followRedirect(false).responseTimeout(null);
	}

}
