// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;

/**
 * AVG of doubles: the exact sum divided by the count, rounded once. Merging two averages all rows
 * of both, as if each weighed by its count.
 */
final class DoubleAverageAccumulator extends DoubleAccumulator {
  @Override
  public Double present(DoubleSum state) {
    if (state.count() == 0) {
      return null;
    }
    return state.isSpecial()
        ? state.special()
        : state.finiteSum().dividedBy(BigInteger.valueOf(state.count())).toDouble();
  }
}
