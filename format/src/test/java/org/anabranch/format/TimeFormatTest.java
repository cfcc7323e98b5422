// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** Times against java.time. */
class TimeFormatTest {
  private static final long SEED = 5;

  @Test
  void everyDayOfTenThousandYearsIsCountedAsByJavaTime() {
    for (long day = CivilDate.FIRST_DAY; day <= CivilDate.LAST_DAY; day++) {
      LocalDate date = LocalDate.ofEpochDay(day);
      long packed = (date.getYear() * 100L + date.getMonthValue()) * 100 + date.getDayOfMonth();
      if (CivilDate.ofDays(day) != packed
          || CivilDate.toDays(date.getYear(), date.getMonthValue(), date.getDayOfMonth()) != day
          || CivilDate.dayOfWeek(day) != date.getDayOfWeek().getValue()) {
        throw new AssertionError(date);
      }
    }
    assertEquals("0001-01-01", LocalDate.ofEpochDay(CivilDate.FIRST_DAY).toString());
    assertEquals("9999-12-31", LocalDate.ofEpochDay(CivilDate.LAST_DAY).toString());
  }

  @Test
  void randomDatesAreValidExactlyWhereJavaTimeSaysSo() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      int year = 1 + random.nextInt(9999);
      int month = random.nextInt(14);
      int day = random.nextInt(33);
      boolean expected = true;
      try {
        LocalDate.of(year, month, day);
      } catch (DateTimeException e) {
        expected = false;
      }
      assertEquals(expected, CivilDate.isValid(year, month, day), year + "-" + month + "-" + day);
    }
  }

  @Test
  void isoInstantsAreReadAsByJavaTime() {
    StreamDefinition stream = Events.csv(Events.column("t", Type.INSTANT));
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      long millis = (long) (random.nextDouble() * 200e12) - 50_000_000_000_000L;
      ZoneOffset offset =
          ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60 + 1) - 18 * 60));
      OffsetDateTime time = Instant.ofEpochMilli(millis).atOffset(offset);
      assertEquals(millis, Events.decode(stream, time.toString()).value(0), time.toString());
    }
  }

  @Test
  void patternsAreReadAndWrittenAsByJavaTime() {
    Random random = new Random(SEED);
    for (String pattern :
        List.of(
            "dd/MMM/yyyy:HH:mm:ss Z",
            "yyyyMMddHHmmssSSS",
            "EEEE, d MMMM yyyy 'at' h:mm:ss a",
            "M/d/yyyy H:m:s.SSSSSS",
            "yyyy-MM-dd'T'HH:mm:ssXXX",
            "EEE MMM dd HH:mm:ss xxx yyyy",
            "''dd''.MM.yyyy hh''a")) {
      String strict = pattern.replace("yyyy", "uuuu");
      DateTimeFormatter theirs =
          DateTimeFormatter.ofPattern(strict, Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      TimeFormat own = new PatternFormat(pattern, Type.INSTANT);
      StreamDefinition stream =
          Events.csv(Events.column("t", Type.INSTANT, "timestamp_format", pattern));
      for (int i = 0; i < 2000; i++) {
        long millis = (long) (random.nextDouble() * 4e12);
        String text = theirs.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
        ByteSink written = new ByteSink();
        own.write(millis, written);
        assertEquals(text, new String(written.toBytes(), StandardCharsets.UTF_8));
        String quoted = '"' + text + '"';
        long expected =
            LocalDateTime.parse(text, withDefaults(strict))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        assertEquals(expected, Events.decode(stream, quoted).value(0), pattern + " " + text);
      }
    }
  }

  private static DateTimeFormatter withDefaults(String pattern) {
    return new java.time.format.DateTimeFormatterBuilder()
        .appendPattern(pattern)
        .parseDefaulting(java.time.temporal.ChronoField.MINUTE_OF_HOUR, 0)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  @Test
  void patternsThatCannotBeReadAreRefusedWithTheReason() {
    refused("MMM d HH:mm:ss", "it lacks a year");
    refused("yy-MM-dd", "it has yy");
    refused("yyyy-MM-dd hh:mm", "AM or PM");
    refused("yyyy-MM-dd HH:mm zzz", "it has zzz");
    refused("yyyy-MM-dd 'T", "a quote is not closed");
    refused("yyyy-MM-dd dd", "a letter twice");
    refused("epoch", "it has e");
  }

  private static void refused(String pattern, String reason) {
    StreamDefinition stream =
        Events.json(Events.column("t", Type.TIMESTAMP, "timestamp_format", pattern));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Decoders.of(stream));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().startsWith("column t: "), e.getMessage());
  }

  @Test
  void aWeekdayThatIsNotThatDaysIsRejected() {
    StreamDefinition stream =
        Events.csv(Events.column("t", Type.DATE, "timestamp_format", "EEE dd.MM.yyyy"));
    assertEquals(16572L, Events.decode(stream, "Sat 17.05.2015".replace("Sat", "Sun")).value(0));
    assertEquals("range", Events.decode(stream, "Sat 17.05.2015").code());
  }

  @Test
  void aStreamsTimestampFormatLeavesItsDatesAlone() {
    StreamDefinition stream =
        Events.stream(
            java.util.Map.of("timestamp_format", "epoch_seconds"),
            Events.column("d", Type.DATE),
            Events.column("t", Type.TIMESTAMP));
    assertEquals(
        List.of(1L, 2000L), Events.decode(stream, "{\"d\":\"1970-01-02\",\"t\":2}").values());
  }
}
