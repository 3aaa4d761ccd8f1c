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

package com.cometapi.gemini.sample.aisdk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, in demo mode.
 */
@Tag("slow")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "COMETAPI_KEY=")
class PageTests {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Path BUNDLE = Path.of("target/page/page.js");

	@TempDir
	private static Path profile;

	private static ChromeDriver browser;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private GeminiStreams streams;

	@LocalServerPort
	private int port;

	@BeforeAll
	static void startBrowser() {
		Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
				() -> "The page is tested only where there are " + CHROMIUM + " and " + DRIVER);
		Assumptions.assumeTrue(Files.exists(BUNDLE), "The page is tested only where npm has bundled it");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM.toString());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1000,860", "--user-data-dir=" + profile);
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(new File(DRIVER.toString()))
			.usingAnyFreePort()
			.build(), options);
	}

	@AfterAll
	static void closeBrowser() {
		if (browser != null) {
			browser.quit();
		}
	}

	@BeforeEach
	void openPage() {
		browser.get("about:blank");
		this.streams.close();
		// Responses of an earlier test would otherwise be counted in this one
		awaitTrue(() -> this.streams.getRunningCount() == 0 && this.simulator.openCalls() == 0);
		this.simulator.reset();
		browser.get("http://localhost:" + this.port);
		await("#send");
		complaints();
	}

	@Test
	void approvedCallRunsAndTheResponseFollows() throws IOException {
		this.simulator.next().response(response(call("bookTable", Map.of("guests", 2))));
		this.simulator.next().text("Your table is booked.");

		ask("Book a table for two");
		await(".tool[data-state=approval-requested]");
		browser.findElement(By.cssSelector(".yes")).click();
		await(".tool[data-state=output-available]");
		awaitText("Your table is booked.");

		assertThat(texts(".tool").get(0)).contains("bookTable({\"guests\":2})", "T-2");
		assertThat(texts(".user")).containsExactly("Book a table for two");
		screenshot("approved");
		assertThat(complaints()).isEmpty();
	}

	@Test
	void whenPageIsReloadedBeforeACallIsApprovedThenTheQuestionIsThere() {
		this.simulator.next().response(response(call("bookTable", Map.of("guests", 2))));
		ask("Book a table for two");
		await(".yes");
		await("#send");
		browser.navigate().refresh();
		await(".user");

		assertThat(texts(".user")).containsExactly("Book a table for two");
	}

	@Test
	void refusedCallDoesNotRun() {
		this.simulator.next().response(response(call("bookTable", Map.of("guests", 2))));
		this.simulator.next().text("As you wish.");

		ask("Book a table for two");
		await(".no");
		browser.findElement(By.cssSelector(".no")).click();
		awaitText("As you wish.");

		assertThat(texts(".tool").get(0)).contains("Refused").doesNotContain("T-2");
	}

	@Test
	void simulatorShowsReasoningToolAndUsage() throws IOException {
		ask("What is the weather in Paris?");
		await(".tool[data-state=output-available]");
		await("small");
		await("#send");

		assertThat(texts(".tool").get(0)).contains("weather(", "sunny");
		assertThat(texts("small").get(0)).contains("tokens");
		screenshot("weather");
		assertThat(complaints()).isEmpty();
	}

	@Test
	void stopCancelsTheCallOfTheModel() {
		this.simulator.next().text("One two three four five six seven").stallAfterEvents(1);

		ask("Count");
		await(".assistant .text");
		browser.findElement(By.cssSelector("#stop")).click();
		await("#send");

		awaitTrue(() -> this.simulator.cancelledStreams() == 1);
	}

	@Test
	void whenStopOvertakesItsQuestionThenTheResponseIsCancelled() {
		Runnable undo = beforeEachDocument("""
				const real = window.fetch;
				const released = new Promise((resolve) => window.release = resolve);
				window.fetch = async (url, { signal, ...options } = {}) => {
					if (options.method !== 'POST') {
						const response = await real(url, { signal, ...options });
						window.stopped ||= options.method === 'DELETE';
						return response;
					}
					// A request that has been sent cannot be withdrawn
					const response = released.then(() => real(url, options));
					response.then(() => window.responded = true);
					return Promise.race([response, new Promise((resolve, reject) =>
							signal.addEventListener('abort', () => reject(signal.reason)))]);
				};
				""");
		try {
			browser.navigate().refresh();
			await("#send");
			this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
			ask("Count");
			await("#stop");
			browser.findElement(By.cssSelector("#stop")).click();
			awaitTrue(() -> (Boolean) browser.executeScript("return Boolean(window.stopped)"));
			browser.executeScript("window.release()");
			awaitTrue(() -> (Boolean) browser.executeScript("return Boolean(window.responded)"));

			awaitTrue(() -> this.streams.getRunningCount() == 0);
			await("#send");
		}
		finally {
			undo.run();
		}
	}

	@Test
	void whenQuestionFailsThenItIsThereAfterAReloadAndCanBeAskedAgain() {
		this.simulator.next().error(400, "secret");
		ask("Count");
		await("[role=alert]");
		browser.navigate().refresh();
		await("#regenerate");
		assertThat(texts(".user")).containsExactly("Count");
		this.simulator.next().text("One.");
		browser.findElement(By.cssSelector("#regenerate")).click();
		awaitText("One.");
		await("#send");
		browser.navigate().refresh();
		awaitText("One.");

		assertThat(texts(".text")).containsExactly("Count", "One.");
	}

	@Test
	void whenConnectionIsLostThenTheQuestionIsThereAfterAReload() {
		Runnable undo = beforeEachDocument(
				"""
						const real = window.fetch;
						window.fetch = async (url, options) => {
							const response = await real(url, options);
							return (options?.method !== 'POST') ? response : new Response(response.body.pipeThrough(new TransformStream({
								start: (controller) => window.lose = () => controller.error(new TypeError('network error'))
							})), response);
						};
						""");
		try {
			browser.navigate().refresh();
			await("#send");
			this.simulator.next().text("One two three").stallAfterEvents(1);
			ask("Count");
			await(".assistant .text");
			browser.executeScript("window.lose()");
			await("[role=alert]");
		}
		finally {
			undo.run();
		}
		browser.navigate().refresh();
		await(".assistant .text");

		assertThat(texts(".user")).containsExactly("Count");
	}

	@Test
	void whenPageIsReloadedWhileAResponseIsReplacedThenTheQuestionIsThere() {
		this.simulator.next().text("First.");
		this.simulator.next().text("One two three").stallAfterEvents(1);
		ask("Count");
		awaitText("First.");
		await("#regenerate");
		browser.findElement(By.cssSelector("#regenerate")).click();
		awaitTrue(() -> texts(".assistant .text").get(0).startsWith("One"));
		browser.navigate().refresh();
		awaitTrue(() -> texts(".assistant .text").get(0).startsWith("One"));

		assertThat(texts(".user")).containsExactly("Count");
	}

	@Test
	void whenPageIsReloadedAfterFunctionCallsThenTheNextQuestionIsThere() {
		this.simulator.next().response(response(Part.text("Let me look."), call("weather", Map.of("city", "Paris"))));
		this.simulator.next().text("It is sunny.");
		this.simulator.next().text("One two three").stallAfterEvents(1);
		ask("Weather?");
		awaitText("It is sunny.");
		await("#send");
		ask("Count");
		awaitTrue(() -> texts(".assistant:last-of-type .text").get(0).startsWith("One"));
		browser.navigate().refresh();
		awaitTrue(() -> texts(".assistant:last-of-type .text").get(0).startsWith("One"));

		assertThat(texts(".user")).containsExactly("Weather?", "Count");
	}

	@Test
	void responseGoesOnWhenThePageIsReloaded() {
		this.simulator.next().text("One two three four five six seven eight nine ten").pace(Duration.ofMillis(500));

		ask("Count");
		await(".assistant .text");
		browser.navigate().refresh();
		awaitText("One two three four five six seven eight nine ten");
		await("#send");

		assertThat(texts(".text")).containsExactly("Count", "One two three four five six seven eight nine ten");
		assertThat(this.simulator.requests()).hasSize(1);
		browser.navigate().refresh();
		awaitText("One two three four five six seven eight nine ten");
		assertThat(texts(".text")).containsExactly("Count", "One two three four five six seven eight nine ten");
		assertThat(complaints()).isEmpty();
	}

	@Test
	void whenPageStillLooksForAResponseThenTheQuestionStaysInTheComposer() {
		Runnable undo = beforeEachDocument("""
				const real = window.fetch;
				const released = new Promise((resolve) => window.release = resolve);
				window.fetch = async (url, options) => {
					if (url.endsWith('/stream')) {
						await released;
					}
					return real(url, options);
				};
				""");
		try {
			browser.navigate().refresh();
			await("#stop");
			ask("Count");
			assertThat(browser.findElements(By.cssSelector(".user, [role=status]"))).isEmpty();
			browser.executeScript("window.release()");
			await("#send");
		}
		finally {
			undo.run();
		}
		this.simulator.next().text("One.");
		browser.findElement(By.cssSelector("#send")).click();
		awaitText("One.");

		assertThat(texts(".user")).containsExactly("Count");
	}

	@Test
	void responseIsReplaced() {
		this.simulator.next().text("First.");
		this.simulator.next().text("Second.");

		ask("Count");
		awaitText("First.");
		await("#regenerate");
		browser.findElement(By.cssSelector("#regenerate")).click();
		awaitText("Second.");

		assertThat(texts(".text")).containsExactly("Count", "Second.");
		assertThat(this.simulator.requests().get(1).body()).doesNotContain("First.");
	}

	@Test
	void errorIsShown() {
		this.simulator.next().error(400, "secret");

		ask("Count");
		await("[role=alert]");

		assertThat(texts("[role=alert]").get(0)).isNotEmpty().doesNotContain("secret");
	}

	private static void ask(String question) {
		browser.findElement(By.cssSelector("#question")).sendKeys(question, Keys.ENTER);
	}

	private static void await(String selector) {
		awaitTrue(() -> browser.findElement(By.cssSelector(selector)).isDisplayed());
	}

	private static void awaitText(String text) {
		awaitTrue(() -> texts(".text").contains(text));
	}

	private static void awaitTrue(Callable<Boolean> condition) {
		patiently().ignoreExceptions().until(condition);
	}

	// The page may replace an element after it was found
	private static List<String> texts(String selector) {
		return patiently().ignoreException(StaleElementReferenceException.class)
			.until(() -> browser.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList(),
					(texts) -> true);
	}

	// In the thread of the test, since the driver takes one command at a time
	private static ConditionFactory patiently() {
		return Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(90));
	}

	private static Runnable beforeEachDocument(String script) {
		Object id = browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
			.get("identifier");
		return () -> browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
	}

	private static List<String> complaints() {
		return browser.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	private static void screenshot(String name) throws IOException {
		Path directory = Files.createDirectories(Path.of("target/screenshots"));
		Files.write(directory.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
	}

	private static Part call(String name, Map<String, Object> args) {
		// Gemini 3 signs its calls, and wants the signature back
		return Part.functionCall(FunctionCall.of(name, args)).toBuilder().thoughtSignature("c2ln").build();
	}

	private static GenerateContentResponse response(Part... parts) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(parts)).finishReason(FinishReason.STOP).build())
			.build();
	}

}
