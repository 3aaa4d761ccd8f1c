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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import com.cometapi.gemini.GeminiOperations.PromptSpec;
import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FileData;
import com.cometapi.gemini.api.FunctionCallingConfig;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.LatLng;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.RetrievalConfig;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.Tool;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.client.CallerThreadLocals;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiMediaSink;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.entity.ResponseText;
import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionContext;
import com.cometapi.gemini.function.GeminiFunctionSettings;
import com.cometapi.gemini.function.GeminiFunctions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * A prompt as the list of the steps that were taken. Each end takes a copy of the list
 * and goes through it again for each subscription.
 */
final class DefaultPromptSpec implements PromptSpec {

	private final GeminiDefaults defaults;

	private final RequestRules rules;

	private final Supplier<GeminiFunctions> functions;

	private final PromptExchange exchange;

	private final Supplier<EntityCalls> entities;

	private final List<Consumer<PromptDraft>> steps = new ArrayList<>();

	private boolean readsMedia;

	private @Nullable ChatTurns turns;

	private @Nullable Integer repairs;

	DefaultPromptSpec(GeminiDefaults defaults, RequestRules rules, Supplier<GeminiFunctions> functions,
			PromptExchange exchange, Supplier<EntityCalls> entities) {
		this.defaults = defaults;
		this.rules = rules;
		this.functions = functions;
		this.exchange = exchange;
		this.entities = entities;
	}

	@Override
	public PromptSpec system(String text) {
		Assert.hasText(text, "'text' must not be empty");
		return system(Content.system(text));
	}

	@Override
	public PromptSpec system(Content content) {
		Assert.notNull(content, "'content' must not be null");
		return add((draft) -> draft.system(content));
	}

	@Override
	public PromptSpec user(String text) {
		Assert.hasText(text, "'text' must not be empty");
		return part(Part.text(text));
	}

	@Override
	public PromptSpec user(Part... parts) {
		List<Part> copy = List.of(parts);
		return add((draft) -> copy.forEach(draft::part));
	}

	@Override
	public PromptSpec part(Part part) {
		Assert.notNull(part, "'part' must not be null");
		return add((draft) -> draft.part(part));
	}

	@Override
	public PromptSpec history(List<Content> contents) {
		List<Content> copy = List.copyOf(contents);
		ContentRoles.check(copy);
		return add((draft) -> draft.history(copy));
	}

	@Override
	public PromptSpec chat(GeminiChat chat) {
		Assert.notNull(chat, "'chat' must not be null");
		this.turns = chat.turns();
		chat.prepare(this);
		return this;
	}

	@Override
	public PromptSpec media(Resource resource) {
		return media(new MediaPart(null, resource));
	}

	@Override
	public PromptSpec media(MimeType mimeType, Resource resource) {
		Assert.notNull(mimeType, "'mimeType' must not be null");
		return media(new MediaPart(mimeType, resource));
	}

	private PromptSpec media(MediaPart media) {
		this.readsMedia = true;
		return add((draft) -> draft.part(media.read()));
	}

	@Override
	public PromptSpec media(MimeType mimeType, byte[] bytes) {
		Assert.notNull(mimeType, "'mimeType' must not be null");
		return part(Part.inlineData(mimeType.toString(), bytes));
	}

	@Override
	public PromptSpec media(URI uri) {
		MediaUris.checkFetchable(uri);
		return fileData(MediaUris.mediaType(uri), uri);
	}

	@Override
	public PromptSpec media(MimeType mimeType, URI uri) {
		Assert.notNull(mimeType, "'mimeType' must not be null");
		MediaUris.checkFetchable(uri);
		return fileData(mimeType.toString(), uri);
	}

	private PromptSpec fileData(@Nullable String mimeType, URI uri) {
		return part(Part.builder().fileData(new FileData(uri.toString(), mimeType, null, Map.of())).build());
	}

	@Override
	public PromptSpec generationConfig(Consumer<GenerationConfig.Builder> change) {
		Assert.notNull(change, "'change' must not be null");
		return add((draft) -> change.accept(draft.generationConfig()));
	}

	@Override
	public PromptSpec tool(Tool tool) {
		Assert.notNull(tool, "'tool' must not be null");
		return add((draft) -> draft.tool(tool));
	}

	@Override
	public PromptSpec mcpServer(McpServer server) {
		Assert.notNull(server, "'server' must not be null");
		return add((draft) -> draft.mcpServer(server));
	}

	@Override
	public PromptSpec functions(FunctionDeclaration... functions) {
		List<FunctionDeclaration> copy = List.of(functions);
		return add((draft) -> draft.functions(copy));
	}

	@Override
	public PromptSpec functions(GeminiFunctionCallback... functions) {
		List<GeminiFunctionCallback> copy = List.of(functions);
		return add((draft) -> draft.functionChoice().add(copy));
	}

	@Override
	public PromptSpec functionsOf(Object... beans) {
		List<GeminiFunctionCallback> found = this.functions.get().of(beans);
		return add((draft) -> draft.functionChoice().add(found));
	}

	@Override
	public PromptSpec functionNames(String... names) {
		List<GeminiFunctionCallback> found = this.functions.get().named(names);
		return add((draft) -> draft.functionChoice().add(found));
	}

	@Override
	public PromptSpec functionContext(GeminiFunctionContext context) {
		Assert.notNull(context, "'context' must not be null");
		return add((draft) -> draft.functionChoice().context(context));
	}

	@Override
	public PromptSpec functionApprovalAsync(GeminiFunctionApproval approval) {
		Assert.notNull(approval, "'approval' must not be null");
		return add((draft) -> draft.functionChoice().approval(approval));
	}

	@Override
	public PromptSpec functionSettings(Consumer<GeminiFunctionSettings.Builder> change) {
		Assert.notNull(change, "'change' must not be null");
		return add((draft) -> draft.functionChoice().settings(change));
	}

	@Override
	public PromptSpec functionCalling(FunctionCallingMode mode, String... allowedFunctionNames) {
		FunctionCallingConfig functionCalling = FunctionCallingConfig.of(mode, allowedFunctionNames);
		return add((draft) -> draft.toolConfig((config) -> config.withFunctionCalling(functionCalling)));
	}

	@Override
	public PromptSpec location(LatLng location) {
		return add((draft) -> draft
			.retrievalConfig((retrieval) -> RetrievalConfig.of(location, retrieval.languageCode())));
	}

	@Override
	public PromptSpec languageCode(String languageCode) {
		return add(
				(draft) -> draft.retrievalConfig((retrieval) -> RetrievalConfig.of(retrieval.latLng(), languageCode)));
	}

	@Override
	public PromptSpec toolConfig(ToolConfig toolConfig) {
		Assert.notNull(toolConfig, "'toolConfig' must not be null");
		return add((draft) -> draft.toolConfig((config) -> toolConfig));
	}

	@Override
	public PromptSpec model(String model) {
		Assert.hasText(model, "'model' must not be empty");
		return add((draft) -> draft.request().model(model));
	}

	@Override
	public PromptSpec safety(HarmCategory category, HarmBlockThreshold threshold) {
		SafetySetting setting = SafetySetting.of(category, threshold);
		return add((draft) -> draft.safety(setting));
	}

	@Override
	public PromptSpec cachedContent(String cachedContent) {
		Assert.hasText(cachedContent, "'cachedContent' must not be empty");
		return add((draft) -> draft.request().cachedContent(cachedContent));
	}

	@Override
	public PromptSpec request(Consumer<GenerateContentRequest.Builder> change) {
		Assert.notNull(change, "'change' must not be null");
		return add((draft) -> draft.requestChange(change));
	}

	@Override
	public PromptSpec apiKey(String apiKey) {
		Assert.hasText(apiKey, "'apiKey' must not be empty");
		// The steps come later, a wrong key or header is refused here.
		GeminiCallOptions.builder().apiKey(apiKey);
		return add((draft) -> draft.options().apiKey(apiKey));
	}

	@Override
	public PromptSpec header(String name, String value) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		GeminiCallOptions.builder().header(name, value);
		return add((draft) -> draft.options().header(name, value));
	}

	@Override
	public PromptSpec firstEventTimeout(Duration timeout) {
		checkPositive(timeout);
		return add((draft) -> draft.options().firstEventTimeout(timeout));
	}

	@Override
	public PromptSpec idleTimeout(Duration timeout) {
		checkPositive(timeout);
		return add((draft) -> draft.options().idleTimeout(timeout));
	}

	@Override
	public PromptSpec totalTimeout(Duration timeout) {
		checkPositive(timeout);
		return add((draft) -> draft.options().totalTimeout(timeout));
	}

	@Override
	public PromptSpec retry(GeminiRetrySettings retry) {
		Assert.notNull(retry, "'retry' must not be null");
		return add((draft) -> draft.options().retry(retry));
	}

	@Override
	public PromptSpec mediaSink(GeminiMediaSink sink) {
		Assert.notNull(sink, "'sink' must not be null");
		return add((draft) -> draft.options().mediaSink(sink));
	}

	private static void checkPositive(Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "'timeout' must be positive");
	}

	@Override
	public GenerateContentResponse call() {
		return Blocking.await(callAsync(), "call()", "callAsync() or stream()");
	}

	@Override
	public Mono<GenerateContentResponse> callAsync() {
		return calls().call(Function.identity());
	}

	@Override
	public Flux<GenerateContentResponse> stream() {
		return calls().stream(Function.identity());
	}

	@Override
	public GeminiTurn turn() {
		return Blocking.await(turnAsync(), "turn()", "turnAsync() or stream()");
	}

	@Override
	public Mono<GeminiTurn> turnAsync() {
		return calls().turn();
	}

	@Override
	public String text() {
		return Blocking.await(textAsync(), "text()", "textAsync() or streamText()");
	}

	@Override
	public Mono<String> textAsync() {
		return calls().call(ResponseText::of);
	}

	@Override
	public Flux<String> streamText() {
		return calls().stream(ResponseText::of);
	}

	@Override
	public Blob image() {
		return Blocking.await(imageAsync(), "image()", "imageAsync()");
	}

	@Override
	public List<Blob> images() {
		return Blocking.await(imagesAsync(), "images()", "imagesAsync()");
	}

	@Override
	public Mono<List<Blob>> imagesAsync() {
		return ImageCalls.images(calls());
	}

	@Override
	public Blob imageTo(Path file) {
		return Blocking.await(imageToAsync(file), "imageTo()", "imageToAsync()");
	}

	@Override
	public Mono<Blob> imageToAsync(Path file) {
		Assert.notNull(file, "'file' must not be null");
		return ImageCalls.imageTo(file, imageAsync(), this.exchange.threads());
	}

	@Override
	public PromptSpec repairs(int repairs) {
		Assert.isTrue(repairs >= 0, "'repairs' must not be negative");
		this.repairs = repairs;
		return this;
	}

	@Override
	public <T> T entity(ParameterizedTypeReference<T> type) {
		return Blocking.await(entityAsync(type), "entity()", "entityAsync() or streamEntity()");
	}

	@Override
	public <T> Mono<T> entityAsync(ParameterizedTypeReference<T> type) {
		EntityCalls entities = this.entities.get();
		return entities.call(calls(), type.getType(), (this.repairs != null) ? this.repairs : entities.repairs());
	}

	@Override
	public <T> Flux<T> streamEntity(ParameterizedTypeReference<T> type) {
		return this.entities.get().stream(calls(), type.getType());
	}

	@Override
	public GenerateContentRequest request() {
		return this.rules.apply(this.exchange.toRequest(draft(this.steps)));
	}

	private PromptCalls calls() {
		return new PromptCalls(draft(), this.exchange, this.turns);
	}

	private PromptSpec add(Consumer<PromptDraft> step) {
		this.steps.add(step);
		return this;
	}

	private Mono<PromptDraft> draft() {
		List<Consumer<PromptDraft>> taken = List.copyOf(this.steps);
		Mono<PromptDraft> draft = CallerThreadLocals.call(() -> draft(taken));
		if (!this.readsMedia) {
			return draft;
		}
		return Mono
			.defer(() -> (Schedulers.isInNonBlockingThread()) ? this.exchange.threads().onMediaThread(draft) : draft);
	}

	private PromptDraft draft(List<Consumer<PromptDraft>> taken) {
		PromptDraft draft = new PromptDraft(this.defaults, this.functions);
		taken.forEach((step) -> step.accept(draft));
		return draft;
	}

}
