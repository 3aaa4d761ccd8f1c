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

package com.cometapi.gemini.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.jspecify.annotations.Nullable;

/**
 * One part of a content: exactly one kind of data, and attributes of it.
 *
 * <p>
 * Wire: message {@code Part} of {@code v1beta}.
 *
 * @param text a text, possibly empty
 * @param inlineData bytes of a medium
 * @param fileData a reference to a medium
 * @param functionCall a call that the model asks for
 * @param functionResponse the result of a call
 * @param executableCode code that the model wrote and ran on the server
 * @param codeExecutionResult the result of that code
 * @param toolCall a call of a tool that runs on the server
 * @param toolResponse the result of that tool
 * @param thought whether the part is a summary of the model's thoughts instead of content
 * @param thoughtSignature an opaque signature to be sent back unchanged on the same part
 * @param videoMetadata the section and sampling rate of a video
 * @param mediaResolution the resolution at which the medium is processed, Gemini 3 and
 * later
 * @param mediaProcessing the processing mode of a video
 * @param partMetadata free data of the client, Gemini API only
 * @param additional members that this version does not know, by name
 */
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public record Part(@Nullable String text, @Nullable Blob inlineData, @Nullable FileData fileData,
		@Nullable FunctionCall functionCall, @Nullable FunctionResponse functionResponse,
		@Nullable ExecutableCode executableCode, @Nullable CodeExecutionResult codeExecutionResult,
		@Nullable ToolCall toolCall, @Nullable ToolResponse toolResponse, @Nullable Boolean thought,
		@Nullable String thoughtSignature, @Nullable VideoMetadata videoMetadata,
		@Nullable PartMediaResolution mediaResolution, @Nullable MediaProcessing mediaProcessing,
		@Nullable Map<String, @Nullable Object> partMetadata,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public Part {
		partMetadata = ImmutableCollections.map(partMetadata);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return whether this part is a summary of the model's thoughts.
	 * @return {@code true} if the model marked it so; a signature alone does not
	 */
	public boolean isThought() {
		return Boolean.TRUE.equals(this.thought);
	}

	/**
	 * Return whether this part is content of the model: not a thought, and more than an
	 * empty text or a signature.
	 * @return {@code true} if it has content of the model
	 */
	public boolean hasContent() {
		return !isThought() && (hasText() || !isTextOnly());
	}

	/**
	 * Return whether this part has neither data nor a signature. The API returns such
	 * parts but refuses them in a request.
	 * @return {@code true} if there is nothing in it, or an empty text
	 */
	public boolean isEmpty() {
		return this.thoughtSignature == null && !hasText() && isTextOnly();
	}

	private boolean hasText() {
		return this.text != null && !this.text.isEmpty();
	}

	/**
	 * Return whether this part has a text, thought or not, and nothing else.
	 * @return {@code true} if it can be joined with its neighbors
	 */
	boolean isPlainText() {
		return this.text != null && this.thoughtSignature == null && isTextOnly();
	}

	// Whether there is nothing but a text, if any, and its signature.
	private boolean isTextOnly() {
		return this.inlineData == null && this.fileData == null && this.functionCall == null
				&& this.functionResponse == null && this.executableCode == null && this.codeExecutionResult == null
				&& this.toolCall == null && this.toolResponse == null && this.videoMetadata == null
				&& this.mediaResolution == null && this.mediaProcessing == null && this.partMetadata == null
				&& this.additional.isEmpty();
	}

	/**
	 * Return a copy with a section and sampling rate of its video.
	 * @param videoMetadata the section and sampling rate, or {@code null} for the whole
	 * video at the default rate
	 * @return a new part
	 */
	public Part withVideoMetadata(@Nullable VideoMetadata videoMetadata) {
		return toBuilder().videoMetadata(videoMetadata).build();
	}

	/**
	 * Return a copy with the given media resolution.
	 * @param mediaResolution the resolution, or {@code null} for the model's default
	 * @return a new part
	 */
	public Part withMediaResolution(@Nullable MediaResolution mediaResolution) {
		return toBuilder().mediaResolution((mediaResolution != null) ? PartMediaResolution.of(mediaResolution) : null)
			.build();
	}

	/**
	 * Return a builder with this message's values.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Create a part with text.
	 * @param text the text, possibly empty
	 * @return a new part
	 */
	public static Part text(String text) {
		return builder().text(Preconditions.notNull(text, "text")).build();
	}

	/**
	 * Create a part with the bytes of a medium.
	 * @param mimeType the media type, such as {@code image/png}
	 * @param bytes the bytes; not copied, so they must not be changed any more
	 * @return a new part
	 */
	public static Part inlineData(String mimeType, byte[] bytes) {
		return inlineData(Blob.of(mimeType, bytes));
	}

	/**
	 * Create a part with the bytes of a medium.
	 * @param blob the medium
	 * @return a new part
	 */
	public static Part inlineData(Blob blob) {
		return builder().inlineData(Preconditions.notNull(blob, "blob")).build();
	}

	/**
	 * Create a part with a reference to a medium.
	 * @param mimeType the media type, such as {@code video/mp4}
	 * @param uri the URI, such as a public HTTPS address
	 * @return a new part
	 */
	public static Part fileData(String mimeType, String uri) {
		return builder().fileData(FileData.of(mimeType, uri)).build();
	}

	/**
	 * Create a part with a function call. To replay a response of a model, send its own
	 * part: it may be signed.
	 * @param call the call
	 * @return a new part
	 */
	public static Part functionCall(FunctionCall call) {
		return builder().functionCall(Preconditions.notNull(call, "call")).build();
	}

	/**
	 * Create a part with the result of a call.
	 * @param name the name of the function
	 * @param response the result, by convention under {@code output} or {@code error}
	 * @return a new part
	 */
	public static Part functionResponse(String name, Map<String, ? extends @Nullable Object> response) {
		return functionResponse(null, name, response);
	}

	/**
	 * Create a part with the result of a call.
	 * @param id the id of the call, or {@code null} if the call had none
	 * @param name the name of the function
	 * @param response the result, by convention under {@code output} or {@code error}
	 * @return a new part
	 */
	public static Part functionResponse(@Nullable String id, String name,
			Map<String, ? extends @Nullable Object> response) {
		return functionResponse(FunctionResponse.of(id, name, response));
	}

	/**
	 * Create a part with the result of a call.
	 * @param response the result
	 * @return a new part
	 */
	public static Part functionResponse(FunctionResponse response) {
		return builder().functionResponse(Preconditions.notNull(response, "response")).build();
	}

	/**
	 * Builder for {@link Part}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String text;

		private @Nullable Blob inlineData;

		private @Nullable FileData fileData;

		private @Nullable FunctionCall functionCall;

		private @Nullable FunctionResponse functionResponse;

		private @Nullable ExecutableCode executableCode;

		private @Nullable CodeExecutionResult codeExecutionResult;

		private @Nullable ToolCall toolCall;

		private @Nullable ToolResponse toolResponse;

		private @Nullable Boolean thought;

		private @Nullable String thoughtSignature;

		private @Nullable VideoMetadata videoMetadata;

		private @Nullable PartMediaResolution mediaResolution;

		private @Nullable MediaProcessing mediaProcessing;

		private @Nullable Map<String, @Nullable Object> partMetadata;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(Part message) {
			this.text = message.text;
			this.inlineData = message.inlineData;
			this.fileData = message.fileData;
			this.functionCall = message.functionCall;
			this.functionResponse = message.functionResponse;
			this.executableCode = message.executableCode;
			this.codeExecutionResult = message.codeExecutionResult;
			this.toolCall = message.toolCall;
			this.toolResponse = message.toolResponse;
			this.thought = message.thought;
			this.thoughtSignature = message.thoughtSignature;
			this.videoMetadata = message.videoMetadata;
			this.mediaResolution = message.mediaResolution;
			this.mediaProcessing = message.mediaProcessing;
			this.partMetadata = message.partMetadata;
			this.additional = message.additional;
		}

		/**
		 * Set a text, possibly empty.
		 * @param text the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder text(@Nullable String text) {
			this.text = text;
			return this;
		}

		/**
		 * Set bytes of a medium.
		 * @param inlineData the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder inlineData(@Nullable Blob inlineData) {
			this.inlineData = inlineData;
			return this;
		}

		/**
		 * Set a reference to a medium.
		 * @param fileData the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder fileData(@Nullable FileData fileData) {
			this.fileData = fileData;
			return this;
		}

		/**
		 * Set a call that the model asks for.
		 * @param functionCall the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder functionCall(@Nullable FunctionCall functionCall) {
			this.functionCall = functionCall;
			return this;
		}

		/**
		 * Set the result of a call.
		 * @param functionResponse the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder functionResponse(@Nullable FunctionResponse functionResponse) {
			this.functionResponse = functionResponse;
			return this;
		}

		/**
		 * Set code that the model wrote and ran on the server.
		 * @param executableCode the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder executableCode(@Nullable ExecutableCode executableCode) {
			this.executableCode = executableCode;
			return this;
		}

		/**
		 * Set the result of code that ran on the server.
		 * @param codeExecutionResult the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder codeExecutionResult(@Nullable CodeExecutionResult codeExecutionResult) {
			this.codeExecutionResult = codeExecutionResult;
			return this;
		}

		/**
		 * Set a call of a tool that runs on the server.
		 * @param toolCall the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder toolCall(@Nullable ToolCall toolCall) {
			this.toolCall = toolCall;
			return this;
		}

		/**
		 * Set the result of a tool that ran on the server.
		 * @param toolResponse the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder toolResponse(@Nullable ToolResponse toolResponse) {
			this.toolResponse = toolResponse;
			return this;
		}

		/**
		 * Set whether the part is a summary of the model's thoughts instead of content.
		 * @param thought the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder thought(@Nullable Boolean thought) {
			this.thought = thought;
			return this;
		}

		/**
		 * Set an opaque signature to be sent back unchanged on the same part.
		 * @param thoughtSignature the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder thoughtSignature(@Nullable String thoughtSignature) {
			this.thoughtSignature = thoughtSignature;
			return this;
		}

		/**
		 * Set the section and sampling rate of a video.
		 * @param videoMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder videoMetadata(@Nullable VideoMetadata videoMetadata) {
			this.videoMetadata = videoMetadata;
			return this;
		}

		/**
		 * Set the resolution at which the medium is processed, Gemini 3 and later.
		 * @param mediaResolution the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder mediaResolution(@Nullable PartMediaResolution mediaResolution) {
			this.mediaResolution = mediaResolution;
			return this;
		}

		/**
		 * Set the processing mode of a video.
		 * @param mediaProcessing the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder mediaProcessing(@Nullable MediaProcessing mediaProcessing) {
			this.mediaProcessing = mediaProcessing;
			return this;
		}

		/**
		 * Set free data of the client, Gemini API only.
		 * @param partMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder partMetadata(@Nullable Map<String, @Nullable Object> partMetadata) {
			this.partMetadata = partMetadata;
			return this;
		}

		/**
		 * Set members that this version does not know, sent as they are.
		 * @param additional the members by name
		 * @return this builder
		 */
		public Builder additional(Map<String, @Nullable Object> additional) {
			this.additional = additional;
			return this;
		}

		/**
		 * Build the message.
		 * @return a new, immutable message
		 */
		public Part build() {
			return new Part(this.text, this.inlineData, this.fileData, this.functionCall, this.functionResponse,
					this.executableCode, this.codeExecutionResult, this.toolCall, this.toolResponse, this.thought,
					this.thoughtSignature, this.videoMetadata, this.mediaResolution, this.mediaProcessing,
					this.partMetadata, this.additional);
		}

	}

}
