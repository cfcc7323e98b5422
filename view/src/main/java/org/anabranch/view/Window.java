// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Objects;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.MicroTimes;
import org.anabranch.view.expression.SqlText;

/**
 * Windows over event time, as a way to make group keys: a row belongs to every window {@code
 * [start, start + size)} that holds its time, with starts at whole multiples of {@code slide} after
 * {@code offset}. TUMBLE is the case where slide = size. A row whose time is null belongs to none.
 *
 * <p>Edges are in milliseconds, whatever the precision of the time: a time in microseconds is in
 * the windows of the millisecond that holds it.
 *
 * @param time the time, a TIMESTAMP of any precision, with a zone or not
 * @param size length in milliseconds, a whole multiple of slide
 * @param slide distance of window starts in milliseconds
 * @param offset start of some window in epoch milliseconds, {@code 0 <= offset < slide}
 */
public record Window(Expression time, long size, long slide, long offset) {
  /** At most this many windows may hold one row. */
  public static final int MAX_WINDOWS_PER_ROW = 1000;

  public Window {
    Objects.requireNonNull(time, "time is null");
    if (slide <= 0 || size < slide || size % slide != 0 || offset < 0 || offset >= slide) {
      throw new IllegalArgumentException(
          "Cannot have windows of size " + size + ", slide " + slide + ", offset " + offset);
    }
    if (size / slide > MAX_WINDOWS_PER_ROW) {
      throw new IllegalArgumentException(
          "Cannot put a row in " + size / slide + " windows, at most " + MAX_WINDOWS_PER_ROW);
    }
  }

  /** The type of windows' edges over times of a type. */
  public static Type edgeType(Type time) {
    return time.inMillis();
  }

  /** The millisecond of a value of the time, by which its windows are found. */
  public long millis(long value) {
    return time.type().isMicros() ? MicroTimes.millis(value) : value;
  }

  /** How many windows hold one row. */
  public int windowsPerRow() {
    return (int) (size / slide);
  }

  /** The start of the last window that holds the time. */
  public long lastStart(long millis) {
    return Math.subtractExact(millis, Math.floorMod(Math.subtractExact(millis, offset), slide));
  }

  /**
   * The starts of all windows that hold the time, ascending. They, and the ends, may lie outside
   * the years 0001 to 9999: that only concerns who shows them.
   *
   * @throws EvaluationException if one of them starts or ends too far away to be told: such a row
   *     is rejected
   */
  public long[] starts(long millis) throws EvaluationException {
    try {
      long[] starts = new long[windowsPerRow()];
      long start = Math.subtractExact(Math.addExact(lastStart(millis), slide), size);
      for (int i = 0; i < starts.length; i++, start = Math.addExact(start, slide)) {
        starts[i] = start;
      }
      Math.addExact(starts[starts.length - 1], size);
      return starts;
    } catch (ArithmeticException e) {
      throw new EvaluationException(
          "Cannot find the windows of a time: " + millis + " ms since 1970 is too far away");
    }
  }

  /** A text that is equal for equal windows; the number changes if their meaning does. */
  public String canonical() {
    return "WINDOW 2(" + time.canonical() + ',' + size + ',' + slide + ',' + offset + ')';
  }

  /** The windows as they are written in SQL. */
  public String words(String stream) {
    String function = slide == size ? "TUMBLE" : "HOP";
    String intervals = interval(slide) + (slide == size ? "" : ", " + interval(size));
    return function
        + "(TABLE "
        + SqlText.name(stream)
        + ", DESCRIPTOR("
        + SqlText.of(time)
        + "), "
        + intervals
        + (offset == 0 ? "" : ", " + interval(offset))
        + ")";
  }

  private static String interval(long millis) {
    return SqlText.of(new Expression.Literal(millis, Type.DAYS_INTERVAL));
  }
}
