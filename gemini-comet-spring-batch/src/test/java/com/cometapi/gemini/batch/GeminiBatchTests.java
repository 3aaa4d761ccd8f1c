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

package com.cometapi.gemini.batch;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.cometapi.gemini.cost.GeminiCostFilter;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.ModelPrice;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemWriter;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiBatchTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final ItemServer server = new ItemServer();

	private final TestJobs jobs = TestJobs.inMemory();

	private final JsonLines jsonLines = new JsonLines(MAPPER);

	@TempDir
	private Path folder;

	@AfterEach
	void close() {
		this.jobs.close();
		this.server.close();
	}

	@Test
	void jsonLinesAreReadAndWritten() throws Exception {
		this.server
			.respond((item) -> item.equals("text 4") ? ItemServer.error(400, "Too odd") : ItemServer.response("fine"));
		Path input = writeReviews(10);
		Path output = this.folder.resolve("out.jsonl");
		Path failures = this.folder.resolve("failures.jsonl");
		Step step = batch().<Review, String>step("reviews")
			.reader((range) -> reader(input, range))
			.prompt((prompt, review) -> prompt.user(review.text()).textAsync())
			.writer((range) -> this.jsonLines
				.<GeminiItemResult<Review, String>>writer("out", new FileSystemResource(output))
				.build())
			.failureWriter((range) -> this.jsonLines
				.<GeminiItemResult<Review, String>>writer("failures", new FileSystemResource(failures))
				.build())
			.build();
		assertThat(this.jobs.run(step).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(Files.readAllLines(output)).hasSize(9)
			.contains("{\"index\":3,\"item\":{\"id\":3,\"text\":\"text 3\"},\"output\":\"fine\",\"usage\":"
					+ "{\"promptTokenCount\":10,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":2,\"totalTokenCount\":17}}");
		assertThat(Files.readAllLines(failures)).singleElement()
			.asString()
			.startsWith(
					"{\"index\":4,\"item\":{\"id\":4,\"text\":\"text 4\"},\"failure\":{\"code\":\"invalid-request\",")
			.contains("Too odd");
	}

	@Test
	void valueStaysOnItsLineIfTheApplicationIndentsItsJson() throws Exception {
		JsonLines indented = new JsonLines(MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build());
		Path file = this.folder.resolve("out.jsonl");
		FlatFileItemWriter<Review> writer = indented.<Review>writer("out", new FileSystemResource(file)).build();
		writer.open(new ExecutionContext());
		writer.write(Chunk.of(new Review(1, "one"), new Review(2, "two")));
		writer.close();
		assertThat(file).hasContent("""
				{"id":1,"text":"one"}
				{"id":2,"text":"two"}""");
	}

	@Test
	void csvIsReadAndWritten() throws Exception {
		Path input = Files.write(this.folder.resolve("in.csv"), List.of("id,text", "1,one", "2,two"));
		Path output = this.folder.resolve("out.csv");
		Step step = batch().<Review, String>step("reviews")
			.settings((settings) -> settings.withOrdered(true))
			.reader((range) -> new FlatFileItemReaderBuilder<Review>().name("in")
				.resource(new FileSystemResource(input))
				.linesToSkip(1)
				.delimited()
				.names("id", "text")
				.targetType(Review.class)
				.build())
			.prompt((prompt, review) -> prompt.user(review.text()).textAsync())
			.writer((range) -> new FlatFileItemWriterBuilder<GeminiItemResult<Review, String>>().name("out")
				.resource(new FileSystemResource(output))
				.delimited()
				.fieldExtractor((result) -> new Object[] { result.item().id(), result.output() })
				.build())
			.build();
		this.jobs.run(step);
		assertThat(Files.readAllLines(output)).containsExactly("1,re: one", "2,re: two");
	}

	@Test
	void rowsAreReadAndUpdated() throws Exception {
		JdbcTemplate jdbc = new JdbcTemplate(this.jobs.dataSource());
		jdbc.execute("create table review (id int primary key, text varchar(100), rating varchar(100))");
		for (int i = 0; i < 100; i++) {
			jdbc.update("insert into review (id, text) values (?, ?)", i, "text " + i);
		}
		Step step = batch().<Review, String>step("reviews")
			.reader((range) -> new JdbcCursorItemReaderBuilder<Review>().name("in")
				.dataSource(this.jobs.dataSource())
				.sql("select id, text from review order by id")
				.rowMapper((row, number) -> new Review(row.getInt("id"), row.getString("text")))
				.currentItemCount(range.first())
				.maxItemCount(range.end())
				.build())
			.prompt((prompt, review) -> prompt.user(review.text()).textAsync())
			.writer((range) -> rowWriter())
			.build();
		Job job = batch().partitionedJob("rows", step, new ItemRangePartitioner(() -> 100), 3);
		JobExecution execution = this.jobs.run(job);
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(jdbc.queryForObject("select count(*) from review where rating = 're: ' || text", Integer.class))
			.isEqualTo(100);
		assertThat(this.server.callCount()).isEqualTo(100);
	}

	private JdbcBatchItemWriter<GeminiItemResult<Review, String>> rowWriter() {
		JdbcBatchItemWriter<GeminiItemResult<Review, String>> writer = new JdbcBatchItemWriterBuilder<GeminiItemResult<Review, String>>()
			.dataSource(this.jobs.dataSource())
			.sql("update review set rating = ? where id = ?")
			.itemPreparedStatementSetter((result, statement) -> {
				statement.setString(1, result.output());
				statement.setInt(2, result.item().id());
			})
			.build();
		writer.afterPropertiesSet();
		return writer;
	}

	@Test
	void partitionsOfAFileAreProcessedAndRestarted() throws Exception {
		Path input = writeReviews(200);
		this.server.respond(
				(item) -> (item.equals("text 120")) ? ItemServer.error(401, "Bad key") : ItemServer.response("fine"));
		Job job = partitionedJob(batch(), input, 4);
		JobExecution failed = this.jobs.run(job);
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(progress(failed).totals().succeeded()).isBetween(150L, 199L);

		this.server.respond((item) -> ItemServer.response("fine"));
		JobExecution restarted = this.jobs.run(job);
		assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(outputs()).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200).boxed().toList());
		GeminiJobProgress progress = progress(restarted);
		assertThat(progress.totals().succeeded()).isEqualTo(200);
		assertThat(progress.items()).isEqualTo(200);
		assertThat(progress.partitions()).isEqualTo(4);
		assertThat(progress.runningPartitions()).isZero();
	}

	@Test
	void restartDoesNotCountTheItemsAgain() throws Exception {
		AtomicInteger counts = new AtomicInteger();
		Path input = writeReviews(20);
		this.server.respond((item) -> ItemServer.error(401, "Bad key"));
		GeminiBatch batch = batch();
		Job job = batch.partitionedJob("file", step(batch, input), new ItemRangePartitioner(() -> {
			counts.incrementAndGet();
			return 20;
		}), 3);
		assertThat(this.jobs.run(job).getStatus()).isEqualTo(BatchStatus.FAILED);
		this.server.respond((item) -> ItemServer.response("fine"));
		assertThat(this.jobs.run(job).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(outputs()).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20).boxed().toList());
		assertThat(counts).hasValue(1);
	}

	@Test
	void progressIncludesPartitionsThatHaveNotStarted() throws Exception {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		executor.setConcurrencyLimit(1);
		GeminiBatch batch = builder().partitionHandlers(new LocalPartitionHandlerFactory(executor)).build();
		Job job = partitionedJob(batch, writeReviews(40), 4);
		this.server.server.hold();
		CompletableFuture<JobExecution> execution = CompletableFuture.supplyAsync(() -> run(job));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.server.requestCount() == 8);
		assertThat(GeminiJobProgress.find(this.jobs.repository(), this.jobs.repository().getLastJobInstance("file")))
			.extracting(GeminiJobProgress::items, GeminiJobProgress::partitions, GeminiJobProgress::runningPartitions,
					(progress) -> progress.totals().succeeded())
			.containsExactly(40L, 4, 1, 0L);
		this.server.server.release();
		assertThat(execution.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void jobWithoutItemsCompletes() throws Exception {
		assertThat(this.jobs.run(partitionedJob(batch(), writeReviews(0), 4)).getStatus())
			.isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.server.callCount()).isZero();
	}

	@Test
	void stoppedBatchEndsItsStepsAndSavesItsJobs() throws Exception {
		this.server.holdAfter(40);
		GeminiBatch batch = batch();
		Job job = partitionedJob(batch, writeReviews(400), 2);
		CompletableFuture<JobExecution> execution = CompletableFuture.supplyAsync(() -> run(job));
		awaitCalls(40);
		batch.stop(Duration.ofSeconds(3));
		assertThat(this.jobs.repository().findRunningJobExecutions("file")).isEmpty();
		assertThat(execution.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.STOPPED);
	}

	@Test
	void timeToStopMayExceedTheRangeOfNanoseconds() throws Exception {
		GeminiBatch batch = batch();
		batch.stop(Duration.ofDays(999_999));
		assertThat(this.jobs.run(partitionedJob(batch, writeReviews(4), 2)).getStatus()).isEqualTo(BatchStatus.STOPPED);
	}

	@Test
	void stoppedBatchStopsAStepWithAProcessorAndRunsItAgainOnceStarted() throws Exception {
		GeminiBatch batch = batch();
		this.server.server.hold();
		ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();
		CompletableFuture<JobExecution> execution = CompletableFuture
			.supplyAsync(() -> run(this.jobs.job(processorStep(batch, written))));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.server.requestCount() == 10);
		// The time is up before the calls end: the step ends later, after its chunk
		batch.stop(Duration.ofMillis(1));
		this.server.server.release();
		assertThat(execution.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(written.getWrittenItems()).hasSize(10);

		assertThat(this.jobs.run(processorStep(batch, written)).getStatus()).isEqualTo(BatchStatus.STOPPED);
		batch.start();
		assertThat(this.jobs.run(processorStep(batch, written)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(written.getWrittenItems()).hasSize(25);
		assertThat(this.server.callCount()).isEqualTo(25);
	}

	@Test
	void partitionedJobIsStoppedAndContinued() throws Exception {
		Path input = writeReviews(400);
		this.server.holdAfter(60);
		Job job = partitionedJob(batch(), input, 2);
		CompletableFuture<JobExecution> execution = CompletableFuture.supplyAsync(() -> run(job));
		awaitCalls(60);
		this.jobs.operator().stop(this.jobs.repository().findRunningJobExecutions("file").iterator().next());
		this.server.release();
		assertThat(execution.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(outputs().size()).isLessThan(400);

		assertThat(this.jobs.run(job).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(outputs()).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 400).boxed().toList());
		assertThat(this.server.callCount()).isLessThanOrEqualTo(400 + 2 * (8 + 10));
	}

	private void awaitCalls(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.callCount() > count);
	}

	@Test
	void costOfTheJobIsTheSumOfItsCalls() throws Exception {
		GeminiCosts costs = new GeminiCosts();
		GeminiPrices prices = GeminiPrices
			.of(Map.of("*", ModelPrice.of(new BigDecimal("1000"), new BigDecimal("2000"))));
		GeminiBatch batch = GeminiBatch
			.builder(this.server.server.template(new GeminiCostFilter(prices, costs)), this.jobs.repository(),
					this.jobs.transactionManager())
			.build();
		JobExecution execution = this.jobs.run(partitionedJob(batch, writeReviews(50), 2));
		assertThat(progress(execution).totals().cost()).isPositive().isEqualByComparingTo(costs.total());
	}

	@Test
	void promptsOfAJobHaveItsBudgetKeyAndBackgroundPriority() throws Exception {
		ConcurrentLinkedQueue<String> options = new ConcurrentLinkedQueue<>();
		GeminiBatch batch = GeminiBatch.builder(this.server.server.template((exchange, next) -> {
			options.add(exchange.options().priority() + " " + exchange.options().budgetKeys());
			return next.exchange(exchange);
		}), this.jobs.repository(), this.jobs.transactionManager()).build();
		this.jobs.run(partitionedJob(batch, writeReviews(2), 1));
		assertThat(options).containsExactly("BACKGROUND {job=file}", "BACKGROUND {job=file}");
	}

	@Test
	void listenersAreNotifiedOfEachResult() throws Exception {
		ConcurrentLinkedQueue<String> results = new ConcurrentLinkedQueue<>();
		GeminiBatch batch = builder().itemListener((job, result) -> results.add(job + " " + result.index())).build();
		this.jobs.run(partitionedJob(batch, writeReviews(60), 1));
		assertThat(results).hasSize(60).contains("file 59");
	}

	@Test
	void processorSendsTheItemsOfAChunkTogether() throws Exception {
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.server.respond((item) -> {
			if (item.equals("item 9")) {
				last.complete(null);
			}
			if (item.equals("item 0")) {
				last.orTimeout(30, TimeUnit.SECONDS).join();
			}
			return item.equals("item 12") ? ItemServer.error(400, "Too odd") : ItemServer.response("fine");
		});
		ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();
		List<Long> results = new ArrayList<>();
		GeminiBatch batch = builder().itemListener((job, result) -> results.add(result.index())).build();
		JobExecution execution = this.jobs.run(processorStep(batch, written));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(results).containsExactlyElementsOf(LongStream.range(0, 25).boxed().toList());
		assertThat(written.getWrittenItems()).hasSize(25)
			.filteredOn(GeminiItemResult::hasFailed)
			.singleElement()
			.satisfies((result) -> assertThat(result.index()).isEqualTo(12));
		assertThat(GeminiItemTotals.of(execution.getStepExecutions().iterator().next()).succeeded()).isEqualTo(24);
	}

	@Test
	void processorFailsTheStepWithTheReason() throws Exception {
		this.server
			.respond((item) -> item.equals("item 12") ? ItemServer.error(401, "Bad key") : ItemServer.response("fine"));
		ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();
		JobExecution failed = this.jobs.run(processorStep(batch(), written));
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(failed.getStepExecutions().iterator().next().getExitStatus().getExitDescription())
			.contains("Bad key");
		this.server.respond((item) -> ItemServer.response("fine"));
		assertThat(this.jobs.run(processorStep(batch(), written)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyElementsOf(IntStream.range(0, 25).mapToObj((index) -> "item " + index).toList());
		assertThat(this.server.callCount()).isLessThanOrEqualTo(25 + 10);
	}

	private Step processorStep(GeminiBatch batch, ListItemWriter<GeminiItemResult<String, String>> written) {
		GeminiItemProcessor<String, String> processor = batch
			.processor((prompt, item) -> prompt.user(item).textAsync());
		return new StepBuilder("prompts", this.jobs.repository())
			.<String, CompletableFuture<GeminiItemResult<String, String>>>chunk(10)
			.transactionManager(this.jobs.transactionManager())
			.reader(new TestReader(25))
			.processor(processor)
			.writer(new GeminiFutureWriter<>(written))
			.build();
	}

	private GeminiBatch batch() {
		return builder().build();
	}

	private GeminiBatch.Builder builder() {
		return GeminiBatch
			.builder(this.server.server.template(), this.jobs.repository(), this.jobs.transactionManager())
			.settings(GeminiBatchSettings.DEFAULTS.withConcurrency(8).withChunkSize(10));
	}

	private Job partitionedJob(GeminiBatch batch, Path input, int partitions) {
		return batch.partitionedJob("file", step(batch, input),
				ItemRangePartitioner.counting(() -> reader(input, ItemRange.ALL)), partitions);
	}

	private Step step(GeminiBatch batch, Path input) {
		return batch.<Review, String>step("reviews")
			.reader((range) -> reader(input, range))
			.prompt((prompt, review) -> prompt.user(review.text()).textAsync())
			.writer((range) -> this.jsonLines
				.<GeminiItemResult<Review, String>>writer("out",
						new FileSystemResource(this.folder.resolve("out-%d.jsonl".formatted(range.first()))))
				.build())
			.build();
	}

	private FlatFileItemReader<Review> reader(Path input, ItemRange range) {
		return this.jsonLines.reader("in", new FileSystemResource(input), Review.class)
			.currentItemCount(range.first())
			.maxItemCount(range.end())
			.build();
	}

	private Path writeReviews(int count) throws IOException {
		return Files.write(this.folder.resolve("in.jsonl"),
				IntStream.range(0, count)
					.mapToObj((id) -> MAPPER.writeValueAsString(new Review(id, "text " + id)))
					.toList());
	}

	private List<Integer> outputs() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> file.getFileName().toString().startsWith("out-"))
				.flatMap(GeminiBatchTests::lines)
				.map((line) -> MAPPER.readTree(line).at("/item/id").asInt())
				.toList();
		}
	}

	private static Stream<String> lines(Path file) {
		try {
			return Files.readAllLines(file).stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private GeminiJobProgress progress(JobExecution execution) {
		return Objects.requireNonNull(GeminiJobProgress.find(this.jobs.repository(), execution.getJobInstance()));
	}

	private JobExecution run(Job job) {
		try {
			return this.jobs.run(job);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Review(int id, String text) {

	}

}
