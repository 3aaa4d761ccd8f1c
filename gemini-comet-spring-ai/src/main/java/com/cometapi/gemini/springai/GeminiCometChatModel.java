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

package com.cometapi.gemini.springai;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.PromptSpec;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.util.Assert;

/**
 * {@link ChatModel} of Spring AI that sends prompts with {@link GeminiOperations}.
 * Immutable and thread-safe.
 *
 * <p>
 * A message of the model has the whole content that the model sent in its
 * {@linkplain GeminiCometMetadata#CONTENT metadata}. This content is sent back in later
 * rounds, with the order of its parts, the ids of function calls and the thought
 * signatures.
 *
 * <p>
 * A stream delivers each event when its last byte arrives; its last element has no text,
 * but the function calls and the metadata of the whole response. Subscribing does not
 * block, and cancelling closes the connection.
 *
 * <p>
 * A response that a filter blocked has no text; its finish reason and content filters
 * tell why. Any failure is a {@link TransientAiException} or a
 * {@link NonTransientAiException} with a {@link GeminiException} as its cause. Only the
 * client behind {@link GeminiOperations} retries calls.
 */
public final class GeminiCometChatModel implements ChatModel {

	private static final DefaultChatModelObservationConvention DEFAULT_CONVENTION = new DefaultChatModelObservationConvention();

	/**
	 * Name of the provider in observations.
	 */
	private static final String PROVIDER = "gcp.gemini";

	private final GeminiOperations operations;

	private final GeminiCometChatOptions options;

	private final ObservationRegistry observationRegistry;

	private final @Nullable ChatModelObservationConvention observationConvention;

	private GeminiCometChatModel(Builder builder) {
		this.operations = builder.operations;
		this.options = builder.options;
		this.observationRegistry = builder.observationRegistry;
		this.observationConvention = builder.observationConvention;
	}

	/**
	 * Return the default options, used for prompts without options.
	 * {@link GeminiCometChatOptions} of a prompt replace them, except for a missing
	 * model, unless a {@code ChatClient} has combined both. Other options of a prompt are
	 * combined with them.
	 * @return the options
	 */
	@Override
	public GeminiCometChatOptions getOptions() {
		return this.options;
	}

	/**
	 * Send a prompt and wait for the response. Blocks; billed.
	 * @param prompt the prompt
	 * @return the response, even if a filter blocked it
	 * @throws TransientAiException if the same prompt may succeed later
	 * @throws NonTransientAiException if the call fails for another reason
	 * @throws IllegalStateException if the thread must not block
	 */
	@Override
	public ChatResponse call(Prompt prompt) {
		Prompt complete = complete(prompt);
		ChatModelObservationContext context = observationContext(complete, false);
		ChatResponse response = observation(context).observe(() -> {
			ChatResponse received = ResponseConverter.toChatResponse(callOperations(complete), model(complete));
			context.setResponse(received);
			return received;
		});
		Assert.state(response != null, "No response");
		return response;
	}

	private GenerateContentResponse callOperations(Prompt prompt) {
		try {
			return write(prompt).call();
		}
		catch (GeminiException ex) {
			throw translate(ex);
		}
	}

	/**
	 * Send a prompt and return the response as it grows. Billed for each subscription.
	 * @param prompt the prompt
	 * @return the events of the response, then an element with the function calls and the
	 * metadata of the whole response; or a {@link TransientAiException} or a
	 * {@link NonTransientAiException}
	 */
	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.deferContextual((subscriber) -> {
			Prompt complete = complete(prompt);
			ChatModelObservationContext context = observationContext(complete, true);
			Observation observation = start(observation(context), subscriber);
			Flux<ChatResponse> responses = Flux.defer(() -> responses(complete))
				.doOnError(observation::error)
				.doFinally((signal) -> observation.stop())
				.contextWrite((inside) -> inside.put(ObservationThreadLocalAccessor.KEY, observation));
			return (observation.isNoop()) ? responses
					: new MessageAggregator().aggregate(responses, context::setResponse);
		});
	}

	private static Observation start(Observation observation, ContextView subscriber) {
		Observation parent = subscriber.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		return ((parent != null) ? observation.parentObservation(parent) : observation).start();
	}

	private Flux<ChatResponse> responses(Prompt prompt) {
		String model = model(prompt);
		ResponseAccumulator whole = new ResponseAccumulator();
		return write(prompt).stream()
			.doOnNext(whole::add)
			.map((event) -> ResponseConverter.toChunk(event, model))
			.concatWith(Flux.defer(() -> Flux.just(ResponseConverter.toLastChunk(whole.toResponse(), model))))
			.onErrorMap(GeminiException.class, GeminiCometChatModel::translate);
	}

	private static RuntimeException translate(GeminiException ex) {
		String message = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
		return ex.isTransient() ? new TransientAiException(message, ex) : new NonTransientAiException(message, ex);
	}

	private PromptSpec write(Prompt prompt) {
		GeminiCometChatOptions options = (GeminiCometChatOptions) prompt.getOptions();
		PromptSpec spec = this.operations.prompt();
		MessageWriter.writeMessages(prompt.getInstructions(), spec);
		if (options != null) {
			options.applyTo(spec);
			MessageWriter.writeTools(options.getToolCallbacks(), spec);
		}
		return spec;
	}

	private static @Nullable String model(Prompt prompt) {
		return (prompt.getOptions() != null) ? prompt.getOptions().getModel() : null;
	}

	private Prompt complete(Prompt prompt) {
		Assert.notNull(prompt, "'prompt' must not be null");
		ChatOptions options = prompt.getOptions();
		if (options instanceof GeminiCometChatOptions own) {
			boolean complete = own.getModel() != null || this.options.getModel() == null;
			return (complete) ? prompt
					: new Prompt(prompt.getInstructions(), own.mutate().model(this.options.getModel()).build());
		}
		return new Prompt(prompt.getInstructions(), (options != null) ? adopt(options) : this.options);
	}

	// Takes those that all models have from the options of another model.
	private GeminiCometChatOptions adopt(ChatOptions options) {
		GeminiCometChatOptions.Builder builder = this.options.mutate();
		builder.combineWith(options.mutate());
		return builder.build();
	}

	private ChatModelObservationContext observationContext(Prompt prompt, boolean streaming) {
		return ChatModelObservationContext.builder().prompt(prompt).provider(PROVIDER).streaming(streaming).build();
	}

	private Observation observation(ChatModelObservationContext context) {
		return ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(this.observationConvention,
				DEFAULT_CONVENTION, () -> context, this.observationRegistry);
	}

	@Override
	public String toString() {
		return "GeminiCometChatModel[" + this.operations + "]";
	}

	/**
	 * Create a model without options of its own.
	 * @param operations sends the prompts
	 * @return a new model
	 */
	public static GeminiCometChatModel create(GeminiOperations operations) {
		return builder(operations).build();
	}

	/**
	 * Create a builder.
	 * @param operations sends the prompts
	 * @return a new builder
	 */
	public static Builder builder(GeminiOperations operations) {
		return new Builder(operations);
	}

	/**
	 * Builder for {@link GeminiCometChatModel}, not thread-safe.
	 */
	public static final class Builder {

		private final GeminiOperations operations;

		private GeminiCometChatOptions options = GeminiCometChatOptions.builder().build();

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private @Nullable ChatModelObservationConvention observationConvention;

		private Builder(GeminiOperations operations) {
			Assert.notNull(operations, "'operations' must not be null");
			this.operations = operations;
		}

		/**
		 * Set the default options, used for prompts without options.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(GeminiCometChatOptions options) {
			Assert.notNull(options, "'options' must not be null");
			this.options = options;
			return this;
		}

		/**
		 * Set the registry of the observations of Spring AI.
		 * @param observationRegistry the registry, none by default
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			Assert.notNull(observationRegistry, "'observationRegistry' must not be null");
			this.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set the convention that names the observations.
		 * @param convention the convention, or {@code null} for that of Spring AI
		 * @return this builder
		 */
		public Builder observationConvention(@Nullable ChatModelObservationConvention convention) {
			this.observationConvention = convention;
			return this;
		}

		/**
		 * Build the model.
		 * @return a new model
		 */
		public GeminiCometChatModel build() {
			if (this.options.getModel() == null && this.operations instanceof GeminiTemplate template) {
				this.options = this.options.mutate().model(template.getModel()).build();
			}
			return new GeminiCometChatModel(this);
		}

	}

}
