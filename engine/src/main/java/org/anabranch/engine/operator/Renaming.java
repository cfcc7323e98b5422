// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;

/** A cast that changes no value: the operand's arrays under another type. */
final class Renaming implements VectorOperator {
  private final VectorOperator operand;
  private final Values values;

  Renaming(VectorOperator operand, Type type) {
    this.operand = operand;
    this.values = new Values(type);
  }

  /** Whether every value of one type is the same value of the other, in the same form. */
  static boolean covers(Type from, Type to) {
    return from.equals(to)
        || (from.kind() == Type.Kind.INTEGER && to.kind() == Type.Kind.BIGINT)
        || (from.isTime() && to.isTime() && from.isMicros() == to.isMicros());
  }

  @Override
  public Values evaluate(Input input, Selection selection) {
    values.show(operand.evaluate(input, selection));
    return values;
  }
}
