// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;

/**
 * How a DATE or TIMESTAMP column is written: ISO 8601, a number of units since the epoch, or a
 * pattern. Values are days for DATE and else milliseconds or microseconds, as the type has them.
 */
abstract class TimeFormat {
  /** The format of a column: its own option, else for timestamps the stream's, else ISO 8601. */
  static TimeFormat of(StreamDefinition stream, Column column) {
    boolean isDate = column.type().kind() == Type.Kind.DATE;
    String inherited = isDate ? null : stream.options().get("timestamp_format");
    String name = column.options().getOrDefault("timestamp_format", inherited);
    return of(name == null ? "iso" : name, column.type());
  }

  static TimeFormat of(String name, Type type) {
    if (name.equals("iso")) {
      return new IsoFormat(type);
    }
    EpochFormat epoch = EpochFormat.named(name, type);
    return epoch != null ? epoch : new PatternFormat(name, type);
  }

  /** Whether values are numbers and not text. */
  abstract boolean isNumber();

  /** Reads text; never called for numbers. */
  abstract long parse(byte[] text, int from, int to, ColumnReader column);

  /** Reads a number; never called for text. */
  abstract long parse(NumberToken number, ColumnReader column);

  /** Writes a value in this format. */
  abstract void write(long value, ByteSink out);

  /** The days of a value. */
  static long days(long value, Type type) {
    return type.kind() == Type.Kind.DATE ? value : Math.floorDiv(value, perDay(type));
  }

  /** The microseconds since midnight of a value. */
  static long microsOfDay(long value, Type type) {
    if (type.kind() == Type.Kind.DATE) {
      return 0;
    }
    long inDay = Math.floorMod(value, perDay(type));
    return type.isMicros() ? inDay : inDay * 1000;
  }

  private static long perDay(Type type) {
    return type.isMicros() ? CivilDate.DAY_MILLIS * 1000 : CivilDate.DAY_MILLIS;
  }

  /** Whether a column takes times that are finer than it keeps, without the digits beyond. */
  static boolean truncates(StreamDefinition stream, Column column) {
    String common = stream.options().get("excess_precision");
    return "truncate".equals(column.options().getOrDefault("excess_precision", common));
  }

  /** What the format looks like, in words. */
  abstract String expected();
}
