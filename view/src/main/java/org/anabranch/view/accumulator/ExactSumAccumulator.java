// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.anabranch.view.Type;

/** SUM of integers or decimals. Merging two adds the sums of their rows. */
final class ExactSumAccumulator extends ExactNumberAccumulator {
  private static final int MAX_LONG_BITS = 63;

  ExactSumAccumulator(Type type) {
    super(type);
  }

  @Override
  public Object present(ExactSum state) throws PresentException {
    if (state.count() == 0) {
      return null;
    }
    return type().kind() == Type.Kind.INTEGER ? bigint(state) : decimal(state);
  }

  private static Long bigint(ExactSum state) throws PresentException {
    BigInteger sum = state.sum();
    if (sum.bitLength() > MAX_LONG_BITS) {
      throw new PresentException(
          "Cannot present SUM of "
              + state.count()
              + " INTEGER values: "
              + sum
              + " does not fit BIGINT",
          "write SUM(CAST(x AS BIGINT)), which is DECIMAL(38, 0)");
    }
    return sum.longValueExact();
  }

  private BigDecimal decimal(ExactSum state) throws PresentException {
    BigDecimal sum = new BigDecimal(state.sum(), type().scale());
    if (sum.precision() > Type.MAX_PRECISION) {
      throw new PresentException(
          "Cannot present SUM of "
              + state.count()
              + " "
              + type()
              + " values: "
              + sum.toPlainString()
              + " does not fit "
              + Type.decimal(Type.MAX_PRECISION, type().scale()),
          "write SUM(CAST(x AS DOUBLE))");
    }
    return sum;
  }
}
