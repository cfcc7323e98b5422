// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.PercentileSketch;

/** APPROX_PERCENTILE. */
final class PercentileColumn extends SketchColumn<PercentileSketch> {
  private final DoubleArgument argument;
  private double[] values = new double[0];

  PercentileColumn(Type type) {
    super(24, PercentileSketch.MAX_BUCKETS);
    this.argument = new DoubleArgument(type);
  }

  @Override
  PercentileSketch zero() {
    return new PercentileSketch();
  }

  @Override
  void begin(Values source, Selection selection) {
    values = argument.of(source, selection);
  }

  @Override
  void add(PercentileSketch sketch, Values source, int row) {
    sketch.add(values[row]);
  }
}
