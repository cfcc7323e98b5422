// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Segment;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.PresentException;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;

/**
 * Turns a view's groups into rows of its answer: Java objects (see {@link
 * org.anabranch.view.Type}), one an output. A view without group keys has one row even where there
 * is no group.
 */
public final class Presenter {
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
   * One group's row, empty if HAVING leaves it out.
   *
   * @throws PresentationException if a value cannot be shown
   */
  public Optional<Object[]> present(ByteBuffer key, ByteBuffer state) {
    return present(keys.decode(key), states.decode(state));
  }

  /** The row of the group that holds nothing; only a view without group keys shows it. */
  public Optional<Object[]> presentNothing() {
    return view.isWholeStream() ? present(new Object[0], states.zero()) : Optional.empty();
  }

  /** A walk over the rows of groups, in order of key. */
  public PresentedRows rows(Segment.Groups groups) {
    return new PresentedRows(this, groups);
  }

  /** All rows of groups. */
  public List<Object[]> all(Segment.Groups groups) {
    List<Object[]> all = new ArrayList<>();
    PresentedRows rows = rows(groups);
    for (Object[] row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  private Optional<Object[]> present(Object[] key, Object[] state) {
    try {
      Object[] row = concatenated(key, states.present(state));
      if (view.having().isPresent()
          && !Boolean.TRUE.equals(Evaluation.evaluate(view.having().get(), row))) {
        return Optional.empty();
      }
      Object[] outputs = new Object[view.outputs().size()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = Evaluation.evaluate(view.outputs().get(i).expression(), row);
      }
      return Optional.of(outputs);
    } catch (PresentException | EvaluationException e) {
      throw new PresentationException(view.name(), inWords(key), e.getMessage(), e);
    }
  }

  private static Object[] concatenated(Object[] first, Object[] second) {
    Object[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** A group's key for people: {@code origin = 'ORD', day = 2001-01-31}. */
  public String keyInWords(ByteBuffer key) {
    return inWords(keys.decode(key));
  }

  /** A group's row for people. */
  public String rowInWords(Object[] row) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      View.Output output = view.outputs().get(i);
      words.add(output.name() + " = " + KeyWords.value(output.expression(), row[i]));
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
