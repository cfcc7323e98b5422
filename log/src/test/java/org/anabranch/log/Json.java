// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/** Rows as JSON events. */
final class Json {
  private Json() {}

  static byte[] of(Schema schema, Object[] row) {
    StringBuilder text = new StringBuilder("{");
    for (int column = 0; column < row.length; column++) {
      text.append(column == 0 ? "" : ",")
          .append('"')
          .append(schema.column(column).name())
          .append("\":")
          .append(row[column] == null ? "null" : of(schema.column(column).type(), row[column]));
    }
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String of(Type type, Object value) {
    return switch (type.kind()) {
      case VARCHAR -> quoted((String) value);
      case DATE -> quoted(LocalDate.ofEpochDay((Long) value).toString());
      case TIMESTAMP -> quoted(time((Long) value).toString());
      case INSTANT -> quoted(time((Long) value) + "Z");
      case MICRO_TIMESTAMP -> quoted(micros((Long) value).toString());
      case MICRO_INSTANT -> quoted(micros((Long) value) + "Z");
      default -> value.toString();
    };
  }

  /** What an event can say in place of what it cannot: no NaN, no years beyond four digits. */
  static Object carried(Type type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case DOUBLE -> Double.isFinite((Double) value) ? value : (Object) 1.5;
      case DATE -> year(LocalDate.ofEpochDay((Long) value).getYear()) ? value : (Object) 1L;
      case TIMESTAMP, INSTANT -> year(time((Long) value).getYear()) ? value : (Object) 1L;
      case MICRO_TIMESTAMP, MICRO_INSTANT ->
          year(micros((Long) value).getYear()) ? value : (Object) 1L;
      default -> value;
    };
  }

  private static boolean year(int year) {
    return year > 0 && year < 9999;
  }

  private static LocalDateTime micros(long micros) {
    return time(Math.floorDiv(micros, 1000)).plusNanos(Math.floorMod(micros, 1000) * 1000L);
  }

  private static LocalDateTime time(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
      quoted.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return quoted.append('"').toString();
  }
}
