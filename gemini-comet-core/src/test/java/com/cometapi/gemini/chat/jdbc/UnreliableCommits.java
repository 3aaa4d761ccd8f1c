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

package com.cometapi.gemini.chat.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose connections, statements and commits fail as often as requested. A
 * commit fails before it is done or after it.
 */
class UnreliableCommits extends DelegatingDataSource {

	int lostReplies;

	int loseEvery = Integer.MAX_VALUE;

	private final AtomicInteger commits = new AtomicInteger();

	int lostCommits;

	int lostStatements;

	int lostConnections;

	UnreliableCommits(DataSource target) {
		super(target);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.lostConnections-- > 0) {
			throw broken();
		}
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("commit")) {
						commit(connection);
						return null;
					}
					if (method.getName().equals("prepareStatement") && !connection.getAutoCommit()
							&& this.lostStatements-- > 0) {
						throw broken();
					}
					return invoke(connection, method, arguments);
				});
	}

	private void commit(Connection connection) throws SQLException {
		if (this.lostCommits-- > 0) {
			connection.rollback();
			throw broken();
		}
		connection.commit();
		if (this.lostReplies-- > 0 || this.commits.incrementAndGet() % this.loseEvery == 0) {
			throw broken();
		}
	}

	private static @Nullable Object invoke(Connection connection, Method method, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static SQLException broken() {
		return new SQLRecoverableException("Connection reset", "08006");
	}

}
