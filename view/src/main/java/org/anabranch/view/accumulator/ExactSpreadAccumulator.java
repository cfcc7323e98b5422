// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.anabranch.view.Type;

/** VAR and STDDEV of integers and decimals, by their unscaled values. */
final class ExactSpreadAccumulator extends SpreadAccumulator<ExactMoments> {
  private final Type type;
  private final BigInteger unit;

  ExactSpreadAccumulator(AggregateFunction function, Type type) {
    super(function, ExactMoments::new, ExactMoments::decode);
    this.type = type;
    this.unit = BigInteger.TEN.pow(2 * type.scale());
  }

  @Override
  void addValue(ExactMoments state, Object value) {
    state.add(
        value instanceof BigDecimal
            ? ValueBytes.unscaled(value, type)
            : BigInteger.valueOf((Long) value));
  }

  @Override
  long count(ExactMoments state) {
    return state.count();
  }

  @Override
  boolean isSpecial(ExactMoments state) {
    return false;
  }

  @Override
  ExactRatio variance(ExactMoments state, long divisor) {
    return state.variance(divisor).dividedBy(unit);
  }
}
