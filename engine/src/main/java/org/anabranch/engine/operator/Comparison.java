// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.Arrays;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/**
 * The six comparisons, by the sign of comparing left with right: bit 0 of the mask stands for less,
 * bit 1 for equal, bit 2 for greater. Text compares by unsigned bytes; NaN equals itself and is
 * greater than every other number.
 */
final class Comparison extends Function {
  private static final int EQUAL = 0b010;
  private static final int NOT_EQUAL = 0b101;

  private final int mask;
  private final Type operand;

  Comparison(Expression.Call call, VectorOperator[] operands) {
    super(Type.BOOLEAN, operands, true);
    this.mask = mask(call.operator());
    this.operand = call.arguments().get(0).type();
  }

  /** The signs for which the operator holds, 0 if it is none of the six. */
  static int mask(Operator operator) {
    return switch (operator) {
      case LESS -> 0b001;
      case EQUAL -> EQUAL;
      case LESS_OR_EQUAL -> 0b011;
      case GREATER -> 0b100;
      case NOT_EQUAL -> NOT_EQUAL;
      case GREATER_OR_EQUAL -> 0b110;
      default -> 0;
    };
  }

  private static long holds(long wanted, int order) {
    return (wanted >>> (1 + Integer.signum(order))) & 1;
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    if (operand.isLong()) {
      longs(arguments[0].longs(), arguments[1].longs(), result.longs(), selection);
    } else if (operand.kind() == Type.Kind.DOUBLE) {
      doubles(arguments[0].doubles(), arguments[1].doubles(), result.longs(), selection);
    } else if (operand.isWideDecimal()) {
      decimals(arguments[0], arguments[1], result.longs(), selection);
    } else if (mask == EQUAL || mask == NOT_EQUAL) {
      equalTexts(arguments[0], arguments[1], result.longs(), selection);
    } else {
      texts(arguments[0], arguments[1], result.longs(), selection);
    }
  }

  /** Hot kernel. */
  private void longs(long[] left, long[] right, long[] result, Selection selection) {
    long wanted = mask;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      result[row] = holds(wanted, Long.compare(left[row], right[row]));
    }
  }

  /** Hot kernel. */
  private void doubles(double[] left, double[] right, long[] result, Selection selection) {
    long wanted = mask;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      result[row] = holds(wanted, Double.compare(left[row], right[row]));
    }
  }

  private void decimals(Values left, Values right, long[] result, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      int sign = Long.compare(left.high()[row], right.high()[row]);
      if (sign == 0) {
        sign = Long.compareUnsigned(left.longs()[row], right.longs()[row]);
      }
      result[row] = holds(mask, sign);
    }
  }

  /** Hot kernel. */
  private void equalTexts(Values left, Values right, long[] result, Selection selection) {
    byte[] leftBytes = left.bytes();
    byte[] rightBytes = right.bytes();
    int[] leftOffsets = left.offsets();
    int[] rightOffsets = right.offsets();
    int whenEqual = mask == EQUAL ? 1 : 0;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      boolean equal =
          Arrays.equals(
              leftBytes,
              leftOffsets[row],
              leftOffsets[row + 1],
              rightBytes,
              rightOffsets[row],
              rightOffsets[row + 1]);
      result[row] = equal ? whenEqual : 1 - whenEqual;
    }
  }

  private void texts(Values left, Values right, long[] result, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      int order =
          Arrays.compareUnsigned(
              left.bytes(),
              left.offsets()[row],
              left.offsets()[row + 1],
              right.bytes(),
              right.offsets()[row],
              right.offsets()[row + 1]);
      result[row] = holds(mask, order);
    }
  }
}
