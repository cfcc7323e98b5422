// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Locale;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.MicroTimes;
import org.anabranch.view.expression.TemporalText;
import org.anabranch.view.expression.TimeFunctions;

/** Values as answers write them. Every text reads back as the same value. */
final class ValueText {
  private ValueText() {}

  static String of(Object value, Type type) {
    return switch (type.kind()) {
      case TIMESTAMP -> time((Long) value);
      case INSTANT -> time((Long) value) + "Z";
      case MICRO_TIMESTAMP -> micros((Long) value);
      case MICRO_INSTANT -> micros((Long) value) + "Z";
      default -> Conversions.toText(value, type);
    };
  }

  /** {@code 2001-01-15T08:00:00.000000}. */
  private static String micros(long micros) {
    long last = Math.floorMod(micros, MicroTimes.MICROS_PER_MILLI);
    return time(MicroTimes.millis(micros)) + String.format(Locale.ROOT, "%03d", last);
  }

  /** {@code 2001-01-15T08:00:00.000}. */
  private static String time(long millis) {
    long inDay = Math.floorMod(millis, TimeFunctions.MILLIS_PER_DAY);
    return String.format(
        Locale.ROOT,
        "%sT%02d:%02d:%02d.%03d",
        TemporalText.date(TimeFunctions.day(millis)),
        inDay / TimeFunctions.MILLIS_PER_HOUR,
        inDay / TimeFunctions.MILLIS_PER_MINUTE % 60,
        inDay / 1000 % 60,
        inDay % 1000);
  }
}
