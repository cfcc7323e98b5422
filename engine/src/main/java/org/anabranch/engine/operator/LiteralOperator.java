// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** A constant, written once for as many rows as the largest chunk has. */
final class LiteralOperator implements VectorOperator {
  private final Object value;
  private final Values values;
  private int filled;

  LiteralOperator(Object value, Type type) {
    this.value = value;
    this.values = new Values(type);
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    int size = input.size();
    if (size > filled) {
      values.start(size);
      for (int row = 0; row < size; row++) {
        values.set(row, value);
      }
      filled = size;
    }
    return values;
  }
}
