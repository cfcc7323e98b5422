// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Refuses what Calcite's grammar groups otherwise than PostgreSQL, until parentheses say what is
 * meant: {@code ||} beside arithmetic, and comparisons and IS DISTINCT FROM of one another. It also
 * bounds the depth of a tree, for those who walk it after.
 */
final class Precedence {
  private static final int MAX_DEPTH = 250;

  private static final Set<SqlOperator> ARITHMETIC =
      Set.of(
          SqlStdOperatorTable.PLUS,
          SqlStdOperatorTable.MINUS,
          SqlStdOperatorTable.MULTIPLY,
          SqlStdOperatorTable.DIVIDE,
          SqlStdOperatorTable.PERCENT_REMAINDER);

  private static final Set<SqlOperator> DISTINCT =
      Set.of(SqlStdOperatorTable.IS_DISTINCT_FROM, SqlStdOperatorTable.IS_NOT_DISTINCT_FROM);

  private static final Set<SqlKind> LOGIC = Set.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT);

  private record Place(SqlNode node, int depth) {}

  private final Translation translation;
  private final Problems problems;
  private final Map<Integer, Integer> parentheses = new HashMap<>();

  private Precedence(Translation translation, Problems problems) {
    this.translation = translation;
    this.problems = problems;
    Deque<Integer> open = new ArrayDeque<>();
    for (Translation.Piece piece : translation.pieces()) {
      if (piece.isSymbol("(")) {
        open.push(piece.span().start());
      } else if (piece.isSymbol(")") && !open.isEmpty()) {
        parentheses.put(open.pop(), piece.span().end());
      }
    }
  }

  static void check(SqlNode root, Translation translation, Problems problems)
      throws SyntaxException {
    new Precedence(translation, problems).walk(root);
  }

  private void walk(SqlNode root) throws SyntaxException {
    Deque<Place> rest = new ArrayDeque<>();
    rest.push(new Place(root, 0));
    while (!rest.isEmpty()) {
      Place place = rest.pop();
      if (place.depth() > MAX_DEPTH) {
        throw new SyntaxException(
            Grammar.span(place.node(), translation.span()),
            "expressions are nested more than " + MAX_DEPTH + " deep",
            "a long chain of OR can be written as IN (...)");
      }
      for (SqlNode child : children(place.node())) {
        if (child != null) {
          rest.push(new Place(child, place.depth() + 1));
        }
      }
    }
  }

  private List<SqlNode> children(SqlNode node) {
    if (node instanceof SqlCall call) {
      call.getOperandList().stream().filter(Objects::nonNull).forEach(child -> check(call, child));
      return call.getOperandList();
    }
    return node instanceof SqlNodeList list ? list.getList() : List.of();
  }

  private void check(SqlCall outer, SqlNode operand) {
    if (!(operand instanceof SqlCall inner) || !isAmbiguous(outer, inner)) {
      return;
    }
    Span span = Grammar.span(inner, translation.span());
    if (parentheses.getOrDefault(span.start(), -1) != span.end()) {
      problems.add(
          span,
          inner.getOperator().getName()
              + " beside "
              + outer.getOperator().getName()
              + " needs parentheses",
          "write ( and ) around what belongs together");
    }
  }

  private static boolean isAmbiguous(SqlCall outer, SqlCall inner) {
    if (inner.getOperator().equals(SqlStdOperatorTable.CONCAT)) {
      return ARITHMETIC.contains(outer.getOperator());
    }
    if (DISTINCT.contains(inner.getOperator())) {
      return !LOGIC.contains(outer.getKind()) && isOperator(outer);
    }
    return SqlKind.COMPARISON.contains(inner.getKind())
        && SqlKind.COMPARISON.contains(outer.getKind());
  }

  /** Whether operands stand beside it, rather than between its words or parentheses. */
  private static boolean isOperator(SqlCall call) {
    return switch (call.getOperator().getSyntax()) {
      case BINARY, PREFIX, POSTFIX -> call.getKind() != SqlKind.AS;
      case SPECIAL -> Set.of(SqlKind.BETWEEN, SqlKind.LIKE, SqlKind.IN).contains(call.getKind());
      default -> false;
    };
  }
}
