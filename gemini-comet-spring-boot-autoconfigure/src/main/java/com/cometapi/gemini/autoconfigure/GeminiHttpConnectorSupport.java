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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Proxy;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Ssl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.NoopAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * Configures HTTP clients with the SSL bundle and the proxy of the properties.
 */
public final class GeminiHttpConnectorSupport {

	// An IPv6 address contains at least two colons
	private static final Pattern HOST = Pattern
		.compile("\\s*([A-Za-z0-9._-]+|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]?)\\s*");

	private final ObjectProvider<SslBundles> sslBundles;

	/**
	 * Create an instance.
	 * @param sslBundles the SSL bundles of the application
	 */
	public GeminiHttpConnectorSupport(ObjectProvider<SslBundles> sslBundles) {
		this.sslBundles = sslBundles;
	}

	/**
	 * Create a connector. It reloads an SSL bundle whenever that is updated.
	 * @param httpClient the client without TLS settings and proxy
	 * @param prefix the prefix of the properties
	 * @param ssl the properties of TLS
	 * @param proxy the properties of the proxy
	 * @return the connector
	 */
	public ClientHttpConnector create(HttpClient httpClient, String prefix, Ssl ssl, Proxy proxy) {
		check(prefix, ssl, proxy);
		HttpClient proxied = proxy(httpClient, proxy);
		SslBundle bundle = sslBundle(prefix, ssl);
		if (bundle == null) {
			return new ReactorClientHttpConnector(proxied);
		}
		SslReloadingConnector connector = new SslReloadingConnector(
				(current) -> new ReactorClientHttpConnector(proxied
					.secure((spec) -> spec.sslContext(Http11SslContextSpec.forClient().configure(secure(current))))),
				bundle);
		this.sslBundles.ifAvailable(connector::reloadOnUpdate);
		return connector;
	}

	void check(String prefix, Ssl ssl, Proxy proxy) {
		sslBundle(prefix, ssl);
		check(prefix, proxy);
	}

	@Nullable SslBundle sslBundle(String prefix, Ssl ssl) {
		String name = ssl.bundle();
		if (!StringUtils.hasText(name)) {
			return null;
		}
		try {
			SslBundle bundle = this.sslBundles.getObject().getBundle(name);
			// A bundle reads its files when it is first used.
			bundle.getManagers().getKeyManagerFactory();
			bundle.getManagers().getTrustManagerFactory();
			return bundle;
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidGeminiPropertyException(prefix + ".ssl.bundle", name, "the SSL bundle does not exist",
					"Define it below 'spring.ssl.bundle' or remove the property.");
		}
		catch (IllegalStateException ex) {
			throw new InvalidGeminiPropertyException(prefix + ".ssl.bundle", name,
					"the SSL bundle cannot be loaded: " + describe(ex), "Correct it below 'spring.ssl.bundle'.");
		}
	}

	private static String describe(IllegalStateException ex) {
		String message = String.valueOf(ex.getMessage());
		String cause = String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		return message.contains(cause) ? message : message + ": " + cause;
	}

	static Consumer<SslContextBuilder> secure(SslBundle sslBundle) {
		SslOptions options = sslBundle.getOptions();
		return (builder) -> {
			builder.keyManager(sslBundle.getManagers().getKeyManagerFactory())
				.trustManager(sslBundle.getManagers().getTrustManagerFactory())
				.protocols(options.getEnabledProtocols());
			if (options.getCiphers() != null) {
				builder.ciphers(SslOptions.asSet(options.getCiphers()));
			}
		};
	}

	private static void check(String prefix, Proxy proxy) {
		if (StringUtils.hasText(proxy.host()) && !HOST.matcher(proxy.host()).matches()) {
			throw new InvalidGeminiPropertyException(prefix + ".proxy.host", null,
					"it must be a host name or address without scheme, user or port (not shown, since it may contain a secret)",
					("Set it to a name such as 'proxy.example.com', the port as '%1$s.proxy.port' and "
							+ "credentials as '%1$s.proxy.username' and '%1$s.proxy.password'.")
						.formatted(prefix));
		}
		if (StringUtils.hasText(proxy.host()) && (proxy.port() < 1 || proxy.port() > 65535)) {
			throw new InvalidGeminiPropertyException(prefix + ".proxy.port", proxy.port(), "it must be from 1 to 65535",
					"Set it to the port of the proxy, for example 8080.");
		}
	}

	static HttpClient proxy(HttpClient httpClient, Proxy proxy) {
		String host = proxy.host();
		if (!StringUtils.hasText(host)) {
			return httpClient;
		}
		// Let the proxy resolve host names: the application itself often cannot
		return httpClient.resolver(NoopAddressResolverGroup.INSTANCE).proxy((spec) -> {
			ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP).host(host).port(proxy.port());
			if (StringUtils.hasText(proxy.username())) {
				String password = (proxy.password() != null) ? proxy.password() : "";
				builder.username(proxy.username()).password((username) -> password);
			}
			if (!proxy.nonProxyHosts().isEmpty()) {
				builder.nonProxyHostsPredicate(matching(proxy.nonProxyHosts()));
			}
		});
	}

	private static Predicate<SocketAddress> matching(List<String> hosts) {
		return (address) -> address instanceof InetSocketAddress inet && hosts.stream()
			.anyMatch((host) -> PatternMatchUtils.simpleMatchIgnoreCase(host.strip(), inet.getHostString()));
	}

}
