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

package com.cometapi.gemini.prompt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

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
import com.cometapi.gemini.client.BlockingCalls;
import com.cometapi.gemini.client.GeminiCallPriority;
import com.cometapi.gemini.client.GeminiMediaSink;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.client.ResponseMedia;
import com.cometapi.gemini.entity.EntityReaderFactory;
import com.cometapi.gemini.entity.ResponseText;
import com.cometapi.gemini.function.GeminiFunctionApproval;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionContext;
import com.cometapi.gemini.function.GeminiFunctionSettings;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.thread.CallerThreadLocals;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * Default {@link PromptSpec}. Collects the settings of a prompt; each terminal operation
 * takes those that have been collected so far and runs them once for each subscription.
 */
final class DefaultPromptSpec implements PromptSpec {

	private final PromptFactory factory;

	// The advisors of this prompt, then those of all prompts.
	private List<TurnAdvisor> advisors;

	private int ownAdvisorCount;

	private RequestAssembler assembler;

	// Initially shared by all prompts of the factory.
	private boolean shared = true;

	private @Nullable Integer repairs;

	DefaultPromptSpec(PromptFactory factory, RequestAssembler assembler, List<TurnAdvisor> advisors) {
		this.factory = factory;
		this.assembler = assembler;
		this.advisors = advisors;
	}

	// Copied before the first change after a terminal operation took it.
	private PromptSpec change(Consumer<RequestAssembler> change) {
		if (this.shared) {
			this.assembler = new RequestAssembler(this.assembler);
			this.shared = false;
		}
		change.accept(this.assembler);
		return this;
	}

	@Override
	public PromptSpec system(String text) {
		Assert.hasText(text, "'text' must not be empty");
		return system(Content.system(text));
	}

	@Override
	public PromptSpec system(Content content) {
		Assert.notNull(content, "'content' must not be null");
		return change((assembler) -> assembler.system(content));
	}

	@Override
	public PromptSpec user(String text) {
		Assert.hasText(text, "'text' must not be empty");
		return change((assembler) -> assembler.part(Part.text(text)));
	}

	@Override
	public PromptSpec user(Part... parts) {
		List<Part> copy = List.of(parts);
		return change((assembler) -> copy.forEach(assembler::part));
	}

	@Override
	public PromptSpec history(List<Content> contents) {
		return change((assembler) -> assembler.history(ContentRoles.complete(List.copyOf(contents))));
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
		return change((assembler) -> assembler.media(media));
	}

	@Override
	public PromptSpec media(MimeType mimeType, byte[] bytes) {
		Assert.notNull(mimeType, "'mimeType' must not be null");
		return user(Part.inlineData(mimeType.toString(), bytes));
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
		return user(Part.builder().fileData(new FileData(uri.toString(), mimeType, null, Map.of())).build());
	}

	@Override
	public PromptSpec generationConfig(Consumer<GenerationConfig.Builder> change) {
		Assert.notNull(change, "'change' must not be null");
		return change((assembler) -> assembler.generationConfig(change));
	}

	@Override
	public PromptSpec tool(Tool tool) {
		Assert.notNull(tool, "'tool' must not be null");
		return change((assembler) -> assembler.tool(tool));
	}

	@Override
	public PromptSpec mcpServer(McpServer server) {
		Assert.notNull(server, "'server' must not be null");
		return change((assembler) -> assembler.mcpServer(server));
	}

	@Override
	public PromptSpec functions(FunctionDeclaration... functions) {
		List<FunctionDeclaration> copy = List.of(functions);
		return change((assembler) -> assembler.declarations(copy));
	}

	@Override
	public PromptSpec functions(GeminiFunctionCallback... functions) {
		List<GeminiFunctionCallback> copy = List.of(functions);
		return change((assembler) -> assembler.functions().add(copy));
	}

	@Override
	public PromptSpec functionsOf(Object... beans) {
		List<GeminiFunctionCallback> found = this.factory.functions().of(beans);
		return change((assembler) -> assembler.functions().add(found));
	}

	@Override
	public PromptSpec functionNames(String... names) {
		List<GeminiFunctionCallback> found = this.factory.functions().named(names);
		return change((assembler) -> assembler.functions().add(found));
	}

	@Override
	public PromptSpec functionsFrom(String source, String... names) {
		return functionsFrom(this.factory.functions().source(source), names);
	}

	@Override
	public PromptSpec functionsFrom(GeminiFunctionSource source, String... names) {
		Assert.notNull(source, "'source' must not be null");
		List<String> copy = List.of(names);
		return change((assembler) -> assembler.functions().add(source, copy));
	}

	@Override
	public PromptSpec functionContext(GeminiFunctionContext context) {
		Assert.notNull(context, "'context' must not be null");
		return change((assembler) -> assembler.functions().context(context));
	}

	@Override
	public PromptSpec functionApprovalAsync(GeminiFunctionApproval approval) {
		Assert.notNull(approval, "'approval' must not be null");
		return change((assembler) -> assembler.functions().approval(approval));
	}

	@Override
	public PromptSpec functionSettings(Consumer<GeminiFunctionSettings.Builder> change) {
		Assert.notNull(change, "'change' must not be null");
		return change((assembler) -> assembler.functions().settings(change));
	}

	@Override
	public PromptSpec functionCalling(FunctionCallingMode mode, String... allowedFunctionNames) {
		FunctionCallingConfig functionCalling = FunctionCallingConfig.of(mode, allowedFunctionNames);
		return change((assembler) -> assembler.toolConfig((config) -> config.withFunctionCalling(functionCalling)));
	}

	@Override
	public PromptSpec location(LatLng location) {
		return change((assembler) -> assembler
			.retrievalConfig((retrieval) -> RetrievalConfig.of(location, retrieval.languageCode())));
	}

	@Override
	public PromptSpec languageCode(String languageCode) {
		return change((assembler) -> assembler
			.retrievalConfig((retrieval) -> RetrievalConfig.of(retrieval.latLng(), languageCode)));
	}

	@Override
	public PromptSpec toolConfig(ToolConfig toolConfig) {
		Assert.notNull(toolConfig, "'toolConfig' must not be null");
		return change((assembler) -> assembler.toolConfig((config) -> toolConfig));
	}

	@Override
	public PromptSpec advisors(TurnAdvisor... advisors) {
		List<TurnAdvisor> own = List.of(advisors);
		List<TurnAdvisor> all = new ArrayList<>(this.advisors);
		all.addAll(this.ownAdvisorCount, own);
		this.ownAdvisorCount += own.size();
		this.advisors = all;
		return this;
	}

	@Override
	public PromptSpec model(String model) {
		Assert.hasText(model, "'model' must not be empty");
		return change((assembler) -> assembler.model(model));
	}

	@Override
	public PromptSpec safety(HarmCategory category, HarmBlockThreshold threshold) {
		SafetySetting setting = SafetySetting.of(category, threshold);
		return change((assembler) -> assembler.safety(setting));
	}

	@Override
	public PromptSpec cachedContent(String cachedContent) {
		Assert.hasText(cachedContent, "'cachedContent' must not be empty");
		return change((assembler) -> assembler.cachedContent(cachedContent));
	}

	@Override
	public PromptSpec request(Consumer<GenerateContentRequest.Builder> change) {
		Assert.notNull(change, "'change' must not be null");
		return change((assembler) -> assembler.requestChange(change));
	}

	@Override
	public PromptSpec apiKey(String apiKey) {
		Assert.hasText(apiKey, "'apiKey' must not be empty");
		return change((assembler) -> assembler.options((options) -> options.apiKey(apiKey)));
	}

	@Override
	public PromptSpec header(String name, String value) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		return change((assembler) -> assembler.options((options) -> options.header(name, value)));
	}

	@Override
	public PromptSpec firstEventTimeout(Duration timeout) {
		checkPositive(timeout);
		return change((assembler) -> assembler.options((options) -> options.firstEventTimeout(timeout)));
	}

	@Override
	public PromptSpec idleTimeout(Duration timeout) {
		checkPositive(timeout);
		return change((assembler) -> assembler.options((options) -> options.idleTimeout(timeout)));
	}

	@Override
	public PromptSpec totalTimeout(Duration timeout) {
		checkPositive(timeout);
		return change((assembler) -> assembler.options((options) -> options.totalTimeout(timeout)));
	}

	@Override
	public PromptSpec retry(GeminiRetrySettings retry) {
		Assert.notNull(retry, "'retry' must not be null");
		return change((assembler) -> assembler.options((options) -> options.retry(retry)));
	}

	@Override
	public PromptSpec budgetKey(String kind, String key) {
		return change((assembler) -> assembler.options((options) -> options.budgetKey(kind, key)));
	}

	@Override
	public PromptSpec cacheResponse(boolean cacheResponse) {
		return change((assembler) -> assembler.options((options) -> options.cacheResponse(cacheResponse)));
	}

	@Override
	public PromptSpec priority(GeminiCallPriority priority) {
		Assert.notNull(priority, "'priority' must not be null");
		return change((assembler) -> assembler.options((options) -> options.priority(priority)));
	}

	@Override
	public PromptSpec mediaSink(GeminiMediaSink sink) {
		Assert.notNull(sink, "'sink' must not be null");
		return change((assembler) -> assembler.options((options) -> options.mediaSink(sink)));
	}

	private static void checkPositive(Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "'timeout' must be positive");
	}

	@Override
	public GenerateContentResponse call() {
		return BlockingCalls.await(callAsync(), "call()", "callAsync() or stream()");
	}

	@Override
	public Mono<GenerateContentResponse> callAsync() {
		return run(false, PromptRun::events).last();
	}

	@Override
	public Flux<GenerateContentResponse> stream() {
		return run(true, PromptRun::events);
	}

	@Override
	public PromptResult result() {
		return BlockingCalls.await(resultAsync(), "result()", "resultAsync() or stream()");
	}

	@Override
	public Mono<PromptResult> resultAsync() {
		return read(() -> ResultReader.ofWhole(Function.identity()));
	}

	@Override
	public String text() {
		return BlockingCalls.await(textAsync(), "text()", "textAsync() or streamText()");
	}

	@Override
	public Mono<String> textAsync() {
		// A chat must not store a turn whose response has no text, so an advisor has to
		// read it.
		return (this.advisors.isEmpty()) ? callAsync().map(ResponseText::of) : read(ResultReader::ofText);
	}

	@Override
	public Flux<String> streamText() {
		return run(true, (run) -> ResponseText.pieces(ResultReader.ofText().events(run)));
	}

	@Override
	public Blob image() {
		return BlockingCalls.await(imageAsync(), "image()", "imageAsync()");
	}

	@Override
	public List<Blob> images() {
		return BlockingCalls.await(imagesAsync(), "images()", "imagesAsync()");
	}

	@Override
	public Mono<List<Blob>> imagesAsync() {
		return read(() -> ResultReader.ofWhole((result) -> ResponseMedia.images(result.response())));
	}

	@Override
	public Blob imageTo(Path file) {
		return BlockingCalls.await(imageToAsync(file), "imageTo()", "imageToAsync()");
	}

	@Override
	public Mono<Blob> imageToAsync(Path file) {
		Assert.notNull(file, "'file' must not be null");
		return ImageFiles.write(file, imageAsync(), this.factory.client().getThreads());
	}

	@Override
	public PromptSpec repairs(int repairs) {
		Assert.isTrue(repairs >= 0, "'repairs' must not be negative");
		this.repairs = repairs;
		return this;
	}

	@Override
	public <T> T entity(ParameterizedTypeReference<T> type) {
		return BlockingCalls.await(entityAsync(type), "entity()", "entityAsync() or streamEntity()");
	}

	@Override
	public <T> Mono<T> entityAsync(ParameterizedTypeReference<T> type) {
		EntityReaderFactory readers = this.factory.entities();
		int repairs = (this.repairs != null) ? this.repairs : readers.settings().repairs();
		return read(() -> ResultReader.ofEntity(readers.<T>forType(type.getType()), repairs));
	}

	@Override
	public <T> Flux<T> streamEntity(ParameterizedTypeReference<T> type) {
		EntityReaderFactory readers = this.factory.entities();
		return run(true, (run) -> ResultReader.ofEntity(readers.<T>forType(type.getType()), 0).values(run));
	}

	@Override
	public GenerateContentRequest request() {
		RequestAssembler assembler = (this.assembler.hasFunctionSources())
				? BlockingCalls.await(this.assembler.withSourcedFunctions(), "request()", "another thread")
				: this.assembler;
		return assembler.assemble(new PromptRun(this.factory, assembler, List.of(), false), this.factory).request();
	}

	private <T> Mono<T> read(Supplier<ResultReader<T>> readers) {
		return run(false, (run) -> readers.get().value(run)).single();
	}

	private <R> Flux<R> run(boolean streamed, Function<PromptRun, Publisher<R>> view) {
		this.shared = true;
		PromptFactory factory = this.factory;
		RequestAssembler taken = this.assembler;
		List<TurnAdvisor> advisors = this.advisors;
		return CallerThreadLocals
			.capture(Flux.defer(() -> view.apply(new PromptRun(factory, taken, advisors, streamed))));
	}

}
