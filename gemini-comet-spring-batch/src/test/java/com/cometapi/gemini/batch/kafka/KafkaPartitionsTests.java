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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.batch.kafka.NumbersJob.Surroundings;
import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaPartitionHandlerFactory} and {@link KafkaPartitionWorker} with a
 * Kafka broker.
 */
@Tag("slow")
class KafkaPartitionsTests {

	private static final int ALL = NumbersJob.PARTITIONS * NumbersJob.NUMBERS;

	private static final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

	private static Server database;

	private final GeminiServer server = GeminiServer.echoing().delay(Duration.ofMillis(50));

	private final List<Process> workers = new ArrayList<>();

	@TempDir
	private Path directory;

	private Surroundings surroundings;

	@BeforeAll
	static void startServers() throws SQLException {
		broker.afterPropertiesSet();
		database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
	}

	@AfterAll
	static void stopServers() {
		broker.destroy();
		database.stop();
	}

	@BeforeEach
	void createTopicAndSchema() throws Exception {
		String name = "jobs-" + UUID.randomUUID();
		this.surroundings = new Surroundings(
				"jdbc:h2:tcp://localhost:%d/mem:%s;DB_CLOSE_DELAY=-1".formatted(database.getPort(), name),
				broker.getBrokersAsString(), name, this.server.url(), this.directory);
		DatabasePopulatorUtils.execute(
				new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-h2.sql")),
				new DriverManagerDataSource(this.surroundings.database(), "sa", ""));
		try (AdminClient admin = admin()) {
			admin.createTopics(List.of(new NewTopic(name, NumbersJob.PARTITIONS, (short) 1))).all().get();
		}
	}

	@AfterEach
	void stop() {
		this.workers.forEach(Process::destroyForcibly);
		this.server.close();
	}

	@Test
	void whenWorkersAreKilledAndStoppedThenOthersContinue() throws Exception {
		this.server.delay(Duration.ofMillis(100));
		for (int i = 0; i < 3; i++) {
			this.workers.add(startWorker(i));
		}
		awaitMembers(3);
		try (AnnotationConfigApplicationContext manager = NumbersJob.context(this.surroundings)) {
			manager.refresh();
			CompletableFuture<JobExecution> job = CompletableFuture.supplyAsync(() -> start(manager));
			awaitRequests(ALL / 4);
			this.workers.get(0).destroyForcibly();
			awaitRequests(ALL / 2);
			this.workers.get(1).destroy();
			assertThat(job.get(3, TimeUnit.MINUTES).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
		assertThat(this.workers.get(1).waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThatEveryNumberHasOneResult();
		// Calls of the killed worker that were in flight or whose results were not
		// committed, and calls of the stopped worker that were in flight
		assertThat(repeatedRequests()).isLessThanOrEqualTo(2 * NumbersJob.CONCURRENCY + NumbersJob.CHUNK_SIZE);
	}

	@Test
	void whenJobIsStoppedThenItEndsAndRestartContinues() throws Exception {
		try (AnnotationConfigApplicationContext manager = NumbersJob.context(this.surroundings);
				AnnotationConfigApplicationContext worker = WorkerProcess.start(this.surroundings)) {
			manager.refresh();
			CompletableFuture<JobExecution> job = CompletableFuture.supplyAsync(() -> start(manager));
			awaitRequests(ALL / 4);
			JobRepository repository = manager.getBean(JobRepository.class);
			manager.getBean(JobOperator.class).stop(repository.findRunningJobExecutions("job").iterator().next());
			JobExecution stopped = job.get(2, TimeUnit.MINUTES);
			assertThat(stopped.getStatus()).isEqualTo(BatchStatus.STOPPED);
			assertThat(this.server.requestCount()).isLessThan(ALL);
			assertThat(repository.getJobExecution(stopped.getId()).getStepExecutions())
				.hasSize(NumbersJob.PARTITIONS + 1)
				.allSatisfy((step) -> {
					assertThat(step.getStatus().isRunning()).isFalse();
					assertThat(step.getEndTime()).isNotNull();
				})
				.anySatisfy((step) -> assertThat(step.getStatus()).isEqualTo(BatchStatus.STOPPED));
			assertThat(start(manager).getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(worker.isActive()).isTrue();
		}
		assertThatEveryNumberHasOneResult();
		assertThat(repeatedRequests()).isLessThanOrEqualTo(NumbersJob.CONCURRENCY);
	}

	@Test
	void partitionThatIsHandedOverIsNeverStoredAsStopped() throws Exception {
		Queue<BatchStatus> stored = new ConcurrentLinkedQueue<>();
		CompletableFuture<JobExecution> job;
		try (AnnotationConfigApplicationContext manager = NumbersJob.context(this.surroundings)) {
			try (AnnotationConfigApplicationContext worker = WorkerProcess.start(this.surroundings,
					(repository) -> recording(repository, stored))) {
				manager.refresh();
				job = CompletableFuture.supplyAsync(() -> start(manager));
				awaitRequests(NumbersJob.NUMBERS / 2);
				assertThat(worker.isActive()).isTrue();
			}
			assertThat(stored).contains(BatchStatus.STARTED).doesNotContain(BatchStatus.STOPPED);
			try (AnnotationConfigApplicationContext next = WorkerProcess.start(this.surroundings)) {
				assertThat(job.get(3, TimeUnit.MINUTES).getStatus()).isEqualTo(BatchStatus.COMPLETED);
				assertThat(job.get().getExitStatus().getExitCode()).isEqualTo("COMPLETED");
				assertThat(next.isActive()).isTrue();
			}
		}
		assertThatEveryNumberHasOneResult();
	}

	private static JobRepository recording(JobRepository repository, Queue<BatchStatus> stored) {
		ProxyFactory proxy = new ProxyFactory(repository);
		proxy.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> {
			if (method.getName().equals("update") && arguments[0] instanceof StepExecution step) {
				stored.add(step.getStatus());
			}
		});
		return (JobRepository) proxy.getProxy();
	}

	@Test
	void whenManagerHasGivenUpThenRestartContinues() throws Exception {
		Surroundings impatient = this.surroundings.withTimeout(Duration.ofSeconds(2));
		int starts = 1;
		try (AnnotationConfigApplicationContext manager = NumbersJob.context(impatient);
				AnnotationConfigApplicationContext worker = WorkerProcess.start(this.surroundings)) {
			manager.refresh();
			JobExecution execution = start(manager);
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
			for (; execution.getStatus() != BatchStatus.COMPLETED && starts < 50; starts++) {
				recover(manager, execution);
				execution = start(manager);
			}
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(worker.isActive()).isTrue();
		}
		assertThatEveryNumberHasOneResult();
		assertThat(repeatedRequests()).isLessThanOrEqualTo(starts * (NumbersJob.CONCURRENCY + NumbersJob.CHUNK_SIZE));
	}

	// The worker goes on meanwhile, and may commit a chunk
	private static void recover(AnnotationConfigApplicationContext manager, JobExecution execution) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.ignoreException(OptimisticLockingFailureException.class)
			.untilAsserted(() -> {
				JobExecution stored = manager.getBean(JobRepository.class).getJobExecution(execution.getId());
				manager.getBean(JobOperator.class).recover(stored);
			});
	}

	@Test
	void whenWorkerHasNoSuchStepThenJobFailsWithReason() throws Exception {
		sendMalformedRequest();
		try (AnnotationConfigApplicationContext manager = NumbersJob.context(this.surroundings.withStep("letters"));
				AnnotationConfigApplicationContext worker = WorkerProcess.start(this.surroundings)) {
			manager.refresh();
			JobExecution execution = start(manager);
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(manager.getBean(JobRepository.class).getJobExecution(execution.getId()).getStepExecutions())
				.filteredOn((step) -> step.getStepName().startsWith("letters"))
				.hasSize(NumbersJob.PARTITIONS)
				.allSatisfy((step) -> assertThat(step.getExitStatus().getExitDescription())
					.contains("The worker has no step 'letters'"));
			assertThat(worker.isActive()).isTrue();
		}
	}

	private void sendMalformedRequest() throws Exception {
		KafkaTemplate<String, String> kafka = new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString()), new StringSerializer(),
				new StringSerializer()));
		kafka.send(this.surroundings.topic(), 0, "numbers", "not JSON").get();
		kafka.getProducerFactory().reset();
	}

	private Process startWorker(int number) throws IOException {
		return ForkedJvm.start(WorkerProcess.class, this.directory.resolve("worker%d.log".formatted(number)),
				(entry) -> true, List.of("-XX:+UseSerialGC"), this.surroundings.database(), this.surroundings.brokers(),
				this.surroundings.topic(), this.surroundings.endpoint().toString(), this.directory.toString());
	}

	private void awaitMembers(int count) {
		try (AdminClient admin = admin()) {
			Awaitility.await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
				String group = this.surroundings.topic();
				return admin.describeConsumerGroups(List.of(group))
					.describedGroups()
					.get(group)
					.get()
					.members()
					.stream()
					.filter((member) -> !member.assignment().topicPartitions().isEmpty())
					.count() == count;
			});
		}
	}

	private void awaitRequests(int count) {
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> this.server.requestCount() >= count);
	}

	private static JobExecution start(AnnotationConfigApplicationContext context) {
		try {
			return context.getBean(JobOperator.class).start(context.getBean(Job.class), new JobParameters());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertThatEveryNumberHasOneResult() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files.filter((file) -> file.getFileName().toString().startsWith("from-"))
				.flatMap(KafkaPartitionsTests::lines)).containsExactlyInAnyOrderElementsOf(
						IntStream.range(0, ALL).mapToObj("%1$d re: Number %1$d."::formatted).toList());
		}
	}

	private static Stream<String> lines(Path file) {
		try {
			return Files.readAllLines(file).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int repeatedRequests() {
		Map<String, Integer> requests = new HashMap<>();
		this.server.requests().forEach((request) -> requests.merge(request.contents().get(0).text(), 1, Integer::sum));
		assertThat(requests).hasSize(ALL);
		return this.server.requestCount() - ALL;
	}

	private AdminClient admin() {
		return AdminClient.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString()));
	}

}
