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

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.test.json.JsonContent;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PromptMediaTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final GeminiTemplate gemini = template();

	@ParameterizedTest
	@CsvSource({ "cat.png, image/png", "cat.JPG, image/jpeg", "cat.webp, image/webp", "cat.heic, image/heic",
			"talk.wav, audio/wav", "talk.mp3, audio/mpeg", "talk.flac, audio/flac", "clip.mov, video/quicktime",
			"paper.pdf, application/pdf", "README.md, text/markdown", "data.csv, text/csv" })
	void mediaTypeIsDetectedByTheName(String name, String type) {
		assertThat(mediaType(named(name, "whatever"))).isEqualTo(type);
		assertThat(firstPart(this.gemini.prompt().media(URI.create("https://example.com/a/" + name + "?size=1")))
			.fileData()
			.mimeType()).isEqualTo(type);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			image/png,        89 50 4E 47 0D 0A 1A 0A 00
			image/jpeg,       FF D8 FF E0 00
			image/gif,        47 49 46 38 39 61 00
			image/gif,        47 49 46 38 37 61 00
			image/webp,       52 49 46 46 00 00 00 00 57 45 42 50 56
			audio/wav,        52 49 46 46 00 00 00 00 57 41 56 45 66
			image/avif,       00 00 00 1C 66 74 79 70 61 76 69 66
			image/heic,       00 00 00 18 66 74 79 70 68 65 69 63
			video/mp4,        00 00 00 18 66 74 79 70 69 73 6F 6D
			video/quicktime,  00 00 00 14 66 74 79 70 71 74 20 20
			audio/mp4,        00 00 00 1C 66 74 79 70 4D 34 41 20
			video/webm,       1A 45 DF A3 01
			audio/mpeg,       49 44 33 04 00
			audio/ogg,        4F 67 67 53 00
			audio/flac,       66 4C 61 43 00
			application/pdf,  25 50 44 46 2D 31 2E 37
			""")
	void mediaTypeIsDetectedByTheFirstBytes(String type, String hex) {
		byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
		assertThat(mediaType(new ByteArrayResource(bytes))).isEqualTo(type);
		assertThat(mediaType(named("upload.bin", new String(bytes, StandardCharsets.ISO_8859_1)))).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "G", "RIFF", "some text" })
	void whenMediaTypeIsUnknownThenMessageSaysHowToSetIt(String content) {
		Resource resource = new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8), "the upload");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt().media(resource).request())
			.withMessageContaining("the upload")
			.withMessageContaining("set it with 'media(mimeType, resource)'");
	}

	@Test
	void givenMediaTypeIsUsed() {
		assertThat(this.gemini.prompt()
			.media(MimeTypeUtils.parseMimeType("audio/pcm;rate=24000"), named("cat.png", "x"))
			.request()
			.contents()
			.get(0)
			.parts()
			.get(0)
			.inlineData()
			.mimeType()).isEqualTo("audio/pcm;rate=24000");
	}

	@Test
	void whenResourceCannotBeReadThenExceptionNamesIt() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.gemini.prompt().media(new ClassPathResource("no-such-cat.png")).request())
			.withMessageContaining("no-such-cat.png")
			.withCauseInstanceOf(FileNotFoundException.class);
	}

	@Test
	void resourceThatCanBeReadOnlyOnceMayBeSentTwice() {
		PromptSpec prompt = this.gemini.prompt()
			.media(MimeTypeUtils.IMAGE_PNG, new InputStreamResource(new ByteArrayInputStream(new byte[] { 1 })));
		assertThat(prompt.request()).isEqualTo(prompt.request());
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://www.youtube.com/watch?v=9hE5-98ZeCg", "https://youtu.be/9hE5-98ZeCg" })
	void videoOnYouTubeNeedsNoType(String uri) {
		assertRequest(this.gemini.prompt().media(URI.create(uri)), """
				{"contents": [{"role": "user", "parts": [{"fileData": {"fileUri": "%s"}}]}]}""".formatted(uri));
	}

	@Test
	void whenTypeOfAUriIsUnknownThenMessageSaysHowToSetIt() {
		URI uri = URI.create("https://generativelanguage.googleapis.com/v1beta/files/abc");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt().media(uri))
			.withMessageContaining("set it with 'media(mimeType, uri)'");
		assertThat(firstPart(this.gemini.prompt().media(MimeTypeUtils.IMAGE_PNG, uri)).fileData().fileUri())
			.isEqualTo(uri.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/tmp/cat.png", "classpath:cat.png", "cat.png", "FILE:/tmp/cat.png",
			"data:image/png;base64,AQ==", "jar:file:/tmp/cats.jar!/cat.png" })
	void localUriIsRefused(String uri) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gemini.prompt().media(MimeTypeUtils.IMAGE_PNG, URI.create(uri)))
			.withMessageContaining("use 'media(resource)'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt().media(URI.create(uri)))
			.withMessageContaining("use 'media(resource)'");
	}

	private String mediaType(Resource resource) {
		return firstPart(this.gemini.prompt().media(resource)).inlineData().mimeType();
	}

	private static Part firstPart(PromptSpec prompt) {
		return prompt.request().contents().get(0).parts().get(0);
	}

	private static Resource named(String name, String content) {
		return new ByteArrayResource(content.getBytes(StandardCharsets.ISO_8859_1)) {

			@Override
			public String getFilename() {
				return name;
			}

		};
	}

	private static void assertRequest(PromptSpec prompt, String expected) {
		assertThat(new JsonContent(mapper.writeValueAsString(prompt.request()))).isStrictlyEqualTo(expected);
	}

	private static GeminiTemplate template() {
		GeminiClientSettings settings = GeminiClientSettings.builder("sk-unused")
			.baseUrl(URI.create("http://localhost:1"))
			.build();
		return new GeminiTemplate(GeminiClient.create(WebClient.builder(), mapper, settings),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

}
