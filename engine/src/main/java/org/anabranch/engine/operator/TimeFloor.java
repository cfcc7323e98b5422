// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/** FLOOR of a TIMESTAMP or INSTANT to a unit of fixed length, a day at most. */
final class TimeFloor extends Function {
  private final long unit;
  private final ScalarCall scalar;

  TimeFloor(Expression.Call call, VectorOperator operand) {
    super(call.type(), new VectorOperator[] {operand}, true);
    this.unit = unit(call.operator());
    this.scalar = new ScalarCall(call);
  }

  static boolean covers(Expression.Call call) {
    Type.Kind kind = call.arguments().get(0).type().kind();
    return unit(call.operator()) > 0
        && (kind == Type.Kind.TIMESTAMP || kind == Type.Kind.INSTANT)
        && call.type().kind() == kind;
  }

  private static long unit(Operator operator) {
    return switch (operator) {
      case FLOOR_DAY -> 86_400_000;
      case FLOOR_HOUR -> 3_600_000;
      case FLOOR_MINUTE -> 60_000;
      case FLOOR_SECOND -> 1_000;
      default -> 0;
    };
  }

  /** Hot kernel. */
  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[0].longs();
    long[] target = result.longs();
    long length = unit;
    long lowest = Long.MIN_VALUE + length;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      if (source[row] < lowest) {
        scalar.compute(arguments, row, result);
      } else {
        target[row] = source[row] - Math.floorMod(source[row], length);
      }
    }
  }
}
