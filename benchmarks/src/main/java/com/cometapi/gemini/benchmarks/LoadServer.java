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

package com.cometapi.gemini.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * The server of all contenders, in a process of its own: bytes that were built before,
 * written by one thread. Ends with the process that started it.
 */
public final class LoadServer {

	static final String PORT = "PORT ";

	private static final PrintStream OUT = System.out;

	private static final int BACKLOG = 4096;

	private LoadServer() {
	}

	/**
	 * Serve until the standard input ends.
	 * @param args none
	 * @throws IOException if the standard input cannot be read
	 * @throws InterruptedException if the process is asked to end
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		LoadHandler.Bodies bodies = new LoadHandler.Bodies();
		Channel channel = new ServerBootstrap().group(group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline().addLast(new HttpRequestDecoder(), new LoadHandler(bodies));
				}

			})
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
		OUT.println(PORT + ((InetSocketAddress) channel.localAddress()).getPort());
		while (System.in.read() >= 0) {
			// Whoever started the server says nothing and goes.
		}
		group.shutdownGracefully();
	}

}
