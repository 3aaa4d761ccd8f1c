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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.testsupport.GeminiServer;
import okhttp3.tls.HeldCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls over TLS.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private final HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost")
		.build();

	@AutoClose
	private final GeminiServer server = new GeminiServer().tls(this.certificate).reply((text) -> "Hello");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiAutoConfiguration.class));

	private final HeldCertificate otherCertificate = new HeldCertificate.Builder()
		.addSubjectAlternativeName("localhost")
		.build();

	@TempDir
	private Path directory;

	@Test
	void endpointIsTrustedThroughTheBundle() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789",
					"cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort(),
					"cometapi.gemini.ssl.bundle=gateway",
					"spring.ssl.bundle.pem.gateway.truststore.certificate=" + this.certificate.certificatePem())
			.run((context) -> assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text())
				.isEqualTo("Hello"));
	}

	@Test
	void endpointIsNotTrustedWithoutTheBundle(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789",
					"cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort())
			.run((context) -> assertThatExceptionOfType(GeminiConnectionException.class)
				.isThrownBy(() -> context.getBean(GeminiOperations.class).prompt("Hi").text())
				.satisfies((ex) -> assertThat(ex.isTransient()).isFalse()));
		assertThat(output).doesNotContain("WARN", "ERROR");
	}

	@ParameterizedTest
	@CsvSource({ "cometapi.gemini, gateway, unrecognized format",
			"cometapi.gemini.connections.google, absent, absent.pem (No such file or directory)" })
	void whenBundleCannotBeLoadedThenStartupFails(String connection, String file, String reason) throws Exception {
		Files.writeString(this.directory.resolve("gateway.pem"), "not a certificate");
		this.contextRunner
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789", connection + ".ssl.bundle=gateway",
					"spring.ssl.bundle.pem.gateway.truststore.certificate=file:"
							+ this.directory.resolve(file + ".pem"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidGeminiPropertyException.class)
				.hasMessageContaining("'gateway' of the property '" + connection + ".ssl.bundle'")
				.hasMessageContaining(reason));
	}

	@ParameterizedTest
	@CsvSource({ "cometapi.gemini.ssl.bundle,false", "cometapi.gemini.ssl.bundle,true",
			"spring.http.clients.ssl.bundle,false" })
	void whenCertificateChangesOnDiskThenNewConnectionsUseIt(String property, boolean http2) throws Exception {
		Path trusted = Files.writeString(this.directory.resolve("trusted.pem"), this.certificate.certificatePem());
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789", "cometapi.gemini.retry.max-attempts=1",
					"cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort(), property + "=gateway",
					"cometapi.gemini.http2=" + http2, "spring.ssl.bundle.pem.gateway.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=20ms",
					"spring.ssl.bundle.pem.gateway.truststore.certificate=file:" + trusted)
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
				Files.writeString(trusted, this.otherCertificate.certificatePem());
				Awaitility.await().atMost(WAIT).until(() -> !isTrusted(gemini));
				Files.writeString(trusted, this.certificate.certificatePem());
				Awaitility.await().atMost(WAIT).until(() -> isTrusted(gemini));
			});
	}

	private static boolean isTrusted(GeminiOperations gemini) {
		try {
			return gemini.prompt("Hi").text().equals("Hello");
		}
		catch (GeminiConnectionException ex) {
			return false;
		}
	}

}
