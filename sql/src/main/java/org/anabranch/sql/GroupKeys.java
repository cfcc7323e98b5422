// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anabranch.view.expression.Expression;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * The keys of GROUP BY.
 *
 * @param expressions the keys, without duplicates
 * @param complete false if a key has a problem, so that what is no key may be one
 */
record GroupKeys(List<Expression> expressions, boolean complete) {
  GroupKeys {
    expressions = List.copyOf(expressions);
  }

  /** The keys of a clause, which may be missing. */
  static GroupKeys read(
      SqlNodeList group, List<QueryReader.Item> items, Columns columns, ExpressionBinder binder) {
    List<Expression> keys = new ArrayList<>();
    Set<String> known = new HashSet<>();
    boolean complete = true;
    for (SqlNode node : group == null ? SqlNodeList.EMPTY : group) {
      Expression key = key(node, items, columns, binder);
      if (key == null || !isStorable(key, node, binder)) {
        complete = false;
      } else if (known.add(key.canonical())) {
        keys.add(key);
      }
    }
    return new GroupKeys(keys, complete);
  }

  /** Whether there are columns of the expression's type; if not, it is reported. */
  static boolean isStorable(Expression expression, SqlNode node, ExpressionBinder binder) {
    if (expression.type().isInterval()) {
      binder.report(
          binder.span(node),
          "a column cannot be " + expression.type(),
          "write EXTRACT(EPOCH FROM ...) for seconds");
      return false;
    }
    return true;
  }

  /** As in PostgreSQL: a column of the stream, else a name of the select list, or its number. */
  private static Expression key(
      SqlNode node, List<QueryReader.Item> items, Columns columns, ExpressionBinder binder) {
    if (node instanceof SqlIdentifier identifier
        && identifier.isSimple()
        && binder.translation().literalAt(binder.span(identifier).start()).isEmpty()
        && columns.find(identifier.getSimple()).isEmpty()) {
      return items.stream()
          .filter(item -> item.name().equalsIgnoreCase(identifier.getSimple()))
          .findFirst()
          .map(item -> aliased(node, item, binder))
          .orElseGet(() -> binder.bind(node));
    }
    if (node instanceof SqlNodeList || node.getKind() == SqlKind.ROW) {
      return binder.report(
          binder.span(node),
          "lists in GROUP BY are not supported",
          "write the columns without parentheses");
    }
    if (node.getKind() == SqlKind.LITERAL) {
      return ordinal(node, items, binder);
    }
    Expression key = binder.bind(node);
    if (key != null && key.asLiteral().isPresent()) {
      return binder.report(binder.span(node), "a constant is no group key", "leave it out");
    }
    return key;
  }

  private static Expression ordinal(
      SqlNode node, List<QueryReader.Item> items, ExpressionBinder binder) {
    Expression literal = binder.bind(node);
    Object value = literal == null ? null : literal.asLiteral().orElseThrow().value();
    if (!(value instanceof Long number)) {
      return binder.report(binder.span(node), "a constant is no group key", "leave it out");
    }
    if (number < 1 || number > items.size()) {
      return binder.report(
          binder.span(node),
          "GROUP BY " + number + " is not in the select list of " + items.size(),
          "");
    }
    return aliased(node, items.get((int) (number - 1)), binder);
  }

  private static Expression aliased(SqlNode node, QueryReader.Item item, ExpressionBinder binder) {
    if (AggregateCall.isIn(item.node())) {
      return binder.report(
          binder.span(node),
          "'" + item.name() + "' is an aggregate and no group key",
          "leave it out");
    }
    return binder.bind(item.node());
  }
}
