// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import java.util.List;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Vector;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;

/** Computes an expression row by row. */
final class ReferenceEvaluator implements Evaluator {
  private final Expression expression;
  private final RowReader reader;

  ReferenceEvaluator(Expression expression, Schema schema) {
    this.expression = expression;
    this.reader = new RowReader(schema, schema.names());
  }

  @Override
  public Evaluated evaluate(Rows rows) {
    List<Object[]> all = reader.read(rows);
    Vector values = Vector.of(expression.type(), rows.size());
    String[] errors = null;
    for (int row = 0; row < rows.size(); row++) {
      try {
        values.append(Evaluation.evaluate(expression, all.get(row)));
      } catch (EvaluationException e) {
        errors = errors == null ? new String[rows.size()] : errors;
        errors[row] = e.getMessage();
        values.appendNull();
      }
    }
    return new Evaluated(values, errors);
  }
}
