// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.anabranch.view.expression.Operator.AT_TIME_ZONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class TimeZonesTest {
  private static final long SEED = 1884;

  private static String at(String timestamp, String zone) {
    return shown(AT_TIME_ZONE, timestamp(timestamp), text(zone));
  }

  @Test
  void aTimeTheClockSkipsIsReadWithTheOffsetBefore() {
    assertEquals("2001-04-01 07:30:00+00", at("2001-04-01 02:30", "America/New_York"));
    assertEquals("1995-03-26 01:30:00+00", at("1995-03-26 01:30", "Europe/London"));
    assertEquals("2011-12-30 22:00:00+00", at("2011-12-30 12:00", "Pacific/Apia"));
  }

  @Test
  void aTimeTheClockShowsTwiceIsTheSecond() {
    assertEquals("2001-10-28 06:30:00+00", at("2001-10-28 01:30", "America/New_York"));
    assertEquals("1995-10-22 01:30:00+00", at("1995-10-22 01:30", "Europe/London"));
  }

  @Test
  void instantsAreShownByTheClockOfTheRegion() {
    Expression summer = instant("2001-07-01 12:00:00Z");
    assertEquals("2001-07-01 08:00:00", shown(AT_TIME_ZONE, summer, text("America/New_York")));
    assertEquals("2001-07-01 17:30:00", shown(AT_TIME_ZONE, summer, text("Asia/Kolkata")));
    assertTrue(
        error(AT_TIME_ZONE, instant("0001-01-01 00:00Z"), text("America/New_York"))
            .contains("0001 to 9999"));
  }

  @Test
  void everyInstantIsShownByItsClockAndUnambiguousTimesComeBack() throws EvaluationException {
    System.out.println("seed " + SEED);
    RandomValues values = new RandomValues(new Random(SEED));
    List<String> zones = List.of("America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC");
    for (int i = 0; i < 50_000; i++) {
      long instant = (Long) values.value(Type.INSTANT);
      String zone = zones.get(i % zones.size());
      ZoneRules rules = TimeZones.of(zone);
      LocalDateTime expected =
          LocalDateTime.ofInstant(Instant.ofEpochMilli(instant), ZoneId.of(zone));
      if (expected.getYear() < 1 || expected.getYear() > 9999) {
        continue;
      }
      long local = TimeZones.local(instant, rules);
      assertEquals(expected.toInstant(ZoneOffset.UTC).toEpochMilli(), local);
      if (rules.getValidOffsets(expected).size() == 1) {
        assertEquals(instant, TimeZones.instant(local, rules));
      }
    }
  }

  @Test
  void theDataHasAVersion() {
    assertTrue(TimeZones.dataVersion().matches("20[0-9]{2}[a-z]+"), TimeZones.dataVersion());
  }
}
