// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.accumulator.AggregateText;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.SqlText;

/**
 * A view in the words of SQL, for people: which rows it takes, what it keeps for each group, what
 * it shows of it. Nothing of this decides the identity of a fold.
 *
 * @param window the windows a row is put in
 * @param filter which rows are taken; all without one
 * @param keys what makes a group
 * @param states what is kept for each group
 * @param outputs the columns that are shown
 * @param having which groups are shown; all without one
 */
public record Explanation(
    Optional<String> window,
    Optional<String> filter,
    List<Part> keys,
    List<State> states,
    List<Shown> outputs,
    Optional<String> having) {
  public Explanation {
    keys = List.copyOf(keys);
    states = List.copyOf(states);
    outputs = List.copyOf(outputs);
  }

  /** A group key. */
  public record Part(String sql, String type) {}

  /**
   * An aggregate.
   *
   * @param sql the aggregate as it is written
   * @param state what is kept for it
   * @param type what it gives
   */
  public record State(String sql, String state, String type) {}

  /** A column of the answer: an expression over group keys and aggregates. */
  public record Shown(String name, String sql, String type) {}

  public static Explanation of(View view) {
    Fold fold = view.fold();
    return new Explanation(
        fold.window().map(window -> window.words(fold.stream())),
        fold.filter().map(SqlText::of),
        fold.keys().stream().map(key -> new Part(SqlText.of(key), key.type().toString())).toList(),
        fold.aggregates().stream()
            .map(
                aggregate ->
                    new State(
                        AggregateText.sql(aggregate),
                        AggregateText.state(aggregate),
                        aggregate.type().toString()))
            .toList(),
        view.outputs().stream().map(output -> shown(fold, output)).toList(),
        view.having().map(having -> presented(fold, having)));
  }

  private static Shown shown(Fold fold, View.Output output) {
    Expression expression = output.expression();
    return new Shown(output.name(), presented(fold, expression), expression.type().toString());
  }

  /** What is shown sees the keys and behind them the aggregates. */
  private static String presented(Fold fold, Expression expression) {
    if (expression instanceof ColumnReference column && column.index() < fold.keys().size()) {
      return SqlText.of(fold.keys().get(column.index()));
    }
    return SqlText.of(expression, column -> part(fold, column.index()));
  }

  private static String part(Fold fold, int index) {
    int keys = fold.keys().size();
    return index < keys
        ? SqlText.whole(fold.keys().get(index))
        : AggregateText.sql(fold.aggregates().get(index - keys));
  }
}
