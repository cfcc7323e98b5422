// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Segment;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Unpresentable;

/**
 * Turns a view's groups into rows of its answer, one cell an output. A cell that cannot be shown
 * spoils no other: it is named, and the rest of the group is shown. A view without group keys has
 * one row even where there is no group.
 */
public final class Presenter {
  private static final String CHANGE =
      "leave the column or the group out, or change the column's expression in the view";
  private static final String DECIDE =
      "the group is shown; change HAVING in the view so that it can be decided";
  private static final String SMALLER = "group by more, or use APPROX_COUNT_DISTINCT";

  private final View view;
  private final KeyCodec keys;
  private final States states;

  public Presenter(View view) {
    this.view = view;
    this.keys = new KeyCodec(view.fold().keyTypes());
    this.states = new States(view.fold());
  }

  /** The codec of the view's keys. */
  public KeyCodec keys() {
    return keys;
  }

  /**
   * One group, empty if HAVING leaves it out. HAVING leaves out what it is false or null for; a
   * group for which it cannot be decided is shown, and that is named.
   */
  public Optional<ShownGroup> present(ByteBuffer key, ByteBuffer state) {
    return present(keys.decode(key), states.present(states.decode(state)));
  }

  /**
   * One group of whose aggregates nothing can be said.
   *
   * @param reason why
   */
  public Optional<ShownGroup> presentWithoutState(ByteBuffer key, String reason) {
    Object[] unknown = new Object[states.size()];
    Arrays.fill(unknown, new Unpresentable(null, reason, SMALLER));
    return present(keys.decode(key), unknown);
  }

  /** The row of the group that holds nothing; only a view without group keys shows it. */
  public Optional<ShownGroup> presentNothing() {
    return view.isWholeStream()
        ? present(new Object[0], states.present(states.zero()))
        : Optional.empty();
  }

  /** A walk over the rows of groups, in order of key. */
  public PresentedRows rows(Segment.Groups groups) {
    return new PresentedRows(this, groups);
  }

  /** All rows of groups. */
  public List<ShownGroup> all(Segment.Groups groups) {
    List<ShownGroup> all = new ArrayList<>();
    PresentedRows rows = rows(groups);
    for (ShownGroup row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  private Optional<ShownGroup> present(Object[] key, Object[] aggregates) {
    Object[] row = row(key, aggregates);
    List<CellProblem> problems = new ArrayList<>(0);
    if (view.having().isPresent() && isLeftOut(key, row, problems)) {
      return Optional.empty();
    }
    Object[] outputs = new Object[view.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = output(i, key, row, problems);
    }
    return Optional.of(new ShownGroup(outputs, problems));
  }

  /** What the outputs see: keys, then aggregates. */
  private Object[] row(Object[] key, Object[] aggregates) {
    Object[] row = new Object[key.length + aggregates.length];
    for (int i = 0; i < key.length; i++) {
      Type type = keys.types().get(i);
      row[i] = Unpresentable.orValue(key[i], type);
    }
    System.arraycopy(aggregates, 0, row, key.length, aggregates.length);
    return row;
  }

  private boolean isLeftOut(Object[] key, Object[] row, List<CellProblem> problems) {
    try {
      return !Evaluation.isTrue(view.having().orElseThrow(), row);
    } catch (EvaluationException e) {
      problems.add(
          new CellProblem(inWords(key), CellProblem.HAVING, -1, null, e.getMessage(), DECIDE));
      return false;
    }
  }

  private Object output(int index, Object[] key, Object[] row, List<CellProblem> problems) {
    Expression expression = view.outputs().get(index).expression();
    String name = view.outputs().get(index).name();
    if (expression instanceof Expression.ColumnReference column
        && row[column.index()] instanceof Unpresentable cell) {
      problems.add(
          new CellProblem(inWords(key), name, index, cell.known(), cell.reason(), cell.advice()));
      return null;
    }
    try {
      return Evaluation.evaluate(expression, row);
    } catch (EvaluationException e) {
      problems.add(new CellProblem(inWords(key), name, index, null, e.getMessage(), CHANGE));
      return null;
    }
  }

  /** A group's key for people: {@code origin = 'ORD', day = 2001-01-31}. */
  public String keyInWords(ByteBuffer key) {
    return inWords(keys.decode(key));
  }

  /** A group's row for people. */
  public String rowInWords(ShownGroup group) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < group.values().length; i++) {
      View.Output output = view.outputs().get(i);
      Object value = group.values()[i];
      words.add(
          output.name()
              + " = "
              + group
                  .problem(i)
                  .map(problem -> "not shown (" + problem.what() + ")")
                  .orElseGet(() -> KeyWords.value(output.expression(), value)));
    }
    return String.join(", ", words);
  }

  private String inWords(Object[] key) {
    List<Expression> expressions = view.fold().keys();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < key.length; i++) {
      words.add(
          KeyWords.name(expressions.get(i)) + " = " + KeyWords.value(expressions.get(i), key[i]));
    }
    return words.isEmpty() ? "the whole stream" : String.join(", ", words);
  }
}
