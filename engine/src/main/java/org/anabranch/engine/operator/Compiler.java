// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.LikePattern;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.Unpresentable;

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

  /** Compiles a whole expression; one that is plainly a window's edge is it wherever it lies. */
  public VectorOperator compile(Expression expression) {
    return compile(expression, false);
  }

  private VectorOperator operand(Expression expression) {
    return compile(expression, true);
  }

  private VectorOperator compile(Expression expression, boolean checked) {
    if (expression instanceof Expression.ColumnReference column) {
      return column.index() < columns
          ? new ColumnOperator(column.index(), column.type())
          : new WindowOperator(column.index() > columns, checked, column.type());
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

  private VectorOperator[] operands(List<Expression> expressions) {
    return expressions.stream().map(this::operand).toArray(VectorOperator[]::new);
  }

  private VectorOperator[] operands(Expression.Call call) {
    return Unpresentable.isTakenBy(call)
        ? call.arguments().stream().map(this::compile).toArray(VectorOperator[]::new)
        : operands(call.arguments());
  }

  private VectorOperator cases(Expression.Case cases) {
    VectorOperator[] conditions =
        cases.branches().stream()
            .map(branch -> operand(branch.condition()))
            .toArray(VectorOperator[]::new);
    VectorOperator[] values = new VectorOperator[conditions.length + 1];
    for (int i = 0; i < conditions.length; i++) {
      values[i] = operand(cases.branches().get(i).value());
    }
    values[conditions.length] = operand(cases.otherwise());
    return new CaseOperator(cases.type(), conditions, values);
  }

  private VectorOperator cast(Expression.Cast cast) {
    if (Renaming.covers(cast.operand().type(), cast.type())) {
      return new Renaming(operand(cast.operand()), cast.type());
    }
    if (Conversion.covers(cast)) {
      return new Conversion(cast, operand(cast.operand()));
    }
    VectorOperator[] operand = operands(cast.children());
    return TimeMappings.of(cast)
        .<VectorOperator>map(mapping -> new LongMap(cast.type(), operand, mapping))
        .orElseGet(() -> rare(cast, operand));
  }

  private VectorOperator call(Expression.Call call) {
    VectorOperator[] operands = operands(call);
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

  private VectorOperator kernel(Expression.Call call, VectorOperator[] operands) {
    if (LongArithmetic.covers(call)) {
      return new LongArithmetic(call, operands);
    }
    Optional<Expression.Call> aligned = LongArithmetic.aligned(call);
    if (aligned.isPresent()) {
      return new LongArithmetic(aligned.get(), operands(aligned.get().arguments()));
    }
    if (DoubleArithmetic.covers(call)) {
      return new DoubleArithmetic(call, operands);
    }
    Optional<LongMap.Mapping> mapping = TimeMappings.of(call);
    if (mapping.isPresent()) {
      VectorOperator[] longs =
          call.operator() == Operator.AT_TIME_ZONE ? Arrays.copyOf(operands, 1) : operands;
      return new LongMap(call.type(), longs, mapping.get());
    }
    if (call.operator() == Operator.LIKE) {
      Optional<LikePattern> pattern = LikeOperator.pattern(call.arguments());
      return pattern.isPresent()
          ? new LikeOperator(operands[0], pattern.get())
          : rare(call, operands);
    }
    return call.operator() == Operator.IN ? in(call, operands) : rare(call, operands);
  }

  /** By definition the OR of the first operand's equality with each of the others. */
  private static VectorOperator in(Expression.Call call, VectorOperator[] operands) {
    if (LongIn.covers(call)) {
      return new LongIn(call, operands[0]);
    }
    if (isMemorable(call) && onlyOperand(call.arguments()) == 0) {
      return new TextMemo(call, operands, 0);
    }
    VectorOperator[] equalities = new VectorOperator[operands.length - 1];
    for (int i = 0; i < equalities.length; i++) {
      List<Expression> pair = List.of(call.arguments().get(0), call.arguments().get(i + 1));
      equalities[i] =
          new Comparison(
              new Expression.Call(Operator.EQUAL, pair, Type.BOOLEAN),
              new VectorOperator[] {operands[0], operands[i + 1]});
    }
    return new Conjunction(equalities, true);
  }

  /** A function of one text and literals may remember what it gave for a text. */
  private static VectorOperator rare(Expression expression, VectorOperator[] operands) {
    return isMemorable(expression) && isStrict(expression)
        ? new TextMemo(expression, operands, onlyOperand(expression.children()))
        : new AdaptedFunction(expression, operands);
  }

  /** Whether one text and otherwise literals, none of them null, decide the value. */
  private static boolean isMemorable(Expression expression) {
    List<Expression> operands = expression.children();
    int only = onlyOperand(operands);
    return only >= 0
        && operands.get(only).type().kind() == Type.Kind.VARCHAR
        && operands.stream()
            .flatMap(each -> each.asLiteral().stream())
            .allMatch(l -> l.value() != null);
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
        || (call.operator() != Operator.IS_DISTINCT_FROM
            && call.operator() != Operator.IS_NOT_DISTINCT_FROM
            && call.operator() != Operator.GREATEST
            && call.operator() != Operator.LEAST);
  }
}
