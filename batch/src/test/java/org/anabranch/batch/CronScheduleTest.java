// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronScheduleTest {
  private static String next(String schedule, String now) {
    long next = CronSchedule.parse(schedule).next(Instant.parse(now).toEpochMilli());
    return Instant.ofEpochMilli(next).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *      | 2026-11-20T10:15:30.5Z | 2026-11-20T10:16:00Z",
        "* * * * *      | 2026-11-20T10:15:00Z   | 2026-11-20T10:16:00Z",
        "0 3 * * *      | 2026-11-20T03:00:00Z   | 2026-11-21T03:00:00Z",
        "*/15 * * * *   | 2026-11-20T10:59:59Z   | 2026-11-20T11:00:00Z",
        "5/20 * * * *   | 2026-11-20T10:26:00Z   | 2026-11-20T10:45:00Z",
        "30 8-10 * * *  | 2026-11-20T10:30:00Z   | 2026-11-21T08:30:00Z",
        "0 0 1 1 *      | 2026-11-20T00:00:00Z   | 2027-01-01T00:00:00Z",
        "0 0 29 2 *     | 2026-11-20T00:00:00Z   | 2028-02-29T00:00:00Z",
        "0 0 * * 7      | 2026-11-20T00:00:00Z   | 2026-11-22T00:00:00Z",
        "0 0 * * 0      | 2026-11-20T00:00:00Z   | 2026-11-22T00:00:00Z",
        "0 12 * * 1-5   | 2026-11-20T12:00:00Z   | 2026-11-23T12:00:00Z",
        "0 0 1,15 * *   | 2026-11-02T00:00:00Z   | 2026-11-15T00:00:00Z",
        "0 0 31 * 1     | 2026-11-20T00:00:00Z   | 2026-11-23T00:00:00Z"
      })
  void theNextMomentIsTheFirstThatTheFieldsName(String schedule, String now, String expected) {
    assertEquals(expected, next(schedule, now));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "1-2-3 * * * *",
        "1/2/3 * * * *",
        ", * * * *",
        "-1 * * * *",
        "0 0 31 2 *",
        "0 0 30 2 *"
      })
  void whatNamesNoMomentIsRefused(String schedule) {
    assertThrows(IllegalArgumentException.class, () -> CronSchedule.parse(schedule));
  }

  @Test
  void aRefusalNamesTheField() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CronSchedule.parse("0 25 * * *"));
    assertTrue(refused.getMessage().contains("'25' as hour"), refused.getMessage());
  }

  @Test
  void theNextMomentIsLaterAndNoneIsLeftOut() {
    long seed = 20_261_121;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String text = random.nextInt(60) + " */" + (1 + random.nextInt(12)) + " * * *";
      CronSchedule schedule = CronSchedule.parse(text);
      long now = Math.floorMod(random.nextLong(), 4_000_000_000_000L);
      long next = schedule.next(now);
      assertTrue(next > now, text);
      long between = now + Math.floorMod(random.nextLong(), next - now);
      assertEquals(next, schedule.next(between), text + " from " + between);
    }
  }
}
