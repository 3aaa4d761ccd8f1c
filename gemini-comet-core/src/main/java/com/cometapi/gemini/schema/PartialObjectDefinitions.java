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

package com.cometapi.gemini.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates named definitions of objects of which only selected members are read.
 */
final class PartialObjectDefinitions {

	private final TypeDefinitions types;

	private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

	private final Map<List<Object>, String> names = new HashMap<>();

	PartialObjectDefinitions(TypeDefinitions types) {
		this.types = types;
	}

	Map<String, ObjectNode> definitions() {
		return this.definitions;
	}

	/**
	 * Return a definition of a type whose objects have only the selected members.
	 * @param type the type of the objects, or of their container
	 * @param selection the selected members
	 * @param context the context
	 * @return the definition
	 */
	ObjectNode define(JavaType type, MemberSelection selection, SchemaGenerationContext context) {
		ObjectNode container = this.types.defineContainer(type, (content) -> define(content, selection, context));
		if (container != null) {
			return container;
		}
		if (!isObject(type)) {
			return this.types.reference(type, context);
		}
		String name = this.names.get(List.of(type, selection));
		if (name == null) {
			name = type.getRawClass().getSimpleName() + ".part" + (this.definitions.size() + 1);
			// Known before it is defined, since it may refer to itself.
			this.names.put(List.of(type, selection), name);
			ObjectNode definition = JsonNodeFactory.instance.objectNode();
			this.definitions.put(name, definition);
			definition.setAll(new ObjectDefinition(this.types, context).withSelection(selection)
				.of(this.types.toResolvedType(type, context.getTypeContext()), type));
		}
		return JsonNodeFactory.instance.objectNode().put("$ref", SchemaTranslator.REFERENCE + name);
	}

	private boolean isObject(JavaType type) {
		return this.types.reading().findTypeDeserializer(type) == null
				&& this.types.reading().findNonContextualValueDeserializer(type) instanceof BeanDeserializerBase bean
				&& this.types.delegateOf(bean.getValueInstantiator()) == null;
	}

}
