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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the model may use; each instance normally holds one kind.
 *
 * <p>
 * Wire: message {@code Tool} of {@code v1beta}.
 *
 * @param functionDeclarations functions of the application
 * @param googleSearch grounding with Google Search
 * @param googleSearchRetrieval grounding with Google Search, Gemini 1.5 only
 * @param googleMaps grounding with Google Maps
 * @param urlContext reading the pages that the prompt names
 * @param codeExecution running code on the server
 * @param fileSearch searching in file stores, Gemini API only
 * @param computerUse operating a user interface
 * @param mcpServers MCP servers that the backend calls, Gemini API only
 * @param retrieval retrieval from own data, Vertex AI only
 * @param enterpriseWebSearch web search for enterprises, Vertex AI only
 * @param exaAiSearch search with Exa, Vertex AI only
 * @param parallelAiSearch search with Parallel, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record Tool(@IncludeWhenPresent List<FunctionDeclaration> functionDeclarations,
		@Nullable GoogleSearch googleSearch, @Nullable GoogleSearchRetrieval googleSearchRetrieval,
		@Nullable GoogleMaps googleMaps, @Nullable UrlContext urlContext, @Nullable CodeExecution codeExecution,
		@Nullable FileSearch fileSearch, @Nullable ComputerUse computerUse,
		@IncludeWhenPresent List<McpServer> mcpServers, @Nullable Object retrieval,
		@Nullable Object enterpriseWebSearch, @Nullable Object exaAiSearch, @Nullable Object parallelAiSearch,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public Tool {
		functionDeclarations = ImmutableCollections.list(functionDeclarations);
		mcpServers = ImmutableCollections.list(mcpServers);
		additional = ImmutableCollections.additional(additional);
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
	 * Create the tool that grounds responses with Google Search.
	 * @return a new tool
	 */
	public static Tool ofGoogleSearch() {
		return builder().googleSearch(GoogleSearch.builder().build()).build();
	}

	/**
	 * Create the tool that grounds responses with Google Maps.
	 * @return a new tool
	 */
	public static Tool ofGoogleMaps() {
		return builder().googleMaps(GoogleMaps.create()).build();
	}

	/**
	 * Create the tool that reads the pages that the prompt names.
	 * @return a new tool
	 */
	public static Tool ofUrlContext() {
		return builder().urlContext(UrlContext.create()).build();
	}

	/**
	 * Create the tool that runs code on the server.
	 * @return a new tool
	 */
	public static Tool ofCodeExecution() {
		return builder().codeExecution(CodeExecution.create()).build();
	}

	/**
	 * Create the tool that searches in file stores, Gemini API only.
	 * @param storeNames the stores, {@code fileSearchStores/...}
	 * @return a new tool
	 */
	public static Tool ofFileSearch(String... storeNames) {
		return builder().fileSearch(FileSearch.of(storeNames)).build();
	}

	/**
	 * Create the tool that calls functions of the application.
	 * @param declarations the functions
	 * @return a new tool
	 */
	public static Tool ofFunctions(FunctionDeclaration... declarations) {
		return builder().functionDeclarations(Preconditions.notEmpty(List.of(declarations), "declarations")).build();
	}

	/**
	 * Create the tool that lets the backend call MCP servers, Gemini API only.
	 * @param servers the servers
	 * @return a new tool
	 */
	public static Tool ofMcpServers(McpServer... servers) {
		return builder().mcpServers(Preconditions.notEmpty(List.of(servers), "servers")).build();
	}

	/**
	 * Return a readable form of the message, without members that may hold credentials.
	 * @return the text
	 */
	@Override
	public String toString() {
		return "Tool[functionDeclarations=" + this.functionDeclarations + ", googleSearch=" + this.googleSearch
				+ ", googleSearchRetrieval=" + this.googleSearchRetrieval + ", googleMaps=" + this.googleMaps
				+ ", urlContext=" + this.urlContext + ", codeExecution=" + this.codeExecution + ", fileSearch="
				+ this.fileSearch + ", computerUse=" + this.computerUse + ", mcpServers=" + this.mcpServers
				+ ", retrieval=" + Redacted.value(this.retrieval) + ", enterpriseWebSearch=" + this.enterpriseWebSearch
				+ ", exaAiSearch=" + Redacted.value(this.exaAiSearch) + ", parallelAiSearch="
				+ Redacted.value(this.parallelAiSearch) + ", additional=" + this.additional + "]";
	}

	/**
	 * Builder for {@link Tool}, not thread-safe.
	 */
	public static final class Builder {

		private List<FunctionDeclaration> functionDeclarations = ImmutableCollections.absent();

		private @Nullable GoogleSearch googleSearch;

		private @Nullable GoogleSearchRetrieval googleSearchRetrieval;

		private @Nullable GoogleMaps googleMaps;

		private @Nullable UrlContext urlContext;

		private @Nullable CodeExecution codeExecution;

		private @Nullable FileSearch fileSearch;

		private @Nullable ComputerUse computerUse;

		private List<McpServer> mcpServers = ImmutableCollections.absent();

		private @Nullable Object retrieval;

		private @Nullable Object enterpriseWebSearch;

		private @Nullable Object exaAiSearch;

		private @Nullable Object parallelAiSearch;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(Tool message) {
			this.functionDeclarations = message.functionDeclarations;
			this.googleSearch = message.googleSearch;
			this.googleSearchRetrieval = message.googleSearchRetrieval;
			this.googleMaps = message.googleMaps;
			this.urlContext = message.urlContext;
			this.codeExecution = message.codeExecution;
			this.fileSearch = message.fileSearch;
			this.computerUse = message.computerUse;
			this.mcpServers = message.mcpServers;
			this.retrieval = message.retrieval;
			this.enterpriseWebSearch = message.enterpriseWebSearch;
			this.exaAiSearch = message.exaAiSearch;
			this.parallelAiSearch = message.parallelAiSearch;
			this.additional = message.additional;
		}

		/**
		 * Set functions of the application.
		 * @param functionDeclarations the values
		 * @return this builder
		 */
		public Builder functionDeclarations(List<FunctionDeclaration> functionDeclarations) {
			this.functionDeclarations = functionDeclarations;
			return this;
		}

		/**
		 * Set functions of the application.
		 * @param functionDeclarations the values
		 * @return this builder
		 */
		public Builder functionDeclarations(FunctionDeclaration... functionDeclarations) {
			return functionDeclarations(List.of(functionDeclarations));
		}

		/**
		 * Set the tool for grounding with Google Search.
		 * @param googleSearch the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder googleSearch(@Nullable GoogleSearch googleSearch) {
			this.googleSearch = googleSearch;
			return this;
		}

		/**
		 * Set the tool for grounding with Google Search, Gemini 1.5 only.
		 * @param googleSearchRetrieval the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder googleSearchRetrieval(@Nullable GoogleSearchRetrieval googleSearchRetrieval) {
			this.googleSearchRetrieval = googleSearchRetrieval;
			return this;
		}

		/**
		 * Set the tool for grounding with Google Maps.
		 * @param googleMaps the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder googleMaps(@Nullable GoogleMaps googleMaps) {
			this.googleMaps = googleMaps;
			return this;
		}

		/**
		 * Set the tool for reading the pages that the prompt names.
		 * @param urlContext the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder urlContext(@Nullable UrlContext urlContext) {
			this.urlContext = urlContext;
			return this;
		}

		/**
		 * Set the tool for running code on the server.
		 * @param codeExecution the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder codeExecution(@Nullable CodeExecution codeExecution) {
			this.codeExecution = codeExecution;
			return this;
		}

		/**
		 * Set the tool for searching in file stores, Gemini API only.
		 * @param fileSearch the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder fileSearch(@Nullable FileSearch fileSearch) {
			this.fileSearch = fileSearch;
			return this;
		}

		/**
		 * Set the tool for operating a user interface.
		 * @param computerUse the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder computerUse(@Nullable ComputerUse computerUse) {
			this.computerUse = computerUse;
			return this;
		}

		/**
		 * Set MCP servers that the backend calls, Gemini API only.
		 * @param mcpServers the values
		 * @return this builder
		 */
		public Builder mcpServers(List<McpServer> mcpServers) {
			this.mcpServers = mcpServers;
			return this;
		}

		/**
		 * Set MCP servers that the backend calls, Gemini API only.
		 * @param mcpServers the values
		 * @return this builder
		 */
		public Builder mcpServers(McpServer... mcpServers) {
			return mcpServers(List.of(mcpServers));
		}

		/**
		 * Set the tool for retrieval from own data, Vertex AI only.
		 * @param retrieval the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder retrieval(@Nullable Object retrieval) {
			this.retrieval = retrieval;
			return this;
		}

		/**
		 * Set the tool for web search for enterprises, Vertex AI only.
		 * @param enterpriseWebSearch the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder enterpriseWebSearch(@Nullable Object enterpriseWebSearch) {
			this.enterpriseWebSearch = enterpriseWebSearch;
			return this;
		}

		/**
		 * Set the tool for search with Exa, Vertex AI only.
		 * @param exaAiSearch the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder exaAiSearch(@Nullable Object exaAiSearch) {
			this.exaAiSearch = exaAiSearch;
			return this;
		}

		/**
		 * Set the tool for search with Parallel, Vertex AI only.
		 * @param parallelAiSearch the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder parallelAiSearch(@Nullable Object parallelAiSearch) {
			this.parallelAiSearch = parallelAiSearch;
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
		public Tool build() {
			return new Tool(this.functionDeclarations, this.googleSearch, this.googleSearchRetrieval, this.googleMaps,
					this.urlContext, this.codeExecution, this.fileSearch, this.computerUse, this.mcpServers,
					this.retrieval, this.enterpriseWebSearch, this.exaAiSearch, this.parallelAiSearch, this.additional);
		}

	}

}
