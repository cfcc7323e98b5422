// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;

/** Names of columns without AS, as PostgreSQL gives them. */
final class OutputNames {
  private static final String UNNAMED = "?column?";

  private OutputNames() {}

  static String of(SqlNode node, Translation translation) {
    if (node instanceof SqlIdentifier identifier) {
      boolean literal =
          translation.literalAt(Grammar.span(node, translation.span()).start()).isPresent();
      return literal || identifier.isStar()
          ? UNNAMED
          : identifier.names.get(identifier.names.size() - 1);
    }
    return node instanceof SqlCall call ? ofCall(call, translation) : UNNAMED;
  }

  private static String ofCall(SqlCall call, Translation translation) {
    if (call.getOperator() instanceof SqlUnresolvedFunction function) {
      return AggregateCall.name(function).toLowerCase(Locale.ROOT);
    }
    return switch (call.getKind()) {
      case FILTER, CAST -> of(call.operand(0), translation);
      case ITEM ->
          call.operand(1) instanceof SqlIdentifier ? of(call.operand(0), translation) : "timezone";
      case CASE, EXTRACT, FLOOR, CEIL -> call.getKind().name().toLowerCase(Locale.ROOT);
      case TRIM -> "btrim";
      default -> call.getOperator().getName().equals("SUBSTRING") ? "substring" : UNNAMED;
    };
  }
}
