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

package com.cometapi.gemini.batch.kafka;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.batch.kafka.NumbersJob.Surroundings;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A worker in a process of its own.
 */
public final class WorkerProcess {

	private WorkerProcess() {
	}

	static AnnotationConfigApplicationContext start(Surroundings surroundings) {
		return start(surroundings, (repository) -> repository);
	}

	/**
	 * Start a worker.
	 * @param surroundings the settings that the manager and the workers share
	 * @param repository changes the job repository of the worker and its step
	 */
	static AnnotationConfigApplicationContext start(Surroundings surroundings,
			UnaryOperator<JobRepository> repository) {
		AnnotationConfigApplicationContext context = NumbersJob.context(surroundings);
		context.addBeanFactoryPostProcessor((factory) -> factory.addBeanPostProcessor(new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof JobRepository found) ? repository.apply(found) : bean;
			}

		}));
		context.registerBean(KafkaPartitionWorker.class, () -> NumbersJob.worker(surroundings,
				context.getBean(JobRepository.class), context.getBean("numbers", Step.class)));
		context.registerShutdownHook();
		context.refresh();
		return context;
	}

	/**
	 * Run a worker.
	 * @param args the settings that the manager and the workers share
	 */
	public static void main(String[] args) {
		start(new Surroundings(args[0], args[1], args[2], URI.create(args[3]), Path.of(args[4])));
	}

}
