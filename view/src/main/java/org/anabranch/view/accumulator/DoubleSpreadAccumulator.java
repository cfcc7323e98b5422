// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** VAR and STDDEV of doubles. */
final class DoubleSpreadAccumulator extends SpreadAccumulator<Moments> {
  DoubleSpreadAccumulator(AggregateFunction function) {
    super(function, Moments::new, Moments::decode);
  }

  @Override
  void addValue(Moments state, Object value) {
    state.add(Doubles.of(value));
  }

  @Override
  long count(Moments state) {
    return state.count();
  }

  @Override
  boolean isSpecial(Moments state) {
    return state.isSpecial();
  }

  @Override
  ExactRatio variance(Moments state, long divisor) {
    return state.variance(divisor);
  }
}
