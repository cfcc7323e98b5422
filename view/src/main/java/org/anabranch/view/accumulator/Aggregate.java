// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

/**
 * One use of an aggregate function in a view.
 *
 * @param function the function
 * @param arguments what is computed for every row; APPROX_PERCENTILE's q is not among them
 * @param parameter APPROX_PERCENTILE's q, else 0
 * @param filter FILTER (WHERE ...): rows for which it is not true are not added
 * @param type the type of the presented value
 */
public record Aggregate(
    AggregateFunction function,
    List<Expression> arguments,
    double parameter,
    Optional<Expression> filter,
    Type type) {
  public Aggregate {
    Objects.requireNonNull(function, "function is null");
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(filter, "filter is null");
    Objects.requireNonNull(type, "type is null");
  }

  /** The accumulator that keeps this aggregate's state. */
  public Accumulator<?> accumulator() {
    return Accumulators.of(this);
  }

  /** A text that is equal for aggregates with equal state. */
  public String canonical() {
    return function
        + arguments.stream().map(Expression::canonical).collect(Collectors.joining(",", "(", ")"))
        + filter.map(condition -> " FILTER " + condition.canonical()).orElse("")
        + " q="
        + Double.toHexString(parameter)
        + ':'
        + type
        + stateVersion();
  }

  /** Changes whenever equal rows give other states than before: which aggregates have had that. */
  private String stateVersion() {
    return switch (function) {
      case APPROX_PERCENTILE, APPROX_COUNT_DISTINCT -> " state 2";
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          arguments.get(0).type().isExactNumeric() ? " state 2" : "";
      default -> "";
    };
  }
}
