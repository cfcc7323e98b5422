// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;

/**
 * How a DATE or TIMESTAMP column is written: ISO 8601, a number of units since the epoch, or a
 * pattern. Values are days for DATE and milliseconds else.
 */
abstract class TimeFormat {
  /** The format of a column: its own option, else for timestamps the stream's, else ISO 8601. */
  static TimeFormat of(StreamDefinition stream, Column column) {
    boolean isDate = column.type().kind() == Type.Kind.DATE;
    String inherited = isDate ? null : stream.options().get("timestamp_format");
    String name = column.options().getOrDefault("timestamp_format", inherited);
    return of(name == null ? "iso" : name, column.type().kind());
  }

  static TimeFormat of(String name, Type.Kind kind) {
    if (name.equals("iso")) {
      return new IsoFormat(kind);
    }
    EpochFormat epoch = EpochFormat.named(name, kind);
    return epoch != null ? epoch : new PatternFormat(name, kind);
  }

  /** Whether values are numbers and not text. */
  abstract boolean isNumber();

  /** Reads text; never called for numbers. */
  abstract long parse(byte[] text, int from, int to, ColumnReader column);

  /** Reads a number; never called for text. */
  abstract long parse(NumberToken number, ColumnReader column);

  /** Writes a value in this format. */
  abstract void write(long value, ByteSink out);

  /** Whether a column takes times that are finer than it keeps, without the digits beyond. */
  static boolean truncates(StreamDefinition stream, Column column) {
    String common = stream.options().get("excess_precision");
    return "truncate".equals(column.options().getOrDefault("excess_precision", common));
  }

  /** What the format looks like, in words. */
  abstract String expected();
}
