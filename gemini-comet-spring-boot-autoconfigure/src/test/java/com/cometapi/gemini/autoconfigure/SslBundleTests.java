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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiConnectionException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
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

	private final HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost")
		.build();

	@StartStop
	private final MockWebServer server = new MockWebServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiAutoConfiguration.class));

	@BeforeEach
	void useTls() {
		this.server
			.useHttps(new HandshakeCertificates.Builder().heldCertificate(this.certificate).build().sslSocketFactory());
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\"finishReason\":\"STOP\"}]}")
			.build());
	}

	@Test
	void endpointIsTrustedThroughTheBundle() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789",
					"cometapi.gemini.base-url=https://localhost:" + this.server.getPort(),
					"cometapi.gemini.ssl.bundle=gateway",
					"spring.ssl.bundle.pem.gateway.truststore.certificate=" + this.certificate.certificatePem())
			.run((context) -> assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text())
				.isEqualTo("Hello"));
	}

	@Test
	void endpointIsNotTrustedWithoutTheBundle(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789",
					"cometapi.gemini.base-url=https://localhost:" + this.server.getPort())
			.run((context) -> assertThatExceptionOfType(GeminiConnectionException.class)
				.isThrownBy(() -> context.getBean(GeminiOperations.class).prompt("Hi").text())
				.satisfies((ex) -> assertThat(ex.isTransient()).isFalse()));
		assertThat(output).doesNotContain("WARN", "ERROR");
	}

}
