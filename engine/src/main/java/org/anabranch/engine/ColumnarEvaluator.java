// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.Arrays;
import org.anabranch.engine.operator.Compiler;
import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.operator.VectorOperator;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.expression.Expression;

/** An expression compiled to operators. */
final class ColumnarEvaluator implements Evaluator {
  private final VectorOperator operator;
  private final Input input;
  private final Selection all = new Selection();

  ColumnarEvaluator(Expression expression, Schema schema) {
    boolean[] used = new boolean[schema.size()];
    Arrays.fill(used, true);
    this.operator = new Compiler(schema.size()).compile(expression);
    this.input = new Input(schema, used);
  }

  @Override
  public Evaluated evaluate(Rows rows) {
    input.bind(rows);
    Values values = operator.evaluate(input, all.all(rows.size()));
    return new Evaluated(values.toVector(rows.size()), values.errors());
  }
}
