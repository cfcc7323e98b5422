// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.view.Type;
import org.anabranch.view.expression.TypeException;

/** Which aggregate functions take which types, and what they present. */
final class AggregateTypes {
  private AggregateTypes() {}

  static Type of(AggregateFunction function, List<Type> arguments) throws TypeException {
    requireCount(function, arguments);
    if (function == AggregateFunction.COUNT_ROWS || function == AggregateFunction.COUNT) {
      return Type.BIGINT;
    }
    Type argument = arguments.get(0);
    refuseInterval(function, arguments);
    return switch (function) {
      case COUNT_ROWS, COUNT, COUNT_DISTINCT, APPROX_COUNT_DISTINCT -> Type.BIGINT;
      case SUM -> sum(numeric(function, argument));
      case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, APPROX_PERCENTILE -> {
        numeric(function, argument);
        yield Type.DOUBLE;
      }
      case MIN, MAX -> ordered(function, argument);
      case ARG_MIN, ARG_MAX -> chosenBy(function, arguments);
    };
  }

  private static Type sum(Type argument) {
    return switch (argument.kind()) {
      case INTEGER -> Type.BIGINT;
      case DOUBLE -> Type.DOUBLE;
      default -> Type.decimal(Type.MAX_PRECISION, argument.scale());
    };
  }

  private static Type numeric(AggregateFunction function, Type argument) throws TypeException {
    if (argument.isNumeric()) {
      return argument;
    }
    String instead =
        switch (argument.kind()) {
          case BOOLEAN ->
              function == AggregateFunction.SUM
                  ? "COUNT(*) FILTER (WHERE x)"
                  : written(function, "CASE WHEN x THEN 1 WHEN NOT x THEN 0 END");
          case VARCHAR -> written(function, "CAST(x AS DOUBLE)");
          default -> written(function, "EXTRACT(EPOCH FROM x)");
        };
    throw refused(function, List.of(argument), "it takes numbers; write " + instead);
  }

  private static String written(AggregateFunction function, String argument) {
    String more = function == AggregateFunction.APPROX_PERCENTILE ? ", q" : "";
    return function + "(" + argument + more + ")";
  }

  private static Type ordered(AggregateFunction function, Type argument) throws TypeException {
    if (argument.kind() == Type.Kind.BOOLEAN) {
      throw refused(
          function,
          List.of(argument),
          "there is no least or greatest truth value; write "
              + function
              + "(CASE WHEN x THEN 1 WHEN NOT x THEN 0 END)");
    }
    return argument;
  }

  private static Type chosenBy(AggregateFunction function, List<Type> arguments)
      throws TypeException {
    if (arguments.get(1).kind() == Type.Kind.BOOLEAN) {
      throw refused(
          function,
          arguments,
          "there is no least or greatest truth value; write "
              + function
              + "(x, CASE WHEN t THEN 1 WHEN NOT t THEN 0 END)");
    }
    return arguments.get(0);
  }

  private static void refuseInterval(AggregateFunction function, List<Type> arguments)
      throws TypeException {
    if (arguments.stream().anyMatch(Type::isInterval)) {
      throw refused(
          function,
          arguments,
          "an interval is not kept in states; subtract seconds instead of times, as in "
              + "EXTRACT(EPOCH FROM a) - EXTRACT(EPOCH FROM b)");
    }
  }

  private static void requireCount(AggregateFunction function, List<Type> arguments)
      throws TypeException {
    int wanted =
        switch (function) {
          case COUNT_ROWS -> 0;
          case ARG_MIN, ARG_MAX -> 2;
          default -> 1;
        };
    if (arguments.size() != wanted) {
      throw refused(
          function,
          arguments,
          "it takes "
              + (wanted == 0 ? "no argument" : wanted == 1 ? "one argument" : "two: (x, t)")
              + ", not "
              + arguments.size());
    }
  }

  private static TypeException refused(
      AggregateFunction function, List<Type> arguments, String reason) {
    String types = arguments.stream().map(Type::toString).collect(Collectors.joining(", "));
    return new TypeException("Cannot compute " + function + "(" + types + "): " + reason);
  }
}
