// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

/**
 * IN for types kept in one long, among literals. Where none is equal, a null among them decides.
 */
final class LongIn extends Function {
  private final long[] members;
  private final boolean nullMember;

  LongIn(Expression.Call call, VectorOperator operand) {
    super(Type.BOOLEAN, new VectorOperator[] {operand}, true);
    List<Expression> literals = call.arguments().subList(1, call.arguments().size());
    this.nullMember = literals.stream().anyMatch(each -> value(each) == null);
    this.members =
        literals.stream()
            .map(LongIn::value)
            .filter(Objects::nonNull)
            .mapToLong(LongIn::toLong)
            .sorted()
            .toArray();
  }

  static boolean covers(Expression.Call call) {
    Type type = call.arguments().get(0).type();
    return call.arguments().stream().allMatch(each -> each.type().equals(type))
        && call.arguments().stream().skip(1).allMatch(each -> each.asLiteral().isPresent())
        && type.isLong();
  }

  private static Object value(Expression literal) {
    return literal.asLiteral().orElseThrow().value();
  }

  private static long toLong(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof BigDecimal decimal
        ? decimal.unscaledValue().longValueExact()
        : (Long) value;
  }

  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    long[] source = arguments[0].longs();
    long[] target = result.longs();
    long[] sorted = members;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      boolean found = Arrays.binarySearch(sorted, source[row]) >= 0;
      target[row] = found ? 1 : 0;
      if (!found && nullMember) {
        result.setNull(row);
      }
    }
  }
}
