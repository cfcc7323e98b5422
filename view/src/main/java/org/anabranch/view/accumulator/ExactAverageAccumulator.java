// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigInteger;
import org.anabranch.view.Type;

/**
 * AVG of integers or decimals: the exact sum divided by the count, rounded once. Merging two
 * averages all rows of both, as if each weighed by its count.
 */
final class ExactAverageAccumulator extends ExactNumberAccumulator {
  ExactAverageAccumulator(Type type) {
    super(type);
  }

  @Override
  public Double present(ExactSum state) {
    if (state.count() == 0) {
      return null;
    }
    BigInteger unit = BigInteger.TEN.pow(type().scale());
    return new ExactRatio(state.sum(), unit.multiply(BigInteger.valueOf(state.count())), 0)
        .toDouble();
  }
}
