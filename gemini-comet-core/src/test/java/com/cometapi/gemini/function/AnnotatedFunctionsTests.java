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

package com.cometapi.gemini.function;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.function.annotation.GeminiFunctionParam;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AnnotatedFunctionsTests {

	private final GeminiFunctions functions = GeminiFunctions.create(JsonMapper.builder().build());

	@Test
	void methodsAreDeclaredWithNamesDescriptionsAndRequiredParameters() {
		List<FunctionDeclaration> declarations = this.functions.runner(this.functions.of(new Travel())).declarations();
		assertThat(declarations).extracting(FunctionDeclaration::name).containsExactly("book_trip", "now", "whoAmI");
		FunctionDeclaration book = declarations.get(0);
		assertThat(book.description()).isEqualTo("Books a trip");
		JsonNode parameters = JsonMapper.builder().build().valueToTree(book.parametersJsonSchema());
		assertThat(parameters.get("properties").propertyNames()).containsExactly("from", "to", "day", "travellers",
				"classes", "extras", "note", "seats", "budget");
		assertThat(parameters.get("required").valueStream().map(JsonNode::asString)).containsExactly("from", "to",
				"day", "travellers", "classes", "extras");
		assertThat(parameters.at("/properties/to/description").asString()).isEqualTo("Where to");
		assertThat(declarations.get(1).parameters()).isNull();
		assertThat(declarations.get(1).parametersJsonSchema()).isNull();
		assertThat(declarations.get(2).parameters()).isNull();
	}

	@Test
	void argumentsAreConvertedToTheTypesOfTheParameters() {
		Map<String, Object> args = Map.of("from", Map.of("name", "Bonn", "zip", 53111), "to", "Paris", "day",
				"2026-11-22", "travellers", List.of(Map.of("name", "Jo", "birth", "2000-01-01")), "classes",
				Map.of("train", "FIRST"), "extras", List.of("wifi"), "note", "window", "seats", 3);
		assertThat(call(new Travel(), "book_trip", args)).isEqualTo(Map.of("output",
				"Bonn 53111 Paris 2026-11-22 Jo 2000-01-01 {train=FIRST} [wifi] Optional[window] 3 null jo"));
	}

	@Test
	void absentArgumentGetsItsDefault() {
		Map<String, Object> args = Map.of("from", Map.of("name", "Bonn", "zip", 53111), "to", "Paris", "day",
				"2026-11-22", "travellers", List.of(), "classes", Map.of(), "extras", List.of());
		assertThat(call(new Travel(), "book_trip", args))
			.isEqualTo(Map.of("output", "Bonn 53111 Paris 2026-11-22 {} [] Optional.empty 2 null jo"));
	}

	@Test
	void optionalNumbersMayBeLeftOut() {
		assertThat(call(new Numbers(), "add", Map.of())).isEqualTo(Map.of("output", "none"));
		assertThat(call(new Numbers(), "add", Map.of("count", 2, "size", 3, "share", 0.5)))
			.isEqualTo(Map.of("output", "2 3 0.5"));
	}

	@Test
	void defaultsAreReadByAMapperThatTakesNoTextsForNumbers() {
		GeminiFunctions strict = GeminiFunctions
			.create(JsonMapper.builder().disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build());
		assertThat(call(strict.runner(strict.of(new Defaults())), "take", Map.of()))
			.isEqualTo(Map.of("output", "2 -0.5 true OptionalLong[7] 2026-11-22 2026"));
	}

	@Test
	void missingOrInvalidArgumentIsReportedWithItsPath() {
		assertThat(call(new Travel(), "book_trip", Map.of())).isEqualTo(Map.of("error",
				"Invalid arguments: 'from' is missing; 'to' is missing; 'day' is missing; 'travellers' is missing;"
						+ " 'classes' is missing; 'extras' is missing"));
		Map<String, Object> args = new LinkedHashMap<>();
		args.put("from", Map.of("zip", "x"));
		args.put("travellers", List.of(Map.of("name", "Jo")));
		args.put("classes", Map.of("train", 0));
		args.putAll(Map.of("to", "Paris", "day", "2026-11-22", "extras", List.of()));
		assertThat(call(new Travel(), "book_trip", args)).isEqualTo(Map
			.of("error", "Invalid arguments: 'from.name' is missing; 'from.zip' must be an integer, but was \"x\";"
					+ " 'travellers[0].birth' is missing; 'classes.train' must be one of FIRST, SECOND, but was 0"));
	}

	@Test
	void argumentsAreNotCoerced() {
		Map<String, Object> args = new LinkedHashMap<>();
		args.put("from", Map.of("name", "Bonn", "zip", 53111.5));
		args.put("travellers", List.of(Map.of("name", "Jo", "birth", "")));
		args.put("classes", Map.of("train", "1"));
		args.put("extras", List.of(1));
		args.put("note", 5);
		args.put("seats", 5.99);
		args.put("budget", "");
		args.putAll(Map.of("to", "Paris", "day", "20000"));
		assertThat(call(new Travel(), "book_trip", args)).isEqualTo(Map.of("error",
				"Invalid arguments: 'from.zip' must be an integer, but was 53111.5; "
						+ "'travellers[0].birth' must be a text of the format date, but was \"\"; "
						+ "'classes.train' must be one of FIRST, SECOND, but was \"1\"; "
						+ "'extras[0]' must be a text, but was 1; 'note' must be a text, but was 5; "
						+ "'seats' must be an integer, but was 5.99; 'budget' must be a number, but was \"\"; "
						+ "'day' must be a text of the format date, but was \"20000\""));
	}

	@Test
	void numbersOfArgumentsAreExact() {
		Map<String, Object> args = Map.of("from", Map.of("name", "Bonn", "zip", 53111.0), "to", "Paris", "day",
				"2026-11-22", "travellers", List.of(), "classes", Map.of(), "extras", List.of(), "seats", 1e1);
		assertThat(call(new Travel(), "book_trip", args))
			.isEqualTo(Map.of("output", "Bonn 53111 Paris 2026-11-22 {} [] Optional.empty 10 null jo"));
	}

	@Test
	void reactiveMethodIsNotBlocking() {
		List<GeminiFunctionCallback> found = this.functions.of(new Travel());
		assertThat(found).extracting(GeminiFunctionCallback::isBlocking).containsExactly(true, false, true);
		assertThat(call(new Travel(), "now", Map.of())).isEqualTo(Map.of("output", "noon"));
	}

	@Test
	void constraintsAreCheckedBeforeTheMethodRuns() {
		try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
			GeminiFunctions validating = GeminiFunctions.builder(JsonMapper.builder().build())
				.validator(factory.getValidator())
				.build();
			Constrained bean = new Constrained();
			GeminiFunctionRunner runner = validating.runner(validating.of(bean));
			assertThat(call(runner, "order", Map.of("what", " ", "count", 1)))
				.isEqualTo(Map.of("error", "Invalid arguments: what must not be blank"));
			assertThat(call(runner, "order", Map.of("what", "tea", "count", 11)))
				.isEqualTo(Map.of("error", "Invalid arguments: count must be less than or equal to 10"));
			assertThat(call(runner, "send", Map.of("address", Map.of("street", "too long a street"))))
				.isEqualTo(Map.of("error", "Invalid arguments: address.street size must be between 0 and 5"));
			assertThat(bean.runs).isZero();
			assertThat(call(runner, "order", Map.of("what", "tea", "count", 10))).isEqualTo(Map.of("output", 1));
			GeminiFunctionCallback typed = GeminiFunctionCallback.of("send", "A test", Address.class, Address::street);
			assertThat(call(validating.runner(List.of(typed)), "send", Map.of("street", "too long a street")))
				.isEqualTo(Map.of("error", "Invalid arguments: street size must be between 0 and 5"));
		}
	}

	@Test
	void methodsAreCalledThroughTheProxyOfTheirBean() {
		for (boolean proxyTargetClass : new boolean[] { true, false }) {
			ProxyFactory factory = new ProxyFactory(new Greeter());
			factory.setProxyTargetClass(proxyTargetClass);
			factory.addAdvice((org.aopalliance.intercept.MethodInterceptor) (call) -> call.proceed() + " (advised)");
			assertThat(call(factory.getProxy(), "greet", Map.of("who", "Jo")))
				.isEqualTo(Map.of("output", "Hi Jo (advised)"));
		}
	}

	@Test
	void errorOfAMethodIsTheCauseOfTheFailure() {
		GeminiFunctionRunner runner = this.functions.runner(this.functions.of(new Throwing()));
		GeminiFunctionRunner failing = runner.withSettings(runner.settings().toBuilder().onError(OnError.FAIL).build());
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> failing.run(List.of(FunctionCall.of("fail", Map.of()))).block(Duration.ofSeconds(30)))
			.withCause(Throwing.ERROR);
	}

	@Test
	void methodThatTheProxyDoesNotExposeIsRefused() {
		ProxyFactory factory = new ProxyFactory(new Hidden());
		assertThatIllegalStateException().isThrownBy(() -> this.functions.of(factory.getProxy()))
			.withMessageContaining("secret");
	}

	@Test
	void methodThatTheProxyCannotInterceptIsRefused() {
		ProxyFactory factory = new ProxyFactory(new Final());
		factory.setProxyTargetClass(true);
		assertRefused(factory.getProxy(), "it is final");
		assertThat(call(new Final(), "fixed", Map.of())).isEqualTo(Map.of("output", "x"));
	}

	@Test
	void methodsThatCannotBeFunctionsAreRefused() {
		assertRefused(new Object(), "has no method with @GeminiFunction");
		assertRefused(Travel.class, "Pass the bean");
		assertRefused(new PrivateMethod(), "must not be private");
		assertRefused(new StaticMethod(), "must not be static");
		assertRefused(new BadName(), "'no way' is not a valid function name");
		assertRefused(new BadDefault(), "The default value 'many' of the parameter 'count' does not fit its type int");
		assertRefused(new OptionalPrimitive(), "give it a default value");
		assertRefused(new Generic<String>(), "is not known at runtime");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.functions.runner(this.functions.of(new Overloaded())))
			.withMessage("There are two functions named 'same'");
	}

	private void assertRefused(Object bean, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.of(bean)).withMessageContaining(message);
	}

	@Test
	void whenParametersHaveNoNamesThenTheMessageSaysWhatToDo(@TempDir Path directory) throws Exception {
		String source = """
				public class Nameless {
					@com.cometapi.gemini.function.annotation.GeminiFunction
					public String echo(String text) { return text; }
				}""";
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		SimpleJavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Nameless.java"), Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return source;
			}

		};
		compiler
			.getTask(null, null, null,
					List.of("-proc:none", "-d", directory.toString(), "-classpath",
							System.getProperty("java.class.path")),
					null, List.of(file))
			.call();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			Object bean = loader.loadClass("Nameless").getConstructor().newInstance();
			assertRefused(bean, "compile with the option '-parameters' or name it with @GeminiFunctionParam");
		}
	}

	private Map<String, Object> call(Object bean, String name, Map<String, Object> args) {
		GeminiFunctionRunner runner = this.functions.runner(this.functions.of(bean))
			.withContext(GeminiFunctionContext.of("user", "jo"));
		return call(runner, name, args);
	}

	private static Map<String, Object> call(GeminiFunctionRunner runner, String name, Map<String, Object> args) {
		return runner.run(List.of(FunctionCall.of(name, args)))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
	}

	enum Comfort {

		FIRST, SECOND

	}

	record Place(String name, int zip) {

	}

	record Traveller(String name, LocalDate birth) {

		@Override
		public String toString() {
			return this.name + " " + this.birth;
		}

	}

	record Address(@Size(max = 5) String street) {

	}

	static class Travel {

		@GeminiFunction(name = "book_trip", description = "Books a trip")
		String book(Place from, @GeminiFunctionParam(description = "Where to") String to, LocalDate day,
				List<Traveller> travellers, Map<String, Comfort> classes, List<String> extras, Optional<String> note,
				@GeminiFunctionParam(name = "seats", defaultValue = "2") int seatCount, @Nullable Double budget,
				GeminiFunctionContext context) {
			StringBuilder people = new StringBuilder();
			travellers.forEach((traveller) -> people.append(traveller).append(' '));
			return "%s %d %s %s %s%s %s %s %d %s %s".formatted(from.name(), from.zip(), to, day, people, classes,
					extras, note, seatCount, budget, context.getRequired("user", String.class));
		}

		@GeminiFunction
		String whoAmI(GeminiFunctionContext context) {
			return context.getRequired("user", String.class);
		}

		@GeminiFunction
		Mono<String> now() {
			return Mono.just("noon");
		}

		String other() {
			return "";
		}

	}

	static class Constrained {

		private int runs;

		@GeminiFunction
		int order(@NotBlank @GeminiFunctionParam(name = "what") String item, @Max(10) int count) {
			return ++this.runs;
		}

		@GeminiFunction
		int send(Address address) {
			return ++this.runs;
		}

	}

	interface Greeting {

		@GeminiFunction
		String greet(@GeminiFunctionParam(name = "who") String name);

	}

	static class Greeter implements Greeting {

		@Override
		public String greet(String name) {
			return "Hi " + name;
		}

	}

	static class Hidden implements Runnable {

		@Override
		public void run() {
		}

		@GeminiFunction
		String secret() {
			return "";
		}

	}

	static class Final {

		@GeminiFunction
		final String fixed() {
			return "x";
		}

	}

	static class Throwing {

		static final Error ERROR = new AssertionError("broken");

		@GeminiFunction
		String fail() {
			throw ERROR;
		}

	}

	static class PrivateMethod {

		@GeminiFunction
		private String hidden() {
			return "";
		}

	}

	static class StaticMethod {

		@GeminiFunction
		static String shared() {
			return "";
		}

	}

	static class BadName {

		@GeminiFunction("no way")
		String named() {
			return "";
		}

	}

	static class BadDefault {

		@GeminiFunction
		String take(@GeminiFunctionParam(defaultValue = "many") int count) {
			return "";
		}

	}

	static class Defaults {

		@GeminiFunction
		String take(@GeminiFunctionParam(defaultValue = "2") int count,
				@GeminiFunctionParam(defaultValue = "-0.5") Double share,
				@GeminiFunctionParam(defaultValue = "true") boolean all,
				@GeminiFunctionParam(defaultValue = "7") OptionalLong size,
				@GeminiFunctionParam(defaultValue = "2026-11-22") LocalDate day,
				@GeminiFunctionParam(defaultValue = "2026") String year) {
			return "%d %s %s %s %s %s".formatted(count, share, all, size, day, year);
		}

	}

	static class OptionalPrimitive {

		@GeminiFunction
		String take(@GeminiFunctionParam(required = false) int count) {
			return "";
		}

	}

	static class Generic<T> {

		@GeminiFunction
		String take(List<T> elements) {
			return "";
		}

	}

	static class Overloaded {

		@GeminiFunction
		String same(String text) {
			return "";
		}

		@GeminiFunction
		String same(int number) {
			return "";
		}

	}

	static class Numbers {

		@GeminiFunction
		String add(OptionalInt count, OptionalLong size, OptionalDouble share) {
			return (count.isPresent()) ? "%d %d %s".formatted(count.getAsInt(), size.getAsLong(), share.getAsDouble())
					: "none";
		}

	}

}
