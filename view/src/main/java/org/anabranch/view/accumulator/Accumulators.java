// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TypeException;

/** Which accumulator keeps which aggregate. */
public final class Accumulators {
  private Accumulators() {}

  /**
   * The accumulator of an aggregate.
   *
   * @throws IllegalArgumentException if the aggregate does not have the type of {@link #typeOf}, or
   *     its parameter is no share
   */
  public static Accumulator<?> of(Aggregate aggregate) {
    List<Type> types = aggregate.arguments().stream().map(Expression::type).toList();
    check(aggregate, types);
    AggregateFunction function = aggregate.function();
    return switch (function) {
      case COUNT_ROWS, COUNT -> new CountAccumulator();
      case COUNT_DISTINCT -> new DistinctAccumulator(types.get(0));
      case SUM ->
          types.get(0).isExactNumeric()
              ? new ExactSumAccumulator(types.get(0))
              : new DoubleSumAccumulator();
      case AVG ->
          types.get(0).isExactNumeric()
              ? new ExactAverageAccumulator(types.get(0))
              : new DoubleAverageAccumulator();
      case MIN -> ExtremeAccumulator.least(types.get(0));
      case MAX -> ExtremeAccumulator.greatest(types.get(0));
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          types.get(0).isExactNumeric()
              ? new ExactSpreadAccumulator(function, types.get(0))
              : new DoubleSpreadAccumulator(function);
      case APPROX_COUNT_DISTINCT -> new ApproximateDistinctAccumulator(types.get(0));
      case APPROX_PERCENTILE -> new PercentileAccumulator(aggregate.parameter());
      case ARG_MIN -> ChoiceAccumulator.least(types.get(0), types.get(1));
      case ARG_MAX -> ChoiceAccumulator.greatest(types.get(0), types.get(1));
    };
  }

  /**
   * The type an aggregate presents.
   *
   * @throws TypeException if the function does not take these argument types
   */
  public static Type typeOf(AggregateFunction function, List<Type> arguments) throws TypeException {
    return AggregateTypes.of(function, arguments);
  }

  private static void check(Aggregate aggregate, List<Type> types) {
    try {
      Type type = typeOf(aggregate.function(), types);
      if (!type.equals(aggregate.type())) {
        throw new IllegalArgumentException(
            "Cannot present " + aggregate.canonical() + ": its type is " + type);
      }
    } catch (TypeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (aggregate.function() == AggregateFunction.APPROX_PERCENTILE
        && !(aggregate.parameter() >= 0 && aggregate.parameter() <= 1)) {
      throw new IllegalArgumentException(
          "Cannot compute APPROX_PERCENTILE(x, "
              + aggregate.parameter()
              + "): the share must be from 0 to 1");
    }
  }
}
