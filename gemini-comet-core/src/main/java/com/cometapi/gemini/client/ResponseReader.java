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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

/**
 * Reads responses from JSON within a memory limit. JSON that the fast, strict reader
 * refuses can be read again tolerantly, keeping as much of the response as possible.
 * Thread-safe.
 */
final class ResponseReader {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final ObjectReader reader;

	private final long maxTokens;

	private final JsonFactory factory;

	private final SingletonSupplier<JsonFactory> tolerantFactory;

	ResponseReader(JsonMapper mapper, DataSize maxSize) {
		this.reader = mapper.readerFor(GenerateContentResponse.class);
		this.maxTokens = HeapLimits.maxTokens(maxSize);
		this.factory = withMaxTokens((JsonFactory) mapper.tokenStreamFactory(), this.maxTokens);
		this.tolerantFactory = SingletonSupplier.of(() -> withMaxTokens(Tolerant.FACTORY, this.maxTokens));
	}

	private static JsonFactory withMaxTokens(JsonFactory factory, long maxTokens) {
		StreamReadConstraints constraints = factory.streamReadConstraints().rebuild().maxTokenCount(maxTokens).build();
		return factory.rebuild().streamReadConstraints(constraints).build();
	}

	/**
	 * Create a parser that refuses more tokens than the size limit allows.
	 * @param bytes the JSON
	 * @param offset the start of the JSON
	 * @param length the number of bytes
	 * @return the parser, to be closed by the caller
	 */
	JsonParser parser(byte[] bytes, int offset, int length) {
		return this.factory.createParser(bytes, offset, length);
	}

	/**
	 * Create a parser that refuses more tokens than the size limit allows.
	 * @param json the JSON
	 * @return the parser, to be closed by the caller
	 */
	JsonParser parser(InputStream json) {
		return this.factory.createParser(json);
	}

	/**
	 * Read a response.
	 * @param parser the parser, not closed
	 * @param origin the origin of the response, or {@code null} for none
	 * @return the response, or {@code null} if the JSON is {@code null}
	 */
	@Nullable GenerateContentResponse read(JsonParser parser, @Nullable ResponseOrigin origin) {
		// The deserializer finds it there; an attribute would copy the ObjectReader.
		parser.assignCurrentValue(origin);
		return this.reader.readValue(parser);
	}

	/**
	 * Read a response that was refused, tolerantly: malformed UTF-8 becomes U+FFFD, and
	 * members without content need not be readable.
	 * @param json the JSON
	 * @param origin the origin of the response, or {@code null} for none
	 * @param refusal the reason for the refusal
	 * @return the response, {@code null} if the JSON is {@code null}, and its size
	 * @throws JacksonException if it cannot be read tolerantly either
	 */
	SizedResponse readTolerantly(InputStream json, @Nullable ResponseOrigin origin, JacksonException refusal) {
		if (refusal instanceof StreamConstraintsException) {
			throw refusal;
		}
		EmbeddedJsonTokenCounter texts = new EmbeddedJsonTokenCounter(this.maxTokens);
		try (JsonParser parser = this.tolerantFactory.obtain().createParser(withoutByteOrderMark(json))) {
			GenerateContentResponse response = Tolerant.READER.withAttribute(EmbeddedJsonTokenCounter.class, texts)
				.readValue(parser);
			if (response != null) {
				response = response.toBuilder().origin(origin).build();
			}
			return new SizedResponse(response, parser.currentTokenCount() + texts.count());
		}
	}

	private static PushbackReader withoutByteOrderMark(InputStream json) {
		PushbackReader characters = new PushbackReader(new InputStreamReader(json, StandardCharsets.UTF_8));
		try {
			int first = characters.read();
			if (first >= 0 && first != BYTE_ORDER_MARK) {
				characters.unread(first);
			}
			return characters;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Holder of the tolerant reader, initialized on first use.
	 */
	private static final class Tolerant {

		private static final JsonFactory FACTORY = GeminiJsonMapper.factory()
			.rebuild()
			.enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
			.build();

		private static final ObjectReader READER = GeminiJsonMapper.databind(FACTORY)
			.addModule(new TolerantModule())
			.build()
			.readerFor(GenerateContentResponse.class);

	}

	/**
	 * A response and its size.
	 *
	 * @param response the response, or {@code null} if the JSON is {@code null}
	 * @param count the number of its tokens
	 */
	record SizedResponse(@Nullable GenerateContentResponse response, long count) {
	}

}
