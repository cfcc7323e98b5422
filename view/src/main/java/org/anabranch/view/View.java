// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.expression.Expression;

/**
 * A declared view: a fold, and how its groups are presented.
 *
 * <p>The expressions of {@code outputs} and {@code having} see a row of the fold's keys followed by
 * its presented aggregates.
 *
 * @param name the name as written
 * @param fold what decides the state
 * @param outputs the columns of the answer
 * @param having groups for which it is not true are not shown
 * @param sql the CREATE VIEW statement as written, from which this view can be read again
 */
public record View(
    String name, Fold fold, List<Output> outputs, Optional<Expression> having, String sql) {
  public View {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(fold, "fold is null");
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(having, "having is null");
    Objects.requireNonNull(sql, "sql is null");
  }

  /** A column of the answer. */
  public record Output(String name, Expression expression) {}

  /** The columns of the answer. */
  public Schema schema() {
    return new Schema(
        outputs.stream()
            .map(output -> Column.nullable(output.name(), output.expression().type()))
            .toList());
  }

  /** A view without group keys has one row, even over nothing. */
  public boolean isWholeStream() {
    return fold.keys().isEmpty();
  }
}
