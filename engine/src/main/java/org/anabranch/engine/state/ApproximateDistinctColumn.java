// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.DistinctSketch;
import org.anabranch.view.accumulator.Hash64;

/** APPROX_COUNT_DISTINCT. */
final class ApproximateDistinctColumn extends SketchColumn<DistinctSketch> {
  private enum Form {
    LONG,
    DOUBLE,
    WIDE,
    TEXT
  }

  private final Form form;

  ApproximateDistinctColumn(Type type) {
    super(16, DistinctSketch.MAX_SPARSE);
    if (type.kind() == Type.Kind.VARCHAR) {
      this.form = Form.TEXT;
    } else if (type.kind() == Type.Kind.DOUBLE) {
      this.form = Form.DOUBLE;
    } else {
      this.form = type.isWideDecimal() ? Form.WIDE : Form.LONG;
    }
  }

  @Override
  DistinctSketch zero() {
    return new DistinctSketch();
  }

  @Override
  void begin(Values argument, Selection selection) {}

  @Override
  void add(DistinctSketch sketch, Values argument, int row) {
    sketch.add(hash(argument, row));
  }

  private long hash(Values argument, int row) {
    return switch (form) {
      case LONG -> Hash64.of(argument.longs()[row]);
      case DOUBLE -> Hash64.of(argument.doubles()[row]);
      case WIDE -> Hash64.of(argument.high()[row], argument.longs()[row]);
      case TEXT -> {
        int from = argument.offsets()[row];
        yield Hash64.of(argument.bytes(), from, argument.offsets()[row + 1] - from);
      }
    };
  }
}
