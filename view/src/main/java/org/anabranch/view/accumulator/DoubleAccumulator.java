// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** The exact sum of doubles, and how many. Merging two adds both. */
abstract class DoubleAccumulator extends StateAccumulator<DoubleSum> {
  DoubleAccumulator() {
    super(DoubleSum::new, DoubleSum::decode);
  }

  @Override
  final void addValue(DoubleSum state, Object value) {
    state.add((double) (Double) value);
  }
}
