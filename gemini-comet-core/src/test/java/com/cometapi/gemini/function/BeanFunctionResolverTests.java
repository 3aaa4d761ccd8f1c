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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Description;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BeanFunctionResolverTests {

	private static final AtomicBoolean created = new AtomicBoolean();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class);

	private final GeminiFunctions functions = GeminiFunctions.builder(JsonMapper.builder().build())
		.resolver(new BeanFunctionResolver(this.context.getBeanFactory()))
		.build();

	@AfterEach
	void closeContext() {
		this.context.close();
	}

	@Test
	void functionalBeansAreFoundByName() {
		List<GeminiFunctionCallback> found = this.functions.named("weather", "greeting", "clock", "note", "later");
		GeminiFunctionRunner runner = this.functions.runner(found).withContext(GeminiFunctionContext.of("user", "jo"));
		FunctionDeclaration weather = runner.declarations().get(0);
		assertThat(weather.description()).isEqualTo("Tells the weather");
		assertThat(weather.parameters().properties()).containsOnlyKeys("city");
		assertThat(runner.declarations().get(1).parameters().properties()).containsOnlyKeys("input");
		assertThat(runner.declarations().get(2).parameters()).isNull();
		assertThat(call(runner, "weather", Map.of("city", "Paris"))).isEqualTo(Map.of("output", "Sun in Paris"));
		assertThat(call(runner, "greeting", Map.of("input", "Hi"))).isEqualTo(Map.of("output", "Hi jo"));
		assertThat(call(runner, "weather", Map.of("city", 5)))
			.isEqualTo(Map.of("error", "Invalid arguments: 'city' must be a text, but was 5"));
		assertThat(call(runner, "greeting", Map.of("input", 5)))
			.isEqualTo(Map.of("error", "Invalid arguments: 'input' must be a text, but was 5"));
		assertThat(call(runner, "clock", Map.of())).isEqualTo(Map.of("output", "noon"));
		assertThat(call(runner, "note", Map.of("input", "x"))).containsEntry("output", null);
		assertThat(call(runner, "later", Map.of("input", "x"))).isEqualTo(Map.of("output", "x"));
		assertThat(found).extracting(GeminiFunctionCallback::isBlocking).containsExactly(true, true, true, true, false);
	}

	@Test
	void annotatedMethodsAreFoundByTheNameOfTheirBeanAndByTheirOwn() {
		created.set(false);
		assertThat(names(this.functions.named("shop"))).containsExactly("buy", "sell_it");
		assertThat(created).isTrue();
		assertThat(names(this.functions.named("sell_it"))).containsExactly("sell_it");
	}

	@Test
	void functionsThatAreBeansAreFoundByBothNames() {
		assertThat(names(this.functions.named("ready"))).containsExactly("ready_made");
		assertThat(names(this.functions.named("ready_made"))).containsExactly("ready_made");
	}

	@Test
	void functionIsFoundEvenIfAnotherBeanHasItsName() {
		this.context.getBeanFactory().registerSingleton("sell_it", "no function");
		assertThat(names(this.functions.named("sell_it"))).containsExactly("sell_it");
	}

	@Test
	void abstractDefinitionsAreIgnored() {
		GenericBeanDefinition definition = new GenericBeanDefinition();
		definition.setBeanClass(Shop.class);
		definition.setAbstract(true);
		this.context.registerBeanDefinition("template", definition);
		assertThat(names(this.functions.named("buy"))).containsExactly("buy");
	}

	@Test
	void beanWithoutADefinitionIsDescribedByItsClass() {
		this.context.getBeanFactory().registerSingleton("single", new Single());
		GeminiFunctionRunner runner = this.functions.runner(this.functions.named("single"));
		assertThat(runner.declarations().get(0).parameters().properties()).containsOnlyKeys("city");
		assertThat(call(runner, "single", Map.of("city", "Rome"))).isEqualTo(Map.of("output", "Rome"));
	}

	@Test
	void inputTypeIsFoundThroughTheTypesThatABeanInherits() {
		GeminiFunctionRunner runner = this.functions.runner(this.functions.named("moved", "visits"));
		assertThat(runner.declarations().get(0).parameters().properties()).containsOnlyKeys("city");
		assertThat(call(runner, "moved", Map.of("city", "Rome"))).isEqualTo(Map.of("city", "Rome"));
		assertThat(runner.declarations().get(1).parameters().properties().get("input").items().properties())
			.containsOnlyKeys("city");
		assertThat(call(runner, "visits", Map.of("input", List.of(Map.of("city", "Rome")))))
			.isEqualTo(Map.of("output", "Rome"));
	}

	@Test
	void supplierMayBeReactive() {
		List<GeminiFunctionCallback> found = this.functions.named("tick");
		assertThat(found.get(0).isBlocking()).isFalse();
		assertThat(call(this.functions.runner(found), "tick", Map.of())).isEqualTo(Map.of("output", "tock"));
	}

	@Test
	void beanIsCalledWithTheArgumentsOfTheModel() {
		List<String> notes = new ArrayList<>();
		this.context.registerBean("memo", Memo.class, () -> new Memo(notes));
		assertThat(call(this.functions.runner(this.functions.named("memo")), "memo", Map.of("input", "milk")))
			.containsEntry("output", null);
		assertThat(notes).containsExactly("milk");
	}

	@Test
	void functionalBeansOfOtherTypesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("sum"))
			.withMessage("The bean 'sum' must take a GeminiFunctionContext as its second argument to be a function");
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("anything"))
			.withMessageContaining("declare the bean as Function<...> with its type arguments");
	}

	@Test
	void lazyBeanIsNotCreatedUntilItIsNamed() {
		created.set(false);
		this.functions.named("weather");
		assertThat(created).isFalse();
	}

	@Test
	void unknownAmbiguousAndUntypedNamesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("nobody"))
			.withMessage("There is no function named 'nobody'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("text"))
			.withMessage("There is no function named 'text'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("raw"))
			.withMessageContaining("declare the bean as Function<...> with its type arguments");
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("twice"))
			.withMessage("There are several functions named 'twice', in the beans [first, second]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("ready_twice"))
			.withMessage("There are several functions named 'ready_twice', in the beans [readyOnce, readyAgain]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.functions.named("same"))
			.withMessage("There are several functions named 'same', in the beans [overloaded]");
	}

	private List<String> names(List<GeminiFunctionCallback> found) {
		return this.functions.runner(found).declarations().stream().map(FunctionDeclaration::name).toList();
	}

	private static Map<String, Object> call(GeminiFunctionRunner runner, String name, Map<String, Object> args) {
		return runner.run(List.of(FunctionCall.of(name, args)))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
	}

	record Place(String city) {

	}

	static class Shop {

		Shop() {
			created.set(true);
		}

		@GeminiFunction
		String buy(Place where) {
			return "";
		}

		@GeminiFunction("sell_it")
		String sell() {
			return "";
		}

	}

	static class Single implements Function<Place, String> {

		@Override
		public String apply(Place place) {
			return place.city();
		}

	}

	static class Memo implements Consumer<String> {

		private final List<String> notes;

		Memo(List<String> notes) {
			this.notes = notes;
		}

		@Override
		public void accept(String text) {
			this.notes.add(text);
		}

	}

	abstract static class ListFunction<E> implements Function<List<E>, String> {

		@Override
		public String apply(List<E> elements) {
			return elements.stream().map(this::describe).collect(Collectors.joining(","));
		}

		abstract String describe(E element);

	}

	static class Visits extends ListFunction<Place> {

		@Override
		String describe(Place place) {
			return place.city();
		}

	}

	static class Twice {

		@GeminiFunction
		String twice() {
			return "";
		}

	}

	static class Overloaded {

		@GeminiFunction
		String same() {
			return "";
		}

		@GeminiFunction
		String same(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@Description("Tells the weather")
		Function<Place, String> weather() {
			return (place) -> "Sun in " + place.city();
		}

		@Bean
		BiFunction<String, GeminiFunctionContext, String> greeting() {
			return (text, context) -> text + " " + context.getRequired("user", String.class);
		}

		@Bean
		UnaryOperator<Place> moved() {
			return (place) -> place;
		}

		@Bean
		Visits visits() {
			return new Visits();
		}

		@Bean
		Supplier<String> clock() {
			return () -> "noon";
		}

		@Bean
		Supplier<Mono<String>> tick() {
			return () -> Mono.just("tock");
		}

		@Bean
		BiFunction<Integer, Integer, Integer> sum() {
			return Integer::sum;
		}

		@Bean
		Function<Object, String> anything() {
			return Object::toString;
		}

		@Bean
		Consumer<String> note() {
			return (text) -> {
			};
		}

		@Bean
		Function<String, Mono<String>> later() {
			return Mono::just;
		}

		@Bean
		@SuppressWarnings("rawtypes")
		Function raw() {
			return (input) -> input;
		}

		@Bean
		String text() {
			return "";
		}

		@Bean
		@Lazy
		Shop shop() {
			return new Shop();
		}

		@Bean
		Twice first() {
			return new Twice();
		}

		@Bean
		Twice second() {
			return new Twice();
		}

		@Bean
		GeminiFunctionCallback ready() {
			return GeminiFunctionCallback.of("ready_made", "A test", () -> 1);
		}

		@Bean
		GeminiFunctionCallback readyOnce() {
			return GeminiFunctionCallback.of("ready_twice", "A test", () -> 1);
		}

		@Bean
		GeminiFunctionCallback readyAgain() {
			return GeminiFunctionCallback.of("ready_twice", "A test", () -> 2);
		}

		@Bean
		Overloaded overloaded() {
			return new Overloaded();
		}

	}

}
