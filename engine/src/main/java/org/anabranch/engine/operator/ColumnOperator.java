// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** The value of a column: the chunk's own arrays. */
final class ColumnOperator implements VectorOperator {
  private final int index;
  private final Values values;

  ColumnOperator(int index, Type type) {
    this.index = index;
    this.values = new Values(type);
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    values.show(input.column(index), selection);
    return values;
  }
}
