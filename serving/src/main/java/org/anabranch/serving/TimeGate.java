// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

/** Functions of time whose first argument is the name of a field or unit. */
final class TimeGate {
  private final Refusals refusals;

  TimeGate(Refusals refusals) {
    this.refusals = refusals;
  }

  /** The name a call goes by: FLOOR(x TO unit) and EXTRACT are calls of ours. */
  String normal(Map<String, Object> node, String name) {
    if (name.equals("date_part")) {
      return extract(node);
    }
    List<Object> arguments = list(node.get("arguments"));
    if (name.equals("floor") && arguments.size() == 2 && refusals.isUnit(argument(node, 1))) {
      node.put("arguments", new ArrayList<>(List.of(arguments.get(1), arguments.get(0))));
      return "date_trunc";
    }
    return name;
  }

  /** The operator of a call that {@link #normal} has named, if its first argument decides it. */
  Operator operator(Map<String, Object> node, String name) {
    if (name.startsWith("extract_")) {
      return Operator.valueOf(name.toUpperCase(Locale.ROOT));
    }
    if (!name.equals("date_trunc")) {
      return null;
    }
    String unit = firstText(node, "date_trunc by no unit").toUpperCase(Locale.ROOT);
    if (!Functions.isUnit(unit)) {
      throw refusals.refused(
          node, "date_trunc of this unit", ": take " + String.join(", ", Functions.units()));
    }
    return Operator.valueOf("FLOOR_" + unit);
  }

  private String extract(Map<String, Object> node) {
    String field = firstText(node, "EXTRACT without a constant field");
    String name = Functions.field(field);
    if (name == null) {
      List<String> fields = Functions.fields().stream().sorted().toList();
      throw refusals.refused(node, "EXTRACT(" + field + ")", Names.suggestion(field, fields));
    }
    list(node.get("arguments")).remove(0);
    return name;
  }

  /** The call for an operand whose seconds have six digits, or of which nothing is known. */
  String precise(Map<String, Object> node, String target, Expression operand) {
    if (!Functions.isOfSeconds(target)) {
      return target;
    }
    if (operand == null) {
      Map<String, Object> argument = map(list(node.get("arguments")).get(0));
      argument.put(
          "expression", Tree.call("whole_millis", List.of(map(argument.get("expression")))));
    }
    return operand != null && operand.type().isMicros() ? target + "_micros" : target;
  }

  boolean isZoned(Map<String, Object> node, String name) {
    return name.equals("date_trunc") && list(node.get("arguments")).size() == 3;
  }

  /** DATE_TRUNC(unit, x, zone) is DATE_TRUNC(unit, x AT TIME ZONE zone) AT TIME ZONE zone. */
  void unzone(Map<String, Object> node) {
    Map<String, Object> zone = argument(node, 2);
    Map<String, Object> local =
        Tree.function("timezone", List.of(Tree.copy(zone), argument(node, 1)));
    Map<String, Object> floor = Tree.function("date_trunc", List.of(argument(node, 0), local));
    Tree.replace(node, Tree.function("timezone", List.of(zone, floor)));
  }

  /** A TIMESTAMP comes out where one went in. */
  Expression instant(Map<String, Object> node, Expression result) {
    if (result != null && !result.type().isInstant()) {
      throw refusals.refused(
          node,
          "DATE_TRUNC with a zone of a TIMESTAMP",
          ": leave the zone out, the clock is already a region's");
    }
    return result;
  }

  /** Whether a number of seconds or milliseconds may be no whole number of milliseconds. */
  static boolean isFiner(String function, List<Expression> operands) {
    int digits =
        switch (function) {
          case "to_seconds" -> 3;
          case "to_milliseconds" -> 0;
          default -> Integer.MAX_VALUE;
        };
    Expression operand = operands.size() == 1 ? operands.get(0) : null;
    if (operand == null || digits == Integer.MAX_VALUE) {
      return false;
    }
    if (operand instanceof Expression.Literal literal && literal.value() instanceof Number number) {
      return new BigDecimal(number.toString()).stripTrailingZeros().scale() > digits;
    }
    return operand.type().kind() == Type.Kind.DOUBLE || operand.type().scale() > digits;
  }

  private static Map<String, Object> argument(Map<String, Object> node, int index) {
    return map(map(list(node.get("arguments")).get(index)).get("expression"));
  }

  private String firstText(Map<String, Object> node, String otherwise) {
    if (!list(node.get("arguments")).isEmpty() && TypeGate.isText(argument(node, 0))) {
      return text(map(argument(node, 0).get("literal")), "text");
    }
    throw refusals.refused(node, otherwise, "");
  }
}
