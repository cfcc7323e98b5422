// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import org.anabranch.view.Type;

/** The exact sum of integers or decimals, and how many. Merging two adds both. */
abstract class ExactNumberAccumulator extends StateAccumulator<ExactSum> {
  private final Type type;

  ExactNumberAccumulator(Type type) {
    super(ExactSum::new, ExactSum::decode);
    this.type = type;
  }

  /** The type of the argument. */
  final Type type() {
    return type;
  }

  @Override
  final void addValue(ExactSum state, Object value) {
    if (value instanceof BigDecimal) {
      state.add(ValueBytes.unscaled(value, type));
    } else {
      state.add((long) (Long) value);
    }
  }
}
