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

package com.cometapi.gemini.sample.chat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * A headless Chromium, with the operations and queries that the tests need.
 */
final class Browser {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	/**
	 * Time limit for conditions that usually hold after a moment, for slow and busy
	 * machines.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	// Evaluated by the page in one step, since an element that was found may be removed.
	private static final String IS_SHOWN = """
			const isShown = (selector) => [...document.querySelectorAll(selector)].some((element) =>
					element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0);
			""";

	private static final Supplier<String> AXE = SingletonSupplier.of(Browser::readAxe);

	private static final Supplier<Browser> SHARED = SingletonSupplier.of(Browser::startShared);

	private final Path profile;

	private final ChromeDriver driver;

	private Browser(Path profile, ChromeDriver driver) {
		this.profile = profile;
		this.driver = driver;
	}

	void open(String url) {
		this.driver.get(url);
	}

	void resize(int width, int height) {
		this.driver.manage().window().setSize(new Dimension(width, height));
	}

	void type(String selector, CharSequence... keys) {
		find(selector).sendKeys(keys);
	}

	void ask(String question) {
		type("#question", question, Keys.ENTER);
	}

	void click(String selector) {
		find(selector).click();
	}

	/**
	 * Switch a feature on or off in the menu of tools.
	 * @param feature the value of the check box
	 */
	void toggle(String feature) {
		inTools(() -> find("#tools label:has([value=" + feature + "])").click());
	}

	/**
	 * Choose from a list in the menu of tools.
	 */
	void selectTool(String selector, String text) {
		inTools(() -> select(selector, text));
	}

	private void inTools(Runnable work) {
		click("#open-tools");
		work.run();
		click("#open-tools");
	}

	/**
	 * Choose from the menu of the newest conversation.
	 * @param item the class of the item
	 */
	void chooseForChat(String item) {
		click("#chat-list li:first-child .more");
		click("#chat-list li:first-child .menu ." + item);
	}

	void select(String selector, String text) {
		find(selector).findElements(By.tagName("option"))
			.stream()
			.filter((option) -> option.getText().equals(text))
			.findFirst()
			.orElseThrow()
			.click();
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	String text(String selector) {
		return read(() -> find(selector).getText());
	}

	List<String> texts(String selector) {
		return read(() -> findAll(selector).stream().map(WebElement::getText).toList());
	}

	// The page may replace an element after it was found.
	private static <T> T read(Supplier<T> reader) {
		return patiently().ignoreException(StaleElementReferenceException.class).until(reader::get, (value) -> true);
	}

	/**
	 * Open another tab and go there.
	 * @return the tab that was left
	 */
	String openTab() {
		String left = this.driver.getWindowHandle();
		this.driver.switchTo().newWindow(WindowType.TAB);
		return left;
	}

	/**
	 * Close this tab and go to another one.
	 */
	void closeTab(String other) {
		this.driver.close();
		this.driver.switchTo().window(other);
	}

	void refresh() {
		this.driver.navigate().refresh();
	}

	/**
	 * Cut the browser off from all servers, or connect it again.
	 */
	void setOffline(boolean offline) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	/**
	 * Run a script in each document before its own scripts.
	 * @return an action that removes the script again
	 */
	Runnable beforeEachDocument(String script) {
		Object id = this.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
			.get("identifier");
		return () -> this.driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument",
				Map.of("identifier", id));
	}

	/**
	 * Let timers of the page expire after 50 ms until it is loaded again, so that no test
	 * waits for them.
	 * @param delay the delay of the timers, in milliseconds
	 */
	void hasten(int delay) {
		run("""
				const real = window.setTimeout;
				window.setTimeout = (work, delay, ...more) => real(work, (delay === %d) ? 50 : delay, ...more);
				""".formatted(delay));
	}

	/**
	 * Let the page wait for its database, as when another tab is using it.
	 */
	void holdDatabase() {
		runAsync(
				"""
						const done = arguments[0];
						const request = indexedDB.open('chat', 1);
						request.onupgradeneeded = () => request.result.createObjectStore('unfinished');
						request.onsuccess = () => {
							const store = request.result.transaction('unfinished', 'readwrite').objectStore('unfinished');
							window.databaseHeld = true;
							const goOn = () => window.databaseHeld ? store.get('nothing').onsuccess = goOn : request.result.close();
							goOn();
							done();
						};
						""");
	}

	void releaseDatabase() {
		run("window.databaseHeld = false");
	}

	/**
	 * Return how many listeners the window has.
	 * @param type the type of the events
	 * @return the number
	 */
	@SuppressWarnings("unchecked")
	long countListeners(String type) {
		Map<String, Object> evaluation = this.driver.executeCdpCommand("Runtime.evaluate",
				Map.of("expression", "window"));
		Object window = ((Map<String, Object>) evaluation.get("result")).get("objectId");
		Map<String, Object> found = this.driver.executeCdpCommand("DOMDebugger.getEventListeners",
				Map.of("objectId", window));
		return ((List<Map<String, Object>>) found.get("listeners")).stream()
			.filter((listener) -> listener.get("type").equals(type))
			.count();
	}

	/**
	 * Prefer another language from the next document on.
	 */
	void setLanguage(String language) {
		this.driver.executeCdpCommand("Network.setUserAgentOverride",
				Map.of("userAgent", run("return navigator.userAgent"), "acceptLanguage", language));
	}

	void setDark(boolean dark) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
				List.of(Map.of("name", "prefers-color-scheme", "value", (dark) ? "dark" : "light"))));
	}

	/**
	 * Show the page in a viewport of this size, which may be smaller than a window can
	 * be.
	 */
	void setViewport(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void resetEmulation() {
		this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		setDark(false);
	}

	/**
	 * Return the violations that axe-core finds.
	 * @return a line for each violation
	 */
	List<String> accessibilityViolations() {
		return violations("rules: { 'target-size': { enabled: true } }");
	}

	/**
	 * Return the violations that axe-core finds in the colours, the only difference
	 * between light and dark.
	 * @return a line for each violation
	 */
	List<String> colourViolations() {
		return violations("runOnly: ['color-contrast', 'link-in-text-block']");
	}

	@SuppressWarnings("unchecked")
	private List<String> violations(String options) {
		if (!(Boolean) run("return 'axe' in window")) {
			run(AXE.get());
		}
		return (List<String>) runAsync(
				"""
						const done = arguments[0];
						axe.run(document, { %s, resultTypes: ['violations'] }).then(({ violations }) => done(violations.flatMap(
								({ id, nodes }) => nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`))));
						"""
					.formatted(options));
	}

	/**
	 * Return the clickable elements that are less than 24 pixels wide or high. A link
	 * within a sentence may be as high as its line.
	 * @return a line for each target
	 */
	@SuppressWarnings("unchecked")
	List<String> smallTargets() {
		return (List<String>) run(
				"""
						return [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
							.map((target) => target.closest('label') ?? target)
							.filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest('.prose'))
							.map((target) => [target, target.getBoundingClientRect()])
							.filter(([, { width, height }]) => Math.min(width, height) < 24)
							.map(([{ outerHTML }, { width, height }]) => `${width} x ${height}: ${outerHTML.slice(0, 80)}`);
						""");
	}

	/**
	 * Cut the page off from the application without the browser being offline, or connect
	 * it again.
	 */
	void setServerGone(boolean gone) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.setBlockedURLs",
				Map.of("urls", (gone) ? List.of("*/api/*", "*/actuator/*") : List.of()));
	}

	/**
	 * Return which element has the focus.
	 * @return its id or else its class, {@code body} if none has it
	 */
	String focused() {
		return (String) run(
				"const { id, className, localName } = document.activeElement; return id || className || localName");
	}

	/**
	 * Return whether a visitor sees one of the elements at this moment, or could by
	 * scrolling.
	 */
	boolean isShown(String selector) {
		return (Boolean) run(IS_SHOWN + "return isShown(arguments[0])", selector);
	}

	Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	Object runAsync(String script) {
		return this.driver.executeAsyncScript(script);
	}

	void await(Supplier<Boolean> condition) {
		try {
			patiently().ignoreExceptions().until(condition::get);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("Not within " + PATIENCE.toSeconds() + " s, the page shows: "
					+ run("return document.body.innerText"), ex);
		}
	}

	/**
	 * Wait until assertions hold, such as those about a layout that the page makes with
	 * its next frame.
	 */
	void awaitAsserted(Runnable assertions) {
		patiently().untilAsserted(assertions::run);
	}

	/**
	 * Wait for the end of an answer that the page may not have asked for yet.
	 */
	void awaitAnswer(String text) {
		await(() -> texts(".answer .body").contains(text));
		awaitAnswer();
	}

	void awaitAnswer() {
		await(() -> (Boolean) run(IS_SHOWN + "return isShown('.answer[aria-busy=false]')"
				+ " && !isShown('.answer[aria-busy=true]') && isShown('#send')"));
	}

	// In the thread of the test, since the driver takes one command at a time
	private static ConditionFactory patiently() {
		return Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(50))
			.atMost(PATIENCE);
	}

	/**
	 * Return the messages in the console of the browser since the last call.
	 * @return the entries of the console
	 */
	List<String> complaints() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	void saveScreenshot(Path file) throws IOException {
		Files.createDirectories(file.getParent());
		Object png = this.driver.executeCdpCommand("Page.captureScreenshot", Map.of("optimizeForSpeed", true))
			.get("data");
		Files.write(file, Base64.getDecoder().decode((String) png));
	}

	private void close() {
		this.driver.quit();
		try {
			FileSystemUtils.deleteRecursively(this.profile);
		}
		catch (IOException ex) {
			// The last process of the browser is still writing.
		}
	}

	private static String readAxe() {
		try {
			return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the browser that all tests of this JVM share, since one that starts takes
	 * more time than most tests, or skip the tests where there is none.
	 */
	static Browser shared() {
		return SHARED.get();
	}

	private static Browser startShared() {
		try {
			Browser browser = start();
			Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
			return browser;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Browser start() throws IOException {
		Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
				() -> "The page is tested only where there are " + CHROMIUM + " and " + DRIVER);
		Path profile = Files.createTempDirectory("chromium");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM.toString());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1280,860", "--lang=en-US", "--accept-lang=en-US", "--user-data-dir=" + profile);
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(new File(DRIVER.toString()))
			.usingAnyFreePort()
			.build();
		return new Browser(profile, new ChromeDriver(service, options));
	}

}
