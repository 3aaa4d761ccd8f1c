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

package com.cometapi.gemini;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.client.BlockingCalls;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiTlsFailureHandler;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptFactory;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.prompt.TurnAdvisor;
import com.cometapi.gemini.thread.CallerThreadLocals;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Default {@link GeminiOperations}: runs prompts and sends requests with a
 * {@link GeminiClient}. Immutable and thread-safe.
 */
public final class GeminiTemplate implements GeminiOperations {

	private final GeminiClient client;

	private final String model;

	private final PromptFactory prompts;

	/**
	 * Create a template.
	 * @param client the client that calls the models
	 * @param defaults the default values of prompts
	 */
	public GeminiTemplate(GeminiClient client, GeminiDefaults defaults) {
		this(client, defaults.model(), new PromptFactory(client, defaults));
	}

	private GeminiTemplate(GeminiClient client, String model, PromptFactory prompts) {
		this.client = client;
		this.model = model;
		this.prompts = prompts;
	}

	/**
	 * Create a builder for a template outside of a Spring Boot application.
	 * @param apiKey the API key
	 * @return a new builder
	 */
	public static Builder builder(String apiKey) {
		return new Builder(apiKey);
	}

	/**
	 * Return a copy that uses the given functions.
	 * @param functions supplier of the functions, called when a prompt names functions;
	 * must always return the same instance
	 * @return the copy
	 */
	public GeminiTemplate withFunctions(Supplier<GeminiFunctions> functions) {
		return new GeminiTemplate(this.client, this.model, this.prompts.withFunctions(functions));
	}

	/**
	 * Return a copy that uses the given settings for typed responses.
	 * @param settings the settings, with the application's mapper
	 * @return the copy
	 */
	public GeminiTemplate withEntities(GeminiEntitySettings settings) {
		return new GeminiTemplate(this.client, this.model, this.prompts.withEntities(settings));
	}

	/**
	 * Return a copy whose prompts use the given advisors.
	 * @param advisors the advisors, the outermost first; they replace the present ones
	 * @return the copy
	 */
	public GeminiTemplate withAdvisors(List<TurnAdvisor> advisors) {
		return new GeminiTemplate(this.client, this.model, this.prompts.withAdvisors(advisors));
	}

	@Override
	public PromptSpec prompt() {
		return this.prompts.prompt();
	}

	@Override
	public GenerateContentResponse generateContent(GenerateContentRequest request, GeminiCallOptions options) {
		return BlockingCalls.await(generateContentAsync(request, options), "generateContent()",
				"generateContentAsync() or streamGenerateContent()");
	}

	@Override
	public Mono<GenerateContentResponse> generateContentAsync(GenerateContentRequest request,
			GeminiCallOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return Mono.fromDirect(exchange(request, options, false));
	}

	@Override
	public Flux<GenerateContentResponse> streamGenerateContent(GenerateContentRequest request,
			GeminiCallOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return exchange(request, options, true);
	}

	private Flux<GenerateContentResponse> exchange(GenerateContentRequest request, GeminiCallOptions options,
			boolean streamed) {
		return CallerThreadLocals
			.capture(Flux.defer(() -> this.client.exchange(this.prompts.complete(request), options, streamed)));
	}

	@Override
	public List<Model> models(GeminiCallOptions options) {
		return BlockingCalls.await(modelsAsync(options), "models()", "modelsAsync()");
	}

	@Override
	public Mono<List<Model>> modelsAsync(GeminiCallOptions options) {
		return CallerThreadLocals.capture(this.client.models(options));
	}

	/**
	 * Return the model of prompts that do not name one.
	 * @return the name of the model
	 */
	public String getModel() {
		return this.model;
	}

	@Override
	public String toString() {
		return "GeminiTemplate[" + this.client + ", " + this.model + "]";
	}

	/**
	 * Builds a template, and with it the client and the HTTP client.
	 */
	public static final class Builder {

		private final GeminiClientSettings.Builder settings;

		private GeminiDefaults defaults = GeminiDefaults.of(GeminiDefaults.DEFAULT_MODEL);

		private List<GeminiExchangeFilter> filters = List.of();

		private WebClient.@Nullable Builder webClientBuilder;

		private Builder(String apiKey) {
			this.settings = GeminiClientSettings.builder(apiKey);
		}

		/**
		 * Set the model of prompts that do not name one.
		 * @param model the model, {@value GeminiDefaults#DEFAULT_MODEL} by default
		 * @return this builder
		 */
		public Builder model(String model) {
			return defaults(GeminiDefaults.of(model));
		}

		/**
		 * Set the default values of prompts, including the model.
		 * @param defaults the defaults
		 * @return this builder
		 */
		public Builder defaults(GeminiDefaults defaults) {
			Assert.notNull(defaults, "'defaults' must not be null");
			this.defaults = defaults;
			return this;
		}

		/**
		 * Change the settings of the client, such as the base URL and the time limits.
		 * @param settings changes the settings
		 * @return this builder
		 */
		public Builder settings(Consumer<GeminiClientSettings.Builder> settings) {
			settings.accept(this.settings);
			return this;
		}

		/**
		 * Set the filters of all calls to a model.
		 * @param filters the filters, the outermost first
		 * @return this builder
		 */
		public Builder filters(List<GeminiExchangeFilter> filters) {
			this.filters = List.copyOf(filters);
			return this;
		}

		/**
		 * Set the builder of the HTTP client. Without one, the connections are those of
		 * Reactor Netty's shared pool.
		 * @param webClientBuilder the builder, with a Reactor Netty connector that
		 * applies the connect timeout and does not follow redirects; not changed
		 * @return this builder
		 * @see GeminiTlsFailureHandler#reportToCalls
		 */
		public Builder webClientBuilder(WebClient.Builder webClientBuilder) {
			this.webClientBuilder = webClientBuilder;
			return this;
		}

		/**
		 * Build the template. No connection is opened before the first call.
		 * @return the template
		 */
		public GeminiTemplate build() {
			GeminiClientSettings settings = this.settings.build();
			WebClient.Builder webClientBuilder = (this.webClientBuilder != null) ? this.webClientBuilder
					: WebClient.builder().clientConnector(connector(settings));
			GeminiClient client = GeminiClient.create(webClientBuilder, GeminiJsonMapper.builder().build(), settings);
			return new GeminiTemplate(client.withFilters(this.filters), this.defaults);
		}

		private static ClientHttpConnector connector(GeminiClientSettings settings) {
			HttpClient httpClient = HttpClient.create()
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis());
			return new ReactorClientHttpConnector(GeminiTlsFailureHandler.reportToCalls(httpClient));
		}

	}

}
