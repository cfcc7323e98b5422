// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import java.util.Map;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

/** Arithmetic that DuckDB gives another type than views do, where the types are known. */
final class Arithmetic {
  private Arithmetic() {}

  /** Makes a call whose operands are walked give the type it gives in a view. */
  static void finish(
      Map<String, Object> node,
      String name,
      List<Map<String, Object>> nodes,
      List<Expression> operands,
      Expression result) {
    if (result == null) {
      return;
    }
    Type type = result.type();
    if (name.equals("/") && type.kind() == Type.Kind.DECIMAL) {
      divide(node, nodes, type);
    } else if (name.equals("-") && type.kind() == Type.Kind.INTEGER && isDate(operands, 0)) {
      Tree.convert(node, "INTEGER");
    } else if (name.equals("*") && type.kind() == Type.Kind.DAYS_INTERVAL) {
      multiply(node, nodes, operands);
    } else if (type.kind() == Type.Kind.DATE) {
      day(node, name, nodes, operands);
    }
  }

  /** The exact quotient, as text, for the CAST around it. */
  private static void divide(Map<String, Object> node, List<Map<String, Object>> nodes, Type type) {
    Map<String, Object> quotient =
        Tree.call(
            "quotient",
            List.of(
                Tree.cast(nodes.get(0), "VARCHAR"),
                Tree.cast(nodes.get(1), "VARCHAR"),
                Tree.cast(Tree.number(type.precision()), "VARCHAR"),
                Tree.cast(Tree.number(type.scale()), "VARCHAR")));
    Tree.replace(node, Tree.cast(quotient, SqlTypes.name(type)));
  }

  /** DuckDB multiplies intervals by INTEGERs only. */
  private static void multiply(
      Map<String, Object> node, List<Map<String, Object>> nodes, List<Expression> operands) {
    int number = operands.get(0).type().isNumeric() ? 0 : 1;
    if (operands.get(number).type().kind() == Type.Kind.BIGINT) {
      Tree.replace(node, Tree.call("times", List.of(nodes.get(number), nodes.get(1 - number))));
    }
  }

  /** Days are counted by INTEGERs; DATE_TRUNC of a DATE stays one. */
  private static void day(
      Map<String, Object> node,
      String name,
      List<Map<String, Object>> nodes,
      List<Expression> operands) {
    if (name.equals("date_trunc")) {
      Tree.convert(node, "DATE");
    }
    for (int i = 0; i < operands.size(); i++) {
      if ((name.equals("+") || name.equals("-")) && !isDate(operands, i)) {
        Tree.convert(nodes.get(i), "INTEGER");
      }
    }
  }

  private static boolean isDate(List<Expression> operands, int index) {
    return operands.get(index) != null && operands.get(index).type().kind() == Type.Kind.DATE;
  }
}
