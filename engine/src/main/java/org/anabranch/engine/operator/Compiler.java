// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/**
 * Turns expressions into operators. Each operator that has a kernel says by {@code covers} for
 * which operands the kernel is right; everything else goes through {@link AdaptedFunction} or a
 * memory in front of it.
 */
public final class Compiler {
  private final int columns;

  /**
   * @param columns how many columns a row has; {@code window_start} and {@code window_end} follow
   */
  public Compiler(int columns) {
    this.columns = columns;
  }

  public VectorOperator compile(Expression expression) {
    if (expression instanceof Expression.ColumnReference column) {
      return column.index() < columns
          ? new ColumnOperator(column.index(), column.type())
          : new WindowOperator(column.index() > columns, column.type());
    }
    if (expression instanceof Expression.Literal literal) {
      return new LiteralOperator(literal.value(), literal.type());
    }
    if (expression instanceof Expression.Case cases) {
      return cases(cases);
    }
    if (expression instanceof Expression.Cast cast) {
      return cast(cast);
    }
    return call((Expression.Call) expression);
  }

  private VectorOperator[] compile(List<Expression> expressions) {
    return expressions.stream().map(this::compile).toArray(VectorOperator[]::new);
  }

  private VectorOperator cases(Expression.Case cases) {
    VectorOperator[] conditions =
        cases.branches().stream()
            .map(branch -> compile(branch.condition()))
            .toArray(VectorOperator[]::new);
    VectorOperator[] values = new VectorOperator[conditions.length + 1];
    for (int i = 0; i < conditions.length; i++) {
      values[i] = compile(cases.branches().get(i).value());
    }
    values[conditions.length] = compile(cases.otherwise());
    return new CaseOperator(cases.type(), conditions, values);
  }

  private VectorOperator cast(Expression.Cast cast) {
    if (Renaming.covers(cast.operand().type(), cast.type())) {
      return new Renaming(compile(cast.operand()), cast.type());
    }
    return Conversion.covers(cast)
        ? new Conversion(cast, compile(cast.operand()))
        : rare(cast, compile(cast.children()));
  }

  private VectorOperator call(Expression.Call call) {
    VectorOperator[] operands = compile(call.arguments());
    Operator operator = call.operator();
    if (operator == Operator.AND || operator == Operator.OR) {
      return new Conjunction(operands, operator == Operator.OR);
    }
    if (operator == Operator.COALESCE) {
      return new CoalesceOperator(call.type(), operands);
    }
    if (operator == Operator.NOT) {
      return new Negation(operands[0]);
    }
    if (TruthTest.covers(operator)) {
      return new TruthTest(operator, operands[0]);
    }
    if (Comparison.mask(operator) != 0) {
      return new Comparison(call, operands);
    }
    return kernel(call, operands);
  }

  private static VectorOperator kernel(Expression.Call call, VectorOperator[] operands) {
    if (LongArithmetic.covers(call)) {
      return new LongArithmetic(call, operands);
    }
    if (DoubleArithmetic.covers(call)) {
      return new DoubleArithmetic(call, operands);
    }
    if (TimeFloor.covers(call)) {
      return new TimeFloor(call, operands[0]);
    }
    return call.operator() == Operator.IN && LongIn.covers(call)
        ? new LongIn(call, operands[0])
        : rare(call, operands);
  }

  /** A function of one value and literals may remember what it gave for a value. */
  private static VectorOperator rare(Expression expression, VectorOperator[] operands) {
    int only = onlyOperand(expression.children());
    if (only >= 0 && isStrict(expression)) {
      Type type = expression.children().get(only).type();
      if (type.kind() == Type.Kind.VARCHAR) {
        return new TextMemo(expression, operands, only);
      }
      if (type.isTemporal() && expression.type().isLong()) {
        return new LongMemo(expression, operands, only, period(expression, type));
      }
    }
    return new AdaptedFunction(expression, operands);
  }

  /** The place of the one operand that is not a literal, -1 if there is not exactly one. */
  private static int onlyOperand(List<Expression> operands) {
    int found = -1;
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).asLiteral().isEmpty()) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static boolean isStrict(Expression expression) {
    return !(expression instanceof Expression.Call call)
        || switch (call.operator()) {
          case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> false;
          // a null among the members does not make the result null where another is equal
          case IN ->
              call.arguments().stream()
                  .noneMatch(each -> each.asLiteral().filter(l -> l.value() == null).isPresent());
          default -> true;
        };
  }

  /** For how long a function of a time stays the same. */
  private static long period(Expression expression, Type operand) {
    if (operand.kind() == Type.Kind.DATE || !(expression instanceof Expression.Call call)) {
      return 1;
    }
    return switch (call.operator()) {
      case EXTRACT_YEAR,
              EXTRACT_QUARTER,
              EXTRACT_MONTH,
              EXTRACT_WEEK,
              EXTRACT_DAY,
              EXTRACT_DOW,
              EXTRACT_ISODOW,
              EXTRACT_DOY,
              FLOOR_YEAR,
              FLOOR_QUARTER,
              FLOOR_MONTH,
              FLOOR_WEEK ->
          86_400_000;
      case EXTRACT_HOUR -> 3_600_000;
      case EXTRACT_MINUTE -> 60_000;
      default -> 1;
    };
  }
}
