// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.serving.Answer;
import org.anabranch.serving.QueryLimits;
import org.anabranch.serving.ServingException;
import org.anabranch.serving.SqlService;
import org.anabranch.serving.SqlSettings;
import org.anabranch.serving.ThreadWatchdog;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;
import org.anabranch.view.Clock;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.Accumulator;
import org.anabranch.view.accumulator.PresentException;
import org.anabranch.view.accumulator.RowId;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.Evaluation;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.reference.RowFolding;

/** The same text in a definition and in a query, over the same rows of a stream {@code s}. */
final class BothSides implements AutoCloseable {
  private final SqlService sql =
      new SqlService(List::of, SqlSettings.DEFAULT, Clock.SYSTEM, new ThreadWatchdog());
  private final Schema schema;
  private final String stream;

  /**
   * @param stream the definition of {@code s}
   */
  BothSides(String stream) {
    this.stream = stream;
    try {
      this.schema = Script.parse("test.sql", stream).streams().get(0).schema();
    } catch (ScriptException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    sql.close();
  }

  /** A view over the stream {@code s}. */
  View view(String select, String rest) throws ScriptException {
    String view = "CREATE VIEW v AS SELECT " + select + " FROM s" + rest + ";";
    List<View> views = Script.parse("test.sql", stream + view).views();
    return views.get(views.size() - 1);
  }

  /** An expression of a row in a definition: its value with its type, or {@code error}. */
  String defined(String text, Object[] row) throws ScriptException {
    Expression expression =
        view("(" + text + ") AS x, COUNT(*) AS y", " GROUP BY " + text).fold().keys().get(0);
    return outcome(() -> Evaluation.evaluate(expression, row), expression.type());
  }

  /** What a definition presents of rows. */
  String definedOver(String text, Object[][] rows) throws ScriptException {
    View view = view(text + " AS x", "");
    return outcome(() -> folded(view, rows), view.schema().column(0).type());
  }

  /** What a query gives over rows, or {@code error: } and why. */
  String askedOver(String text, Object[][] rows) {
    return asked("SELECT " + text + " AS x FROM " + rows(rows));
  }

  private interface Computed {
    Object get() throws EvaluationException, PresentException;
  }

  private static String outcome(Computed computed, Type type) {
    try {
      return shown(computed.get(), type);
    } catch (EvaluationException | PresentException e) {
      return "error";
    }
  }

  private static Object folded(View view, Object[][] rows)
      throws EvaluationException, PresentException {
    int count = view.fold().aggregates().size();
    Object[] presented = new Object[count];
    for (int i = 0; i < count; i++) {
      presented[i] = folded(view, i, rows);
    }
    return Evaluation.evaluate(view.outputs().get(0).expression(), presented);
  }

  private static Object folded(View view, int aggregate, Object[][] rows)
      throws EvaluationException, PresentException {
    return folded(view.fold().aggregates().get(aggregate).accumulator(), view, aggregate, rows);
  }

  private static <S> Object folded(
      Accumulator<S> accumulator, View view, int aggregate, Object[][] rows)
      throws EvaluationException, PresentException {
    S state = accumulator.zero();
    for (int row = 0; row < rows.length; row++) {
      for (RowFolding.Addition addition : new RowFolding(view.fold()).fold(rows[row])) {
        Optional<Object[]> arguments = addition.arguments().get(aggregate);
        if (arguments.isPresent()) {
          RowId id = new RowId(0, 0, row);
          state = accumulator.add(state, arguments.get(), id);
        }
      }
    }
    return accumulator.present(state);
  }

  /** The first value of a query, or {@code error: } and why. */
  String asked(String query) {
    try (Answer answer = sql.query(query, QueryLimits.DEFAULT, Optional.empty())) {
      Object[] first = answer.next();
      return first == null ? "none" : shown(first[0], answer.schema().column(0).type());
    } catch (ServingException e) {
      assertTrue(e.getMessage().startsWith("Cannot "), e.getMessage());
      return "error: " + e.getMessage();
    }
  }

  static boolean same(String here, String there) {
    return here.equals("error") ? there.startsWith("error") : here.equals(there);
  }

  /** A value with its type; of a DECIMAL the digits after the point, which show. */
  private static String shown(Object value, Type type) {
    String digits = type.kind() == Type.Kind.DECIMAL ? "(" + type.scale() + ")" : "";
    return value + " " + type.kind() + digits;
  }

  /** What stands in FROM for rows. */
  String rows(Object[][] rows) {
    List<String> texts = new ArrayList<>();
    for (Object[] row : rows) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < row.length; i++) {
        Type type = schema.column(i).type();
        Object value = row[i];
        String text =
            Objects.isNull(value)
                ? "NULL"
                : "'" + Conversions.toText(value, type).replace("'", "''") + "'";
        values.add("CAST(" + text + " AS " + type + ")");
      }
      texts.add("(" + String.join(", ", values) + ")");
    }
    String names = String.join(", ", schema.names());
    return "(VALUES " + String.join(", ", texts) + ") v(" + names + ")";
  }
}
