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

package com.cometapi.gemini.test.readme;

import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;

/**
 * The SOCKS proxy of the documentation. No configuration of these tests, since there is
 * none at this address: {@code ProxyTests} has one.
 */
class SocksConfiguration {

	@Bean
	ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> socksProxy() {
		return (builder) -> builder.withHttpClientCustomizer((httpClient) -> httpClient
			.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.SOCKS5).host("proxy.example.com").port(1080)));
	}

}
