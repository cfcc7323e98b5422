// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import org.anabranch.view.Type;

/** APPROX_COUNT_DISTINCT. Merging two counts the values that are in either, once. */
final class ApproximateDistinctAccumulator extends StateAccumulator<DistinctSketch> {
  private final Type type;

  ApproximateDistinctAccumulator(Type type) {
    super(DistinctSketch::new, DistinctSketch::decode);
    this.type = type;
  }

  @Override
  void addValue(DistinctSketch state, Object value) {
    state.add(ValueBytes.hash(value, type));
  }

  @Override
  public Long present(DistinctSketch state) {
    return state.estimate();
  }
}
