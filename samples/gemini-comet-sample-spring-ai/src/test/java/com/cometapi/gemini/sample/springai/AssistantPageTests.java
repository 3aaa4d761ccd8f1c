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

package com.cometapi.gemini.sample.springai;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;

import com.cometapi.gemini.test.GeminiSimulator;
import org.awaitility.Awaitility;
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
 * Tests of the page in a browser, in demo mode.
 */
@Tag("slow")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=", "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
class AssistantPageTests {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static ChromeDriver driver;

	@LocalServerPort
	private int port;

	@Autowired
	private GeminiSimulator simulator;

	@BeforeAll
	static void startBrowser(@TempDir Path profile) {
		Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
				() -> "The page is tested only where there are " + CHROMIUM + " and " + DRIVER);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM.toString());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1280,860", "--user-data-dir=" + profile);
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(new File(DRIVER.toString()))
			.usingAnyFreePort()
			.build(), options);
	}

	@AfterAll
	static void closeBrowser() {
		if (driver != null) {
			driver.quit();
		}
	}

	@BeforeEach
	void openEmptyPage() {
		this.simulator.reset();
		driver.get("http://localhost:" + this.port + "/comet.svg");
		driver.executeScript("localStorage.clear()");
		openPage();
	}

	@Test
	void visitorClicksFromAnIdeaToThePassage() throws IOException {
		assertThat(text("#badge")).startsWith("Demo mode");
		assertThat(findAll("#shelf button")).hasSize(6);
		saveScreenshot("welcome.png");

		find("[data-idea^='What does']").click();
		awaitAnswers(1);
		assertThat(text(".answer .body")).startsWith("This is a simulated answer.")
			.contains("12 euro")
			.endsWith("tickets");
		assertThat(text(".answer .sources li")).isEqualTo("Tickets");

		find(".answer .cite").click();
		await(() -> find("#document").isDisplayed());
		assertThat(text("#document-title")).isEqualTo("Tickets");
		assertThat(text("#document-text")).startsWith("An adult pays 12 euro");
		saveScreenshot("passage.png");
		find("#document button").click();
		await(() -> !find("#document").isDisplayed());

		ask("Will the sky be clear tonight?");
		awaitAnswers(2);
		assertThat(text(".answer .call")).contains("sky_forecast", "tonight");
		assertThat(findAll(".answer").get(1).getText()).contains("The tool says");
		assertThat(complaints()).isEmpty();
		saveScreenshot("conversation.png");
	}

	@Test
	void conversationIsThereAgainUntilANewOneIsStarted() {
		ask("What does an adult pay?");
		awaitAnswers(1);

		openPage();
		awaitAnswers(1);
		assertThat(text(".question")).isEqualTo("What does an adult pay?");
		assertThat(text(".answer .cite")).isEqualTo("tickets");

		find("#new-chat").click();
		await(() -> find("#welcome").isDisplayed() && findAll(".turn").isEmpty());
		openPage();
		assertThat(findAll(".turn")).isEmpty();
		assertThat(complaints()).isEmpty();
	}

	@Test
	void scriptsOfTheModelAreNeverRun() {
		this.simulator.next()
			.text("""
					<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"> [link](javascript:window.hacked=3)
					[tickets] and [unknown] <button class="cite">send</button>
					""");
		ask("What does an adult pay?");
		awaitAnswers(1);
		assertThat(driver.executeScript("return window.hacked")).isNull();
		assertThat(findAll(".body :is(script, img, form, [onerror], [href^=javascript])")).isEmpty();
		assertThat(findAll(".body button")).singleElement()
			.satisfies((cite) -> assertThat(cite.getText()).isEqualTo("tickets"));
		assertThat(text(".body")).contains("[unknown]");
	}

	@Test
	void failureIsShown() {
		this.simulator.next().error(400);
		ask("What does an adult pay?");
		awaitAnswers(1);
		assertThat(text(".failure")).isNotEmpty();
		assertThat(find("#send").isDisplayed()).isTrue();
	}

	private void openPage() {
		driver.get("http://localhost:" + this.port);
		await(() -> !text("#badge").isEmpty());
		complaints();
	}

	private static void ask(String question) {
		find("#question").sendKeys(question, Keys.ENTER);
	}

	private static void awaitAnswers(int count) {
		await(() -> findAll(".answer[aria-busy=false]").size() == count && find("#send").isDisplayed());
	}

	// In the thread of the test, since the driver takes one command at a time
	private static void await(Supplier<Boolean> condition) {
		Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(90))
			.ignoreExceptions()
			.until(condition::get);
	}

	private static WebElement find(String selector) {
		return driver.findElement(By.cssSelector(selector));
	}

	private static List<WebElement> findAll(String selector) {
		return driver.findElements(By.cssSelector(selector));
	}

	private static String text(String selector) {
		return find(selector).getText();
	}

	private static List<String> complaints() {
		return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	private static void saveScreenshot(String name) throws IOException {
		Files.write(Path.of("target", name), driver.getScreenshotAs(OutputType.BYTES));
	}

}
