// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Call;

/** Types of the functions of numbers: what is no DOUBLE becomes one, except for SIGN. */
final class FunctionTyping {
  private FunctionTyping() {}

  static Expression call(Operator operator, List<Expression> arguments) throws TypeException {
    int count = operator == Operator.POWER ? 2 : 1;
    Typing.requireCount(operator, arguments, count, count);
    List<Expression> operands = new ArrayList<>();
    for (Expression argument : arguments) {
      operands.add(number(operator, argument, arguments));
    }
    return new Call(operator, operands, operator == Operator.SIGN ? Type.INTEGER : Type.DOUBLE);
  }

  private static Expression number(Operator operator, Expression operand, List<Expression> all)
      throws TypeException {
    Expression number = Coercion.nullAs(Type.DOUBLE, operand);
    if (!number.type().isNumeric()) {
      throw Typing.refused(operator, all, "numbers; write CAST(... AS DOUBLE)");
    }
    return operator == Operator.SIGN ? number : Coercion.cast(number, Type.DOUBLE);
  }
}
