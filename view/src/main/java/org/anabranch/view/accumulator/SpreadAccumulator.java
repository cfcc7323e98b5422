// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/**
 * VAR_POP, VAR_SAMP, STDDEV_POP and STDDEV_SAMP over doubles: exact until it is rounded once.
 * Merging two gives the spread of all rows of both around their common mean.
 */
final class SpreadAccumulator extends StateAccumulator<Moments> {
  private final AggregateFunction function;

  SpreadAccumulator(AggregateFunction function) {
    super(Moments::new, Moments::decode);
    this.function = function;
  }

  @Override
  void addValue(Moments state, Object value) {
    state.add(Doubles.of(value));
  }

  @Override
  public Double present(Moments state) throws PresentException {
    long divisor = isSample() ? state.count() - 1 : state.count();
    if (divisor <= 0) {
      return null;
    }
    if (state.isSpecial()) {
      return Double.NaN;
    }
    ExactRatio variance = state.variance(divisor);
    double spread = isRoot() ? variance.squareRootToDouble() : variance.toDouble();
    if (Double.isInfinite(spread)) {
      throw new PresentException(
          "Cannot present "
              + function
              + " of "
              + state.count()
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
