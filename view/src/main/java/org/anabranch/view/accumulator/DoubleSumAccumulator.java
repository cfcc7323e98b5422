// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** SUM of doubles: the exact sum, rounded once. Merging two adds the sums of their rows. */
final class DoubleSumAccumulator extends DoubleAccumulator {
  @Override
  public Double present(DoubleSum state) throws PresentException {
    if (state.count() == 0) {
      return null;
    }
    if (state.isSpecial()) {
      return state.special();
    }
    double sum = state.finiteSum().toDouble();
    if (Double.isInfinite(sum)) {
      throw new PresentException(
          "Cannot present SUM of "
              + state.count()
              + " DOUBLE values: the sum is beyond the range of DOUBLE ("
              + (sum > 0 ? "above " : "below -")
              + Double.MAX_VALUE
              + ")",
          "scale the values down, as in SUM(x / 1000)");
    }
    return sum;
  }
}
