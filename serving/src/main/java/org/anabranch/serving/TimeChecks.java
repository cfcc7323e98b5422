// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Set;
import org.anabranch.view.Type;

/**
 * What checks that a DATE or TIMESTAMP lies in the years 0001 to 9999, which DuckDB goes beyond. It
 * stands around everything that may leave them, so that a value outside is an error even where it
 * is only compared.
 */
final class TimeChecks {
  private static final Set<String> MAY_GIVE_TIME = Set.of("+", "-", "date_trunc", "timezone");

  private TimeChecks() {}

  static boolean mayGiveTime(String function) {
    return MAY_GIVE_TIME.contains(function);
  }

  /** The check of a type of time; it names what it checks once. */
  static String of(Type type) {
    return switch (type.kind()) {
      case DATE -> "in_years_date";
      case TIMESTAMP, MICRO_TIMESTAMP -> "in_years_timestamp";
      default -> "in_years_instant";
    };
  }

  static boolean isOne(String check) {
    return check.startsWith("in_years_");
  }
}
