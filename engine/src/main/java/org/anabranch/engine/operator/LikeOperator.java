// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.LikePattern;

/** LIKE with a literal pattern, on the bytes. */
final class LikeOperator extends Function {
  private final LikePattern pattern;

  LikeOperator(VectorOperator operand, LikePattern pattern) {
    super(Type.BOOLEAN, new VectorOperator[] {operand}, true);
    this.pattern = pattern;
  }

  /** The pattern, if it is a valid literal; for others the specification says what is wrong. */
  static Optional<LikePattern> pattern(List<Expression> arguments) {
    Optional<Object> pattern = arguments.get(1).asLiteral().map(Expression.Literal::value);
    Optional<Object> escape = arguments.get(2).asLiteral().map(Expression.Literal::value);
    if (pattern.isEmpty() || escape.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LikePattern.of((String) pattern.get(), (String) escape.get()));
    } catch (EvaluationException e) {
      return Optional.empty();
    }
  }

  /** Hot kernel. */
  @Override
  void compute(Values[] arguments, Values result, Selection selection) {
    byte[] bytes = arguments[0].bytes();
    int[] offsets = arguments[0].offsets();
    long[] target = result.longs();
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      int row = rows[i];
      int from = offsets[row];
      target[row] = pattern.matches(bytes, from, offsets[row + 1] - from) ? 1 : 0;
    }
  }
}
