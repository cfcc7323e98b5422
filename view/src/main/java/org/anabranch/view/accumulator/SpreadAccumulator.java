// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * VAR_POP, VAR_SAMP, STDDEV_POP and STDDEV_SAMP: an exact rational number, or the exact root of
 * one, until it is rounded once. Merging two gives the spread of all rows of both around their
 * common mean.
 */
abstract class SpreadAccumulator<S extends MergeableState<S>> extends StateAccumulator<S> {
  private final AggregateFunction function;

  SpreadAccumulator(AggregateFunction function, Supplier<S> zero, Function<StateReader, S> decode) {
    super(zero, decode);
    this.function = function;
  }

  abstract long count(S state);

  /** Whether a value was no finite number; the variance is NaN then. */
  abstract boolean isSpecial(S state);

  /** The exact variance of at least one finite number. */
  abstract ExactRatio variance(S state, long divisor);

  @Override
  public final Double present(S state) throws PresentException {
    long divisor = isSample() ? count(state) - 1 : count(state);
    if (divisor <= 0) {
      return null;
    }
    if (isSpecial(state)) {
      return Double.NaN;
    }
    ExactRatio variance = variance(state, divisor);
    double spread = isRoot() ? variance.squareRootToDouble() : variance.toDouble();
    if (Double.isInfinite(spread)) {
      throw new PresentException(
          "Cannot present "
              + function
              + " of "
              + count(state)
              + " values: it is above "
              + Double.MAX_VALUE
              + ", the largest DOUBLE",
          "scale the values down, as in " + function + "(x / 1000)");
    }
    return spread;
  }

  private boolean isSample() {
    return function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
  }

  private boolean isRoot() {
    return function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
  }
}
