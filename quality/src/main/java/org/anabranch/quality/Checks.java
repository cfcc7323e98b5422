// SPDX-License-Identifier: Apache-2.0
package org.anabranch.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.anabranch.view.Engine;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Evaluator.Evaluated;
import org.anabranch.view.LongVector;
import org.anabranch.view.Rejection;
import org.anabranch.view.Rows;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.StreamDefinition.Check;
import org.anabranch.view.Verdict;
import org.anabranch.view.expression.Expression;

/**
 * The CHECKs of one stream version as a verdict. A row fails a check that is false or cannot be
 * computed; a null result passes, as in SQL. Owned by one thread at a time.
 */
public final class Checks implements Verdict {
  private final List<Rule> rules = new ArrayList<>();

  private record Rule(String name, String column, List<Integer> inputs, Evaluator evaluator) {}

  public Checks(StreamDefinition stream, Engine engine) {
    for (Check check : stream.checks()) {
      Set<Integer> inputs = new TreeSet<>();
      collect(check.condition(), inputs);
      String column =
          inputs.size() == 1 ? stream.schema().column(inputs.iterator().next()).name() : "";
      rules.add(
          new Rule(
              check.name(),
              column,
              List.copyOf(inputs),
              engine.evaluator(check.condition(), stream.rowSchema())));
    }
  }

  private static void collect(Expression expression, Set<Integer> inputs) {
    if (expression instanceof Expression.ColumnReference column) {
      inputs.add(column.index());
    }
    expression.children().forEach(child -> collect(child, inputs));
  }

  @Override
  public Rejection[] judge(Rows rows) {
    Rejection[] rejections = null;
    for (Rule rule : rules) {
      Evaluated result = rule.evaluator().evaluate(rows);
      for (int row = 0; row < rows.size(); row++) {
        if (fails(result, row) && (rejections == null || rejections[row] == null)) {
          rejections = rejections == null ? new Rejection[rows.size()] : rejections;
          rejections[row] = rejection(rule, result, rows, row);
        }
      }
    }
    return rejections;
  }

  private static boolean fails(Evaluated result, int row) {
    return result.isError(row)
        || (!result.values().isNull(row) && ((LongVector) result.values()).getLong(row) == 0);
  }

  private static Rejection rejection(Rule rule, Evaluated result, Rows rows, int row) {
    StringBuilder reason = new StringBuilder("CHECK (").append(rule.name()).append(") ");
    if (result.isError(row)) {
      reason.append("cannot be computed: ").append(result.errors()[row]);
    } else {
      reason.append("is false");
    }
    String separator = " for ";
    for (int input : rule.inputs()) {
      Object value = rows.column(input).get(row);
      reason.append(separator).append(rows.schema().column(input).name()).append(" = ");
      reason.append(value == null ? "NULL" : cut(value.toString()));
      separator = ", ";
    }
    return new Rejection("check", rule.column(), reason.toString());
  }

  private static String cut(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "...";
  }
}
