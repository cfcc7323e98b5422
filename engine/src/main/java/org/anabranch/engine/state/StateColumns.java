// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.view.Type;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;

/** Which column keeps which aggregate. */
public final class StateColumns {
  private StateColumns() {}

  /** A new column for the aggregate, for no group yet. */
  public static StateColumn of(Aggregate aggregate) {
    AggregateFunction function = aggregate.function();
    return switch (function) {
      case COUNT_ROWS, COUNT -> new CountColumn();
      case COUNT_DISTINCT -> new DistinctColumn(type(aggregate, 0));
      case SUM, AVG -> sum(type(aggregate, 0));
      case MIN, MAX -> extreme(type(aggregate, 0), function == AggregateFunction.MAX);
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> spread(type(aggregate, 0));
      case APPROX_COUNT_DISTINCT -> new ApproximateDistinctColumn(type(aggregate, 0));
      case APPROX_PERCENTILE -> new PercentileColumn(type(aggregate, 0));
      case ARG_MIN, ARG_MAX ->
          ChoiceColumn.of(
              type(aggregate, 0), type(aggregate, 1), function == AggregateFunction.ARG_MAX);
    };
  }

  private static Type type(Aggregate aggregate, int argument) {
    return aggregate.arguments().get(argument).type();
  }

  private static StateColumn sum(Type type) {
    if (type.kind() == Type.Kind.DOUBLE) {
      return new DoubleSumColumn(false);
    }
    return type.isWideDecimal() ? new WideSumColumn() : new LongSumColumn();
  }

  private static StateColumn spread(Type type) {
    return type.kind() == Type.Kind.DOUBLE
        ? new DoubleSumColumn(true)
        : new ExactSpreadColumn(type.isWideDecimal());
  }

  private static StateColumn extreme(Type type, boolean greatest) {
    boolean floating = type.kind() == Type.Kind.DOUBLE;
    return type.isLong() || floating
        ? new ExtremeLongColumn(greatest, floating)
        : ExtremeColumn.of(type, greatest);
  }
}
