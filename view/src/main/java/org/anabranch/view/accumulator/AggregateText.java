// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.expression.NumberText;
import org.anabranch.view.expression.SqlText;

/** Aggregates for people: as they are written in SQL, and what is kept for them. */
public final class AggregateText {
  private AggregateText() {}

  public static String sql(Aggregate aggregate) {
    List<String> arguments = new ArrayList<>();
    aggregate.arguments().forEach(argument -> arguments.add(SqlText.of(argument)));
    String list = String.join(", ", arguments);
    String call =
        switch (aggregate.function()) {
          case COUNT_ROWS -> "COUNT(*)";
          case COUNT_DISTINCT -> "COUNT(DISTINCT " + list + ")";
          case APPROX_PERCENTILE ->
              "APPROX_PERCENTILE(" + list + ", " + NumberText.of(aggregate.parameter()) + ")";
          default -> aggregate.function() + "(" + list + ")";
        };
    return call
        + aggregate
            .filter()
            .map(condition -> " FILTER (WHERE " + SqlText.of(condition) + ")")
            .orElse("");
  }

  /** What a group keeps for an aggregate. The layout is in docs/format/states.md. */
  public static String state(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT_ROWS -> "number of rows";
      case COUNT -> "number of values";
      case COUNT_DISTINCT -> "set of the different values";
      case SUM, AVG -> "exact sum and number of values";
      case MIN -> "least value";
      case MAX -> "greatest value";
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          "exact sums of values and squares, number of values";
      case APPROX_COUNT_DISTINCT ->
          "up to 256 hashes of values, then 4096 registers, and the number of values";
      case APPROX_PERCENTILE ->
          "up to 64 different values, then least, greatest and counts in buckets of nearly equal ones";
      case ARG_MIN -> "value of the row with the least second argument, and that argument";
      case ARG_MAX -> "value of the row with the greatest second argument, and that argument";
    };
  }
}
