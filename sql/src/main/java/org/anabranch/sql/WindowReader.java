// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.Window;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;

/** Reads TUMBLE and HOP: windows over a stream. */
final class WindowReader {
  private static final String TUMBLE =
      "write TABLE(TUMBLE(TABLE stream, DESCRIPTOR(time), INTERVAL '1' DAY))";
  private static final String HOP =
      "write TABLE(HOP(TABLE stream, DESCRIPTOR(time), slide, size)), such as INTERVAL '1' HOUR,"
          + " INTERVAL '1' DAY";

  private final Translation translation;
  private final Problems problems;
  private final StreamNames streams;

  WindowReader(Translation translation, Problems problems, StreamNames streams) {
    this.translation = translation;
    this.problems = problems;
    this.streams = streams;
  }

  /** The stream and windows of a table function; empty if they cannot be known. */
  Optional<FromReader.From> read(SqlNode function, String alias) {
    if (!(function instanceof SqlCall call)
        || !(call.getOperator() instanceof SqlUnresolvedFunction unresolved)) {
      report(function, "this table function is not supported", TUMBLE);
      return Optional.empty();
    }
    String name = AggregateCall.name(unresolved);
    boolean hop = name.equals("HOP");
    if (!hop && !name.equals("TUMBLE")) {
      refuseFunction(call, name);
      return Optional.empty();
    }
    int intervals = hop ? 2 : 1;
    int count = call.operandCount();
    if (count < 2 + intervals || count > 3 + intervals) {
      report(call, name + " has " + count + " arguments", hop ? HOP : TUMBLE);
      return Optional.empty();
    }
    Optional<KnownStream> stream = table(call.operand(0), name);
    if (stream.isEmpty()) {
      return Optional.empty();
    }
    Columns columns = stream.get().columns(alias);
    ColumnReference time = time(call.operand(1), columns, name);
    Optional<Window> window = window(call, hop, time);
    Type type = time == null ? Type.TIMESTAMP : Window.edgeType(time.type());
    return Optional.of(new FromReader.From(stream.get(), window, withWindow(call, columns, type)));
  }

  private void refuseFunction(SqlCall call, String name) {
    String hint =
        FunctionRefusals.function(name)
            .map(Refusals.Refusal::hint)
            .orElseGet(() -> Suggestion.didYouMean(name, List.of("TUMBLE", "HOP")));
    report(call, name + " is not supported in FROM", hint.isEmpty() ? TUMBLE : hint);
  }

  private Optional<KnownStream> table(SqlNode node, String name) {
    if (node.getKind() == SqlKind.EXPLICIT_TABLE
        && ((SqlCall) node).operand(0) instanceof SqlIdentifier table) {
      return streams.find(table, span(table), problems);
    }
    report(
        node,
        "the first argument of " + name + " must be a stream",
        node instanceof SqlIdentifier written
            ? "write TABLE " + written.names.get(written.names.size() - 1)
            : "write TABLE and the stream's name");
    return Optional.empty();
  }

  private ColumnReference time(SqlNode node, Columns columns, String name) {
    boolean descriptor =
        node instanceof SqlCall call
            && call.getOperator() instanceof SqlUnresolvedFunction function
            && AggregateCall.name(function).equals("DESCRIPTOR")
            && call.operandCount() == 1
            && call.operand(0) instanceof SqlIdentifier;
    if (!descriptor) {
      report(
          node,
          "the second argument of " + name + " must be a time column",
          "write DESCRIPTOR(column)");
      return null;
    }
    SqlIdentifier column = ((SqlCall) node).operand(0);
    Scope scope = new RowScope(columns, "DESCRIPTOR", problems, span(node), Set.of());
    Expression found = scope.column(column);
    if (found == null) {
      return null;
    }
    boolean date = found.type().kind() == Type.Kind.DATE;
    if (!found.type().isTime()) {
      report(
          column,
          "windows need a TIMESTAMP, and '" + column + "' is " + found.type(),
          date ? "declare it as TIMESTAMP(3), or group by the DATE itself" : "");
      return null;
    }
    return (ColumnReference) found;
  }

  /** The windows; empty if there is a problem with them. */
  private Optional<Window> window(SqlCall call, boolean hop, ColumnReference time) {
    List<Optional<Long>> lengths = new ArrayList<>();
    for (SqlNode argument : call.getOperandList().subList(2, call.operandCount())) {
      lengths.add(length(argument));
    }
    if (time == null || lengths.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    long slide = lengths.get(0).orElseThrow();
    long size = hop ? lengths.get(1).orElseThrow() : slide;
    int sizeAt = hop ? 3 : 2;
    if (slide <= 0 || size <= 0) {
      report(call.operand(slide <= 0 ? 2 : sizeAt), "a window's length must be more than 0", "");
      return Optional.empty();
    }
    return sized(call, hop, time, slide, size, lengths);
  }

  private Optional<Window> sized(
      SqlCall call,
      boolean hop,
      ColumnReference time,
      long slide,
      long size,
      List<Optional<Long>> lengths) {
    if (size % slide != 0) {
      report(
          call.operand(3),
          "the size of windows must be a whole multiple of the slide",
          size < slide ? "the slide is written first, then the size" : HOP);
      return Optional.empty();
    }
    if (size / slide > Window.MAX_WINDOWS_PER_ROW) {
      report(
          call.operand(3),
          "a row would be in " + size / slide + " windows, at most " + Window.MAX_WINDOWS_PER_ROW,
          "write a longer slide");
      return Optional.empty();
    }
    int offsetAt = hop ? 2 : 1;
    long offset = lengths.size() > offsetAt ? lengths.get(offsetAt).orElseThrow() : 0;
    return Optional.of(new Window(time, size, slide, Math.floorMod(offset, slide)));
  }

  private Optional<Long> length(SqlNode node) {
    Scope scope = new RowScope(Columns.NONE, "a window's length", problems, span(node), Set.of());
    Expression bound = new ExpressionBinder(translation, scope, problems).bind(node);
    if (bound == null) {
      return Optional.empty();
    }
    if (bound instanceof Literal literal && literal.type().kind() == Type.Kind.DAYS_INTERVAL) {
      return Optional.of((Long) literal.value());
    }
    if (bound.type().kind() == Type.Kind.MICRO_INTERVAL) {
      report(
          node,
          "a window's length must be whole milliseconds",
          "write INTERVAL '0.001' SECOND or a whole multiple of it");
      return Optional.empty();
    }
    boolean months = bound.type().kind() == Type.Kind.MONTHS_INTERVAL;
    report(
        node,
        months ? "windows of months are not supported" : "a window's length must be an interval",
        months ? "write GROUP BY FLOOR(time TO MONTH)" : "write INTERVAL '1' DAY");
    return Optional.empty();
  }

  private Columns withWindow(SqlCall call, Columns columns, Type type) {
    for (String name : List.of("window_start", "window_end")) {
      if (columns.find(name).isPresent()) {
        report(
            call,
            "the stream has a column '" + name + "', which is the name of a window's end",
            "name the column otherwise");
        return columns;
      }
    }
    int index = columns.references().size();
    return columns.with(
        List.of(
            new ColumnReference(index, "window_start", type),
            new ColumnReference(index + 1, "window_end", type)));
  }

  private Span span(SqlNode node) {
    return Grammar.span(node, translation.span());
  }

  private void report(SqlNode node, String message, String hint) {
    problems.add(span(node), message, hint);
  }
}
