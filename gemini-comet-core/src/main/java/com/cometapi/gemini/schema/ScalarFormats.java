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

package com.cometapi.gemini.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.AnnotatedClassResolver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.util.ClassUtils;

/**
 * Describes the JSON form of simple types, determined by writing a sample with the
 * mapper.
 */
final class ScalarFormats {

	private static final Map<Class<?>, Sample> SAMPLES = new LinkedHashMap<>();

	static {
		String dateTime = "2026-11-22T10:15:30Z";
		add("date-time", dateTime, Instant.parse(dateTime), Date.from(Instant.parse(dateTime)));
		add("date-time", dateTime, OffsetDateTime.parse(dateTime));
		add("date-time", dateTime, ZonedDateTime.parse(dateTime));
		add("date-time", "2026-11-22T10:15:30", LocalDateTime.parse("2026-11-22T10:15:30"));
		add("date", "2026-11-22", LocalDate.parse("2026-11-22"));
		add("time", "10:15:30", LocalTime.parse("10:15:30"));
		add("time", "10:15:30Z", OffsetTime.parse("10:15:30Z"));
		add("duration", "PT1H30M", Duration.parse("PT1H30M"));
		add(null, "P1Y2M", Period.parse("P1Y2M"));
		add(null, "2026", Year.of(2026));
		add(null, "2026-11", YearMonth.of(2026, 11));
		add(null, "--11-22", MonthDay.of(11, 22));
		add(null, "EUR", Currency.getInstance("EUR"));
		add("uuid", "00000000-0000-0001-0000-000000000002", new UUID(1, 2));
		add("uri", "https://example.com/", URI.create("https://example.com/"));
		add("byte", "AQID", new byte[] { 1, 2, 3 });
		add(null, "text", "text");
		add(null, "a", 'a');
		add(null, "", true, 1, 1L, (short) 1, (byte) 1, 1.5, 1.5f, new BigDecimal("1.5"), BigInteger.ONE);
		SAMPLES.put(Calendar.class, new Sample("date-time", dateTime, calendar(dateTime)));
		SAMPLES.put(ZoneId.class, new Sample(null, "Europe/Berlin", ZoneId.of("Europe/Berlin")));
		SAMPLES.put(ZoneOffset.class, new Sample(null, "+01:00", ZoneOffset.ofHours(1)));
		SAMPLES.put(InetAddress.class, new Sample(null, "127.0.0.1", loopback()));
		SAMPLES.put(Number.class, new Sample(null, "", 1.5));
		SAMPLES.put(CharSequence.class, new Sample(null, "text", "text"));
		SAMPLES.put(char[].class, new Sample(null, "text", "text".toCharArray()));
		SAMPLES.put(Charset.class, new Sample(null, "UTF-8", StandardCharsets.UTF_8));
	}

	private final JsonMapper jsonMapper;

	ScalarFormats(JsonMapper jsonMapper) {
		this.jsonMapper = jsonMapper;
	}

	private static void add(@Nullable String format, String standardText, Object... values) {
		Arrays.stream(values)
			.forEach((value) -> SAMPLES.put(value.getClass(), new Sample(format, standardText, value)));
	}

	private static InetAddress loopback() {
		try {
			return InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Calendar calendar(String dateTime) {
		Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
		calendar.setTimeInMillis(Instant.parse(dateTime).toEpochMilli());
		return calendar;
	}

	/**
	 * Describe the values of a simple type.
	 * @param type the type
	 * @param format the format of the member
	 * @return the definition, or {@code null} if it is not a simple type
	 */
	@Nullable ObjectNode describe(Class<?> type, JsonFormat.Value format) {
		if (type.isEnum()) {
			return describeEnum(type, format);
		}
		Sample sample = find(type);
		if (sample == null) {
			return null;
		}
		JsonMapper mapper = mapper(type, sample.value(), format);
		JsonNode written = write(mapper, sample.value());
		read(mapper, type, written);
		ObjectNode definition = describe(written);
		boolean standard = isStandard(written.asString(""), sample.standardText());
		if (standard && sample.format() != null) {
			definition.put("format", sample.format());
		}
		else if (!standard && !sample.standardText().isEmpty()) {
			String form = format.hasPattern() ? "in the form " + format.getPattern() + ", " : "";
			definition.put(SchemaTranslator.HINT, form + "such as " + written + " for " + sample.standardText());
		}
		else if (sample.isUncommon() && written.isString()) {
			definition.put(SchemaTranslator.HINT, "such as " + sample.standardText());
		}
		if (sample.value() instanceof Character) {
			definition.put("minLength", 1).put("maxLength", 1);
		}
		NumberRange range = written.isNumber() ? NumberRange.of(sample.value().getClass()) : null;
		if (range != null && type != Number.class) {
			definition.put(SchemaTranslator.NUMBER, range.name());
		}
		if (sample.value() instanceof Byte) {
			definition.put("minimum", Byte.MIN_VALUE).put("maximum", Byte.MAX_VALUE);
		}
		if (sample.value() instanceof Short) {
			definition.put("minimum", Short.MIN_VALUE).put("maximum", Short.MAX_VALUE);
		}
		return definition;
	}

	/**
	 * Describe the names of a map's members, which a schema cannot express.
	 * @param type the type of the keys
	 * @return the remark, or {@code null} if any text is a name
	 */
	@Nullable String describeKeys(Class<?> type) {
		if (type.isEnum()) {
			return "with the names "
					+ Arrays.stream(type.getEnumConstants()).map(this::writeKey).collect(Collectors.joining(", "));
		}
		Sample sample = SAMPLES.get(ClassUtils.resolvePrimitiveIfNecessary(type));
		return (sample != null && !CharSequence.class.isAssignableFrom(type))
				? "with names such as " + writeKey(sample.value()) : null;
	}

	private String writeKey(Object key) {
		return write(this.jsonMapper, Map.of(key, 0)).propertyNames().iterator().next();
	}

	private static boolean isStandard(String written, String standardText) {
		return written.equals(standardText)
				|| written.replaceFirst("\\.0+(?=[Z+])", "").replaceFirst("\\+00:?00$", "Z").equals(standardText);
	}

	// The dates of java.sql, a module that may be absent, are read like java.util.Date.
	private static @Nullable Sample find(Class<?> type) {
		Class<?> known = Date.class.isAssignableFrom(type) ? Date.class : type;
		return SAMPLES.get(ClassUtils.resolvePrimitiveIfNecessary(known));
	}

	private ObjectNode describeEnum(Class<?> type, JsonFormat.Value format) {
		ObjectNode definition = JsonNodeFactory.instance.objectNode();
		Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
		String[][] aliases = findAliases(type, constants);
		for (Enum<?> constant : constants) {
			JsonNode name = nameOf(constant, mapper(type, constant, format), type);
			definition.put("type", name.isString() ? "string" : "integer");
			definition.withArray("enum").add(name);
			if (aliases[constant.ordinal()] != null && name.isString()) {
				Arrays.stream(aliases[constant.ordinal()])
					.forEach((alias) -> definition.withObject(SchemaTranslator.ALIASES).put(alias, name.asString()));
			}
		}
		return definition;
	}

	private String[][] findAliases(Class<?> type, Enum<?>[] constants) {
		DeserializationConfig config = this.jsonMapper.deserializationConfig();
		String[][] aliases = new String[constants.length][];
		config.getAnnotationIntrospector()
			.findEnumAliases(config,
					AnnotatedClassResolver.resolve(config, this.jsonMapper.constructType(type), config), constants,
					aliases);
		return aliases;
	}

	// The mapper may write another name than it reads, such as with a factory method, and
	// a month as its number.
	private JsonNode nameOf(Enum<?> constant, JsonMapper mapper, Class<?> type) {
		JsonNode written = (type == Month.class && mapper == this.jsonMapper) ? StringNode.valueOf(constant.name())
				: write(mapper, constant);
		return Stream.of(written, StringNode.valueOf(constant.name()), StringNode.valueOf(constant.toString()))
			.filter((name) -> !name.isContainer() && isRead(mapper, type, name, constant))
			.findFirst()
			.orElseGet(() -> {
				read(mapper, type, written);
				return written;
			});
	}

	private static boolean isRead(JsonMapper mapper, Class<?> type, JsonNode name, Enum<?> constant) {
		try {
			return read(mapper, type, name) == constant;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static @Nullable Object read(JsonMapper mapper, Class<?> type, JsonNode value) {
		return mapper.readerFor(type).readValue(value);
	}

	/**
	 * Return a value as the mapper writes it.
	 * @param type the type
	 * @param format the form of its values
	 * @return the value, or {@code null} if it is not a simple type
	 */
	@Nullable JsonNode sampleOf(Class<?> type, JsonFormat.Value format) {
		Sample sample = find(type);
		Object value = type.isEnum() ? type.getEnumConstants()[0] : (sample != null) ? sample.value() : null;
		return (value != null) ? write(mapper(type, value, format), value) : null;
	}

	private static ObjectNode describe(JsonNode written) {
		ObjectNode definition = JsonNodeFactory.instance.objectNode();
		if (written.isArray()) {
			definition.put("type", "array").set("items", describe(written.get(0)));
			return definition;
		}
		return definition.put("type", switch (written.getNodeType()) {
			case NUMBER -> written.isIntegralNumber() ? "integer" : "number";
			case BOOLEAN -> "boolean";
			default -> "string";
		});
	}

	private JsonMapper mapper(Class<?> type, Object value, JsonFormat.Value format) {
		if (JsonFormat.Value.empty().equals(format)) {
			return this.jsonMapper;
		}
		Class<?> declaring = (value instanceof Enum<?> constant) ? constant.getDeclaringClass() : value.getClass();
		return this.jsonMapper.rebuild()
			.withConfigOverride(declaring, (override) -> override.setFormat(format))
			.withConfigOverride(type, (override) -> override.setFormat(format))
			.build();
	}

	private static JsonNode write(JsonMapper jsonMapper, Object value) {
		return jsonMapper.reader()
			.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.readTree(jsonMapper.writeValueAsString(value));
	}

	private record Sample(@Nullable String format, String standardText, Object value) {

		boolean isUncommon() {
			return this.format == null && (this.value instanceof Currency || this.value instanceof Charset
					|| this.value instanceof InetAddress || this.value.getClass().getName().startsWith("java.time."));
		}

	}

}
