// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Window;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Reads FROM: a stream, or windows over a stream. */
final class FromReader {
  /** What FROM means. */
  record From(KnownStream stream, Optional<Window> window, Columns columns) {}

  private final Translation translation;
  private final Problems problems;
  private final StreamNames streams;

  FromReader(Translation translation, Problems problems, StreamNames streams) {
    this.translation = translation;
    this.problems = problems;
    this.streams = streams;
  }

  /** The stream and windows of a FROM clause; empty if they cannot be known. */
  Optional<From> read(SqlNode from) {
    SqlNode source = from;
    String alias = "";
    if (from.getKind() == SqlKind.AS) {
      List<SqlNode> operands = ((SqlCall) from).getOperandList();
      source = operands.get(0);
      alias = ((SqlIdentifier) operands.get(1)).getSimple();
      if (operands.size() > 2) {
        report(
            operands.get(2),
            "names of columns after an alias are not supported",
            "name them with AS in the select list");
      }
    }
    if (source instanceof SqlIdentifier name) {
      return stream(name, alias.isEmpty() ? name.names.get(name.names.size() - 1) : alias);
    }
    if (source.getKind() == SqlKind.COLLECTION_TABLE) {
      return new WindowReader(translation, problems, streams)
          .read(((SqlCall) source).operand(0), alias);
    }
    Refusals.Refusal refusal =
        isQuery(source) ? Refusals.construct(SqlKind.SELECT) : Refusals.construct(source.getKind());
    report(source, refusal.message(), refusal.hint());
    return Optional.empty();
  }

  private static boolean isQuery(SqlNode node) {
    return node.isA(SqlKind.QUERY) && node.getKind() != SqlKind.VALUES;
  }

  private Optional<From> stream(SqlIdentifier name, String qualifier) {
    return streams
        .find(name, span(name), problems)
        .map(stream -> new From(stream, Optional.empty(), stream.columns(qualifier)));
  }

  private Span span(SqlNode node) {
    return Grammar.span(node, translation.span());
  }

  private void report(SqlNode node, String message, String hint) {
    problems.add(span(node), message, hint);
  }
}
