// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** APPROX_PERCENTILE. Merging two gives the percentile of all rows of both. */
final class PercentileAccumulator extends StateAccumulator<PercentileSketch> {
  private final double share;

  PercentileAccumulator(double share) {
    super(PercentileSketch::new, PercentileSketch::decode);
    this.share = share;
  }

  @Override
  void addValue(PercentileSketch state, Object value) {
    state.add(Doubles.of(value));
  }

  @Override
  public Double present(PercentileSketch state) {
    return state.count() == 0 ? null : (Double) state.percentile(share);
  }
}
