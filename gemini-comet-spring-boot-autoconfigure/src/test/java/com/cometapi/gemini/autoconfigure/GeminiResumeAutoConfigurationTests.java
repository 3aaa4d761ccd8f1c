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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.testsupport.TestRedis;
import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.GeminiSseEmitters;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreamStore;
import com.cometapi.gemini.web.resume.GeminiStreams;
import com.cometapi.gemini.web.resume.InMemoryGeminiStreamStore;
import com.cometapi.gemini.web.resume.redis.RedisGeminiStreamStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.http.HttpEntity;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link GeminiResumeAutoConfiguration}.
 */
class GeminiResumeAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(GeminiAutoConfiguration.class,
			GeminiWebAutoConfiguration.class, GeminiWebMvcAutoConfiguration.class, GeminiResumeAutoConfiguration.class);

	private final WebApplicationContextRunner mvcRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	private final ReactiveWebApplicationContextRunner fluxRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	private final InMemoryGeminiStreamStore store = new InMemoryGeminiStreamStore(1, DataSize.ofMegabytes(1),
			new GeminiStreamRetention(DataSize.ofMegabytes(1), Duration.ofMinutes(1)));

	@Test
	void streamsAreResumedFromMemoryByDefault() {
		this.mvcRunner.run((context) -> {
			assertThat(context).hasSingleBean(GeminiStreams.class);
			assertThat(context.getBean(GeminiStreamStore.class)).isInstanceOf(InMemoryGeminiStreamStore.class);
			assertThat(context.getBean(GeminiSseEmitters.class).resumable()).isNotNull();
		});
		this.fluxRunner
			.run((context) -> assertThat(context.getBean(GeminiServerSentEvents.class).resumable()).isNotNull());
	}

	@Test
	void applicationWithoutWebHasNoStreams() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("cometapi.gemini.api-key=sk-test")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GeminiStreams.class)
				.doesNotHaveBean(GeminiStreamStore.class));
	}

	@Test
	void whenApplicationHasAStoreThenItIsUsed() {
		this.mvcRunner.withBean(GeminiStreamStore.class, () -> this.store)
			.run((context) -> assertThat(context.getBean(GeminiStreamStore.class)).isSameAs(this.store));
	}

	@Test
	void whenApplicationHasStreamsThenTheyAreUsed() {
		GeminiStreams streams = new GeminiStreams(this.store, PATIENCE, GeminiThreads.shared());
		this.mvcRunner.withBean(GeminiStreams.class, () -> streams)
			.run((context) -> assertThat(context.getBean(GeminiStreams.class)).isSameAs(streams));
	}

	@Test
	void runningStreamsAndTheirReadersAreMeasured() {
		this.mvcRunner.run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
			Gauge running = registry.get("cometapi.gemini.resumable_streams").gauge();
			Gauge readers = registry.get("cometapi.gemini.resumable_streams.readers").gauge();
			Disposable reader = context.getBean(GeminiServerSentEvents.class)
				.resumable()
				.response(Flux.never())
				.flatMapMany(HttpEntity::getBody)
				.subscribe();
			assertThat(running.value()).isOne();
			assertThat(readers.value()).isOne();
			reader.dispose();
			assertThat(running.value()).isOne();
			assertThat(readers.value()).isZero();
		});
	}

	@Test
	void whenMicrometerIsMissingThenStreamsAreNotMeasured() {
		this.mvcRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(GeminiStreams.class)
				.doesNotHaveBean("geminiStreamMeters"));
	}

	@Test
	void whenAutoConfigurationIsExcludedThenStreamsAreNotResumable() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiWebAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.api-key=sk-test")
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(GeminiServerSentEvents.class).resumable()));
	}

	@Test
	void streamsAreResumedFromRedisIfConfigured() {
		this.mvcRunner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(GeminiStreamStore.class))
				.isInstanceOf(InMemoryGeminiStreamStore.class));
		WebApplicationContextRunner redis = this.mvcRunner
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.sse.resume.store=redis");
		redis.withPropertyValues("cometapi.gemini.sse.resume.redis.lease-time=20s").run((context) -> {
			assertThat(context.getBean(GeminiStreamStore.class)).isInstanceOf(RedisGeminiStreamStore.class);
			assertThat(context.getBean(GeminiStreamStore.class).leaseTime()).isEqualTo(Duration.ofSeconds(20));
		});
		redis.withBean(GeminiStreamStore.class, () -> this.store)
			.run((context) -> assertThat(context.getBean(GeminiStreamStore.class)).isSameAs(this.store));
		redis.withPropertyValues("cometapi.gemini.sse.resume.redis.lease-time=2s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini.sse.resume.redis.lease-time"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void storeInRedisReleasesItsConnectionsBeforeTheyAreClosed(CapturedOutput output) {
		try (TestRedis redis = new TestRedis()) {
			this.mvcRunner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
				.withPropertyValues("spring.data.redis.port=" + redis.port(), "cometapi.gemini.sse.resume.store=redis")
				.run((context) -> {
					GeminiStreamStore store = context.getBean(GeminiStreamStore.class);
					store.create("id", null).block(PATIENCE);
					store.read("id", 0).onErrorComplete().subscribe();
					RedisScript<Long> channels = new DefaultRedisScript<>("return #redis.call('PUBSUB', 'CHANNELS')",
							Long.class);
					Awaitility.await()
						.atMost(PATIENCE)
						.until(() -> redis.template().execute(channels, List.of()), (count) -> count == 1);
				});
		}
		assertThat(output).doesNotContain("unreleased connections").doesNotContain("Failed to");
	}

	@Test
	void storeInRedisNeedsALettuceConnection() {
		WebApplicationContextRunner redis = this.mvcRunner.withPropertyValues("cometapi.gemini.sse.resume.store=redis");
		redis.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("there is no single ReactiveRedisConnectionFactory"));
		redis.withClassLoader(new FilteredClassLoader("org.springframework.data", "io.lettuce"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("there is no single ReactiveRedisConnectionFactory"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "unwatched-timeout=0s", "time-to-live=0s", "max-size=0B", "max-streams=0",
			"max-total-size=0B" })
	void whenValueIsZeroThenStartupFails(String property) {
		this.mvcRunner.withPropertyValues("cometapi.gemini.sse.resume." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidGeminiPropertyException.class)
				.hasMessageContaining(property.substring(0, property.indexOf('='))));
	}

	@Test
	void streamsEndAfterTheWebServerAndBeforeTheStoresOfConversations() {
		this.mvcRunner.withConfiguration(AutoConfigurations.of(GeminiChatAutoConfiguration.class))
			.run((context) -> assertThat(Stream
				.of(context.getBean(GeminiSseShutdownLifecycle.class).getPhase(),
						WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE,
						context.getBean(GeminiResumeShutdownLifecycle.class).getPhase(),
						context.getBean(GeminiChatShutdownLifecycle.class).getPhase(), 0)
				.toList()).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates());
		assertThat(ShutdownLifecycle.BROWSERS).isEqualTo(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	// Spring destroys beans later, when their connections are already closed
	@Test
	void storeOfTheApplicationIsClosedWhenTheContextStops() {
		AtomicBoolean closed = new AtomicBoolean();
		GeminiStreamStore closeable = (GeminiStreamStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { GeminiStreamStore.class, AutoCloseable.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						closed.set(true);
						return null;
					}
					return method.invoke(this.store, arguments);
				});
		this.mvcRunner.withBean(GeminiStreamStore.class, () -> closeable).run((context) -> {
			((ConfigurableApplicationContext) context.getSourceApplicationContext()).stop();
			assertThat(closed).isTrue();
		});
	}

	// Spring stops a lifecycle after those that depend on it, whatever their phases are
	@Test
	void shutdownOfStreamsDoesNotWaitForALifecycleThatDependsOnIt() {
		this.mvcRunner.run((context) -> {
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			String[] shutdown = beans.getBeanNamesForType(GeminiSseShutdownLifecycle.class);
			assertThat(shutdown).hasSize(1);
			assertThat(beans.getDependentBeans(shutdown[0])).isNotEmpty()
				.allSatisfy((name) -> assertThat(beans.getBean(name)).isNotInstanceOf(Lifecycle.class));
		});
	}

	@Test
	void streamWithoutABrowserEndsAtShutdownBeforeItsStoreIsClosed() {
		AtomicBoolean cancelled = new AtomicBoolean();
		Flux<GenerateContentResponse> responses = Flux.<GenerateContentResponse>never()
			.doOnCancel(() -> cancelled.set(true));
		this.fluxRunner.withBean(GeminiStreamStore.class, () -> this.store).run((context) -> {
			context.getBean(GeminiServerSentEvents.class)
				.resumable()
				.key("key")
				.response(responses)
				.flatMapMany(HttpEntity::getBody)
				.subscribe()
				.dispose();
			assertThat(context.getBean(GeminiStreams.class).getRunningCount()).isOne();
			String id = this.store.findRunning("key").block(PATIENCE);
			context.close();
			assertThat(cancelled).isTrue();
			GeminiStreamEvent last = this.store.read(id, 0).blockLast(PATIENCE);
			assertThat(last.data()).startsWith("{\"code\":\"shutdown\"");
			assertThat(last.last()).isTrue();
		});
	}

}
