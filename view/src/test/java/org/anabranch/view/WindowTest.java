// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TimeFunctions;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Expression TIME = new Expression.ColumnReference(0, "time", Type.TIMESTAMP);

  @Test
  void aTimeIsInEveryWindowThatHoldsItAndInNoOther() {
    Trials.run(
        2000,
        random -> {
          long slide = 1L + random.nextInt(20);
          long size = slide * (1 + random.nextInt(5));
          long offset = random.nextInt((int) slide);
          Window window = new Window(TIME, size, slide, offset);
          long time = random.nextInt(400) - 200L;
          long[] expected =
              LongStream.range(-400, 400)
                  .filter(start -> Math.floorMod(start - offset, slide) == 0)
                  .filter(start -> start <= time && time < start + size)
                  .toArray();
          assertArrayEquals(expected, window.starts(time));
          assertEquals(expected.length, window.windowsPerRow());
          assertEquals(expected[expected.length - 1], window.lastStart(time));
        });
  }

  @Test
  void windowsMayReachOutOfTheCalendarButNotOutOfWhatCanBeTold() throws EvaluationException {
    long day = 86_400_000;
    Window days = new Window(TIME, day, day, 0);
    long last = TimeFunctions.MAX_MILLIS + 1 - day;
    assertArrayEquals(new long[] {last}, days.starts(TimeFunctions.MAX_MILLIS));
    Window pairs = new Window(TIME, 2 * day, day, 0);
    long first = TimeFunctions.MIN_MILLIS;
    assertArrayEquals(new long[] {first - day, first}, pairs.starts(first));
    Window endless = new Window(TIME, Long.MAX_VALUE, Long.MAX_VALUE, 5);
    assertArrayEquals(new long[] {5 - Long.MAX_VALUE}, endless.starts(-7));
    assertThrows(EvaluationException.class, () -> endless.starts(6));
  }

  @Test
  void windowsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Window(TIME, 10, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(TIME, 10, 20, 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(TIME, 10, 3, 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(TIME, 10, 5, 5));
    assertThrows(IllegalArgumentException.class, () -> new Window(TIME, 1001, 1, 0));
  }
}
