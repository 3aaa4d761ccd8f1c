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

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import com.cometapi.gemini.autoconfigure.GeminiProperties.Chat.Repository;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Says why there is no repository for chats where a property asks for one.
 */
final class MissingChatRepository {

	private final Repository repository;

	private final String connection;

	private final String module;

	private final String implementation;

	private final String[] candidates;

	MissingChatRepository(Repository repository, ListableBeanFactory beanFactory) {
		boolean jdbc = repository == Repository.JDBC;
		this.repository = repository;
		this.connection = (jdbc) ? "javax.sql.DataSource"
				: "org.springframework.data.redis.connection.RedisConnectionFactory";
		this.module = (jdbc) ? "spring-boot-jdbc" : "spring-boot-data-redis";
		this.implementation = (jdbc) ? "JdbcGeminiChatRepository" : "RedisGeminiChatRepository";
		this.candidates = names(this.connection, beanFactory);
	}

	private static String[] names(String type, ListableBeanFactory beanFactory) {
		ClassLoader classLoader = MissingChatRepository.class.getClassLoader();
		return (ClassUtils.isPresent(type, classLoader)) ? BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
				beanFactory, ClassUtils.resolveClassName(type, classLoader), true, false) : new String[0];
	}

	InvalidGeminiPropertyException toException() {
		return new InvalidGeminiPropertyException(GeminiChatSettingsFactory.REPOSITORY,
				this.repository.name().toLowerCase(Locale.ROOT), reason(), action());
	}

	private String reason() {
		String type = ClassUtils.getShortName(this.connection);
		return (this.candidates.length > 1)
				? "the application has more than one %s and none of them is primary: %s".formatted(type, list())
				: "the application does not have a %s and '%s'".formatted(type, this.module);
	}

	private String list() {
		return Arrays.stream(this.candidates).map("'%s'"::formatted).sorted().collect(Collectors.joining(", "));
	}

	private String action() {
		return (this.candidates.length > 1)
				? "Mark one of them with @Primary, or declare a GeminiChatRepository bean of your own, such as a %s with the right one."
					.formatted(this.implementation)
				: "Add the starter for it and configure the connection, or set another repository.";
	}

}
