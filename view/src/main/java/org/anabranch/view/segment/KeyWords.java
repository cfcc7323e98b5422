// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.SqlText;

/** Group keys for people to read in error messages. */
final class KeyWords {
  private static final int LONGEST = 100;

  private KeyWords() {}

  static String name(Expression key) {
    return SqlText.of(key);
  }

  static String value(Expression key, Object value) {
    if (value == null) {
      return "NULL";
    }
    return switch (key.type().kind()) {
      case VARCHAR -> "'" + shortened((String) value).replace("'", "''") + "'";
      case DATE ->
          inRange((Long) value) ? LocalDate.ofEpochDay((Long) value).toString() : value.toString();
      case TIMESTAMP -> LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC).toString();
      case INSTANT -> instant(value).toString();
      case MICRO_TIMESTAMP ->
          LocalDateTime.ofInstant(microInstant(value), ZoneOffset.UTC).toString();
      case MICRO_INSTANT -> microInstant(value).toString();
      default -> value.toString();
    };
  }

  private static boolean inRange(long day) {
    return LocalDate.MIN.toEpochDay() <= day && day <= LocalDate.MAX.toEpochDay();
  }

  private static Instant instant(Object millis) {
    return Instant.ofEpochMilli((Long) millis);
  }

  private static Instant microInstant(Object micros) {
    return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
