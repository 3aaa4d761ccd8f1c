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

package com.cometapi.gemini;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Tests that each package of the library uses only the packages of lower layers that are
 * listed for it.
 */
@AnalyzeClasses(packages = "com.cometapi.gemini",
		importOptions = { ImportOption.DoNotIncludeTests.class, ArchitectureTests.DoNotIncludeTestJars.class })
class ArchitectureTests {

	private static final String ROOT = "com.cometapi.gemini";

	private static final String API = "com.cometapi.gemini.api..";

	private static final String ERROR = "com.cometapi.gemini.error..";

	private static final String THREAD = "com.cometapi.gemini.thread..";

	private static final String MEDIA = "com.cometapi.gemini.media..";

	private static final String OBSERVATION = "com.cometapi.gemini.observation..";

	private static final String CLIENT = "com.cometapi.gemini.client..";

	private static final String COST = "com.cometapi.gemini.cost";

	private static final String COST_STORES = "com.cometapi.gemini.cost.(*)..";

	private static final String CACHE = "com.cometapi.gemini.cache..";

	private static final String LIMIT = "com.cometapi.gemini.limit";

	private static final String LIMIT_STORES = "com.cometapi.gemini.limit.(*)..";

	private static final String SCHEMA = "com.cometapi.gemini.schema..";

	private static final String FUNCTION = "com.cometapi.gemini.function..";

	private static final String WEB = "com.cometapi.gemini.web";

	private static final String RESUME = "com.cometapi.gemini.web.resume";

	private static final String RESUME_STORES = "com.cometapi.gemini.web.resume.(*)..";

	private static final String ENTITY = "com.cometapi.gemini.entity..";

	private static final String PROMPT = "com.cometapi.gemini.prompt..";

	private static final String MCP = "com.cometapi.gemini.mcp..";

	private static final String FALLBACK = "com.cometapi.gemini.fallback..";

	private static final String CHAT = "com.cometapi.gemini.chat";

	private static final String CHAT_STORES = "com.cometapi.gemini.chat.(*)..";

	private static final String SPRING_AI = "com.cometapi.gemini.springai..";

	private static final String BATCH = "com.cometapi.gemini.batch..";

	private static final String BATCH_KAFKA = "com.cometapi.gemini.batch.kafka..";

	private static final String AUTOCONFIGURE = "com.cometapi.gemini.autoconfigure..";

	private static final String SPRING_BOOT = "org.springframework.boot..";

	private static final List<String> BLOCKING_METHODS = List.of("block", "blockOptional", "blockFirst", "blockLast",
			"toIterable", "toStream");

	// From the lowest layer up, like the table of CONTRIBUTING.md.
	@ArchTest
	final ArchRule packagesUseOnlyLowerLayers = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInAnyPackage("com.cometapi.gemini..")
		.layer("api")
		.definedBy(API)
		.layer("error")
		.definedBy(ERROR)
		.layer("thread")
		.definedBy(THREAD)
		.layer("media")
		.definedBy(MEDIA)
		.layer("observation")
		.definedBy(OBSERVATION)
		.layer("client")
		.definedBy(CLIENT)
		.layer("cost")
		.definedBy(COST)
		.layer("cost stores")
		.definedBy(COST_STORES)
		.layer("cache")
		.definedBy(CACHE)
		.layer("limit")
		.definedBy(LIMIT)
		.layer("limit stores")
		.definedBy(LIMIT_STORES)
		.layer("schema")
		.definedBy(SCHEMA)
		.layer("function")
		.definedBy(FUNCTION)
		.layer("mcp")
		.definedBy(MCP)
		.layer("entity")
		.definedBy(ENTITY)
		.layer("prompt")
		.definedBy(PROMPT)
		.layer("fallback")
		.definedBy(FALLBACK)
		.layer("root")
		.definedBy(ROOT)
		.layer("chat")
		.definedBy(CHAT)
		.layer("chat stores")
		.definedBy(CHAT_STORES)
		.layer("resume")
		.definedBy(RESUME)
		.layer("resume stores")
		.definedBy(RESUME_STORES)
		.layer("web")
		.definedBy(WEB)
		.layer("spring ai")
		.definedBy(SPRING_AI)
		.layer("batch")
		.definedBy(BATCH)
		.layer("autoconfigure")
		.definedBy(AUTOCONFIGURE)
		.whereLayer("api")
		.mayNotAccessAnyLayer()
		.whereLayer("error")
		.mayOnlyAccessLayers("api")
		.whereLayer("thread")
		.mayOnlyAccessLayers("error")
		.whereLayer("media")
		.mayOnlyAccessLayers("api")
		.whereLayer("observation")
		.mayOnlyAccessLayers("api", "error")
		.whereLayer("client")
		.mayOnlyAccessLayers("api", "error", "thread", "observation")
		.whereLayer("cost")
		.mayOnlyAccessLayers("api", "error", "thread", "client")
		.whereLayer("cost stores")
		.mayOnlyAccessLayers("thread", "cost")
		.whereLayer("cache")
		.mayOnlyAccessLayers("api", "error", "thread", "client")
		.whereLayer("limit")
		.mayOnlyAccessLayers("api", "error", "thread", "client")
		.whereLayer("limit stores")
		.mayOnlyAccessLayers("error", "thread", "limit")
		.whereLayer("schema")
		.mayOnlyAccessLayers("api", "error")
		.whereLayer("function")
		.mayOnlyAccessLayers("api", "error", "thread", "media", "observation", "schema")
		.whereLayer("mcp")
		.mayOnlyAccessLayers("api", "error", "thread", "client", "schema", "function")
		.whereLayer("entity")
		.mayOnlyAccessLayers("api", "error", "schema")
		.whereLayer("prompt")
		.mayOnlyAccessLayers("api", "error", "thread", "media", "observation", "client", "schema", "function", "entity")
		.whereLayer("fallback")
		.mayOnlyAccessLayers("api", "error", "observation", "client", "prompt")
		.whereLayer("root")
		.mayOnlyAccessLayers("api", "error", "thread", "client", "function", "entity", "prompt")
		.whereLayer("chat")
		.mayOnlyAccessLayers("api", "error", "thread", "client", "prompt", "root")
		.whereLayer("chat stores")
		.mayOnlyAccessLayers("chat")
		.whereLayer("resume")
		.mayOnlyAccessLayers("error", "thread")
		.whereLayer("resume stores")
		.mayOnlyAccessLayers("error", "thread", "resume")
		.whereLayer("web")
		.mayOnlyAccessLayers("api", "error", "thread", "function", "resume")
		.whereLayer("spring ai")
		.mayOnlyAccessLayers("api", "error", "client", "schema", "prompt", "root", "chat")
		.whereLayer("batch")
		.mayOnlyAccessLayers("api", "error", "client", "prompt", "root")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer();

	@ArchTest
	final ArchRule messagesDependOnAnnotationsOnly = ArchRuleDefinition.classes()
		.that()
		.resideInAPackage(API)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(API, "java..", "com.fasterxml.jackson.annotation..", "org.jspecify.annotations..");

	@ArchTest
	final ArchRule observationsDependOnMessagesAndMicrometerOnly = ArchRuleDefinition.classes()
		.that()
		.resideInAPackage(OBSERVATION)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(OBSERVATION, API, ERROR, "java..", "io.micrometer..", "tools.jackson..",
				"org.apache.commons.logging..", "org.jspecify.annotations..");

	@ArchTest
	final ArchRule metersStayInTheirPackage = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(OBSERVATION, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer.core..");

	@ArchTest
	final ArchRule generatorOfSchemasStaysInsideItsPackage = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage(SCHEMA)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.github.victools..", "com.fasterxml.classmate..");

	@ArchTest
	final ArchRule onlyAutoConfigurationDependsOnStores = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(CHAT_STORES, COST_STORES, LIMIT_STORES, RESUME_STORES, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(CHAT_STORES, COST_STORES, LIMIT_STORES, RESUME_STORES, "java.sql..", "javax.sql..",
				"org.springframework.jdbc..", "org.springframework.data..");

	@ArchTest
	final ArchRule onlyStoresAndJobsDependOnTransactions = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(CHAT_STORES, COST_STORES, LIMIT_STORES, RESUME_STORES, BATCH, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.dao..", "org.springframework.transaction..");

	@ArchTest
	final ArchRule clientOfMcpServersStaysInItsPackage = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(MCP, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(MCP, "io.modelcontextprotocol..");

	@ArchTest
	final ArchRule bootStaysInsideAutoConfiguration = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage(AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAPackage(SPRING_BOOT);

	@ArchTest
	final ArchRule springAiStaysInItsModule = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(SPRING_AI, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.ai..");

	@ArchTest
	final ArchRule springBatchStaysInItsModule = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(BATCH, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.batch..");

	@ArchTest
	final ArchRule kafkaStaysInItsPackage = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(BATCH_KAFKA, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BATCH_KAFKA, "org.springframework.kafka..", "org.apache.kafka..",
				"org.springframework.integration..");

	@ArchTest
	final ArchRule servletsStayInTheWebPackage = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(WEB, AUTOCONFIGURE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web.servlet..", "jakarta.servlet..");

	@ArchTest
	final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("com.cometapi.gemini.(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule publicTypesHaveDifferentNames = ArchRuleDefinition.classes()
		.that()
		.arePublic()
		.and()
		.areTopLevelClasses()
		.should(new DifferentSimpleNames());

	@ArchTest
	final ArchRule oneClassBlocks = ArchRuleDefinition.noClasses()
		.that()
		.doNotHaveFullyQualifiedName("com.cometapi.gemini.client.BlockingCalls")
		.should()
		.callCodeUnitWhere(DescribedPredicate.describe("a Mono or Flux blocks the thread", ArchitectureTests::blocks))
		.orShould()
		.accessClassesThat()
		.haveFullyQualifiedName("java.util.concurrent.CountDownLatch");

	@ArchTest
	final ArchRule autoConfigurationsAreFinal = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule beanMethodsArePackagePrivate = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	final ArchRule otherClassesOfAutoConfigurationAreFinalOrPackagePrivate = ArchRuleDefinition.classes()
		.that()
		.resideInAPackage(AUTOCONFIGURE)
		.and()
		.arePublic()
		.and()
		.areNotInterfaces()
		.should()
		.haveModifier(JavaModifier.FINAL);

	private static boolean blocks(JavaCall<?> call) {
		return (call.getTargetOwner().isEquivalentTo(Mono.class) || call.getTargetOwner().isEquivalentTo(Flux.class))
				&& BLOCKING_METHODS.contains(call.getName());
	}

	static final class DoNotIncludeTestJars implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("-tests.jar");
		}

	}

	/**
	 * Finds types with the same simple name in different packages.
	 */
	private static final class DifferentSimpleNames extends ArchCondition<JavaClass> {

		private final Map<String, String> packages = new HashMap<>();

		DifferentSimpleNames() {
			super("have different simple names");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			String other = this.packages.putIfAbsent(type.getSimpleName(), type.getPackageName());
			if (other != null) {
				events.add(SimpleConditionEvent.violated(type,
						"%s has the simple name of a type in %s".formatted(type.getName(), other)));
			}
		}

	}

}
