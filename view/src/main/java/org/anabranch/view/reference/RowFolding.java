// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Fold;
import org.anabranch.view.Type;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Unpresentable;

/**
 * What a fold makes of one row, by the definition: for every window that holds the row, from the
 * earliest, WHERE, then the keys, then of every aggregate FILTER and, where that is true, the
 * arguments. The first expression that cannot be computed rejects the row as a whole. Nothing
 * behind a WHERE or FILTER that is not true is computed. A row whose window time is null is in no
 * window.
 */
public final class RowFolding {
  private final Fold fold;

  public RowFolding(Fold fold) {
    this.fold = fold;
  }

  /**
   * A row's part in one group.
   *
   * @param keys the group's keys
   * @param arguments of every aggregate, null where its FILTER is not true
   */
  public record Addition(Object[] keys, List<Optional<Object[]>> arguments) {}

  /**
   * The groups a row goes to; none if WHERE or a null window time leaves it out.
   *
   * @param row a value for every column of the fold's schema, as Java objects; columns that the
   *     fold does not read may be null
   * @throws EvaluationException if the row is rejected, saying why
   */
  public List<Addition> fold(Object[] row) throws EvaluationException {
    List<Addition> additions = new ArrayList<>();
    for (Object[] copy : windowed(row)) {
      if (isTrue(fold.filter(), copy)) {
        additions.add(addition(copy));
      }
    }
    return additions;
  }

  private List<Object[]> windowed(Object[] row) throws EvaluationException {
    List<Object[]> copies = new ArrayList<>();
    if (fold.window().isEmpty()) {
      copies.add(row);
      return copies;
    }
    Window window = fold.window().get();
    Long time = (Long) evaluate(window.time(), row);
    for (long start : time == null ? new long[0] : window.starts(window.millis(time))) {
      Object[] copy = Arrays.copyOf(row, row.length + 2);
      Type type = Window.edgeType(window.time().type());
      copy[fold.windowColumn()] = Unpresentable.orValue(start, type);
      copy[fold.windowColumn() + 1] = Unpresentable.orValue(start + window.size(), type);
      copies.add(copy);
    }
    return copies;
  }

  private Addition addition(Object[] row) throws EvaluationException {
    Object[] keys = values(fold.keys(), row);
    List<Optional<Object[]>> arguments = new ArrayList<>();
    for (Aggregate aggregate : fold.aggregates()) {
      arguments.add(
          isTrue(aggregate.filter(), row)
              ? Optional.of(values(aggregate.arguments(), row))
              : Optional.empty());
    }
    return new Addition(keys, arguments);
  }

  private static boolean isTrue(Optional<Expression> condition, Object[] row)
      throws EvaluationException {
    return condition.isEmpty() || Boolean.TRUE.equals(evaluate(condition.get(), row));
  }

  private static Object[] values(List<Expression> expressions, Object[] row)
      throws EvaluationException {
    Object[] values = new Object[expressions.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = known(expressions.get(i), row);
    }
    return values;
  }

  /** A value as keys and states keep it: what is plainly a window's edge, wherever that lies. */
  private static Object known(Expression expression, Object[] row) throws EvaluationException {
    return expression instanceof Expression.ColumnReference column
            && row[column.index()] instanceof Unpresentable edge
        ? edge.known()
        : evaluate(expression, row);
  }

  private static Object evaluate(Expression expression, Object[] row) throws EvaluationException {
    Object value = Evaluation.evaluate(expression, row);
    return value instanceof Double number ? (Object) DoubleVector.canonical(number) : value;
  }
}
