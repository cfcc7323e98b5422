// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.view.Type;

/** Writes expressions in one unambiguous text. */
final class Canonical {
  private Canonical() {}

  static String literal(Object value, Type type) {
    if (value == null) {
      return "NULL:" + type;
    }
    String text = value instanceof Double number ? Double.toHexString(number) : value.toString();
    return quoted(text) + ':' + type;
  }

  static String column(String name, Type type) {
    return '"' + name.toLowerCase(java.util.Locale.ROOT).replace("\"", "\"\"") + "\":" + type;
  }

  static String call(String name, List<Expression> arguments, Type type) {
    return name
        + arguments.stream().map(Expression::canonical).collect(Collectors.joining(",", "(", ")"))
        + ':'
        + type;
  }

  static String branches(List<Expression.When> branches, Expression otherwise, Type type) {
    List<Expression> all = new ArrayList<>();
    branches.forEach(branch -> all.addAll(List.of(branch.condition(), branch.value())));
    all.add(otherwise);
    return call("CASE", all, type);
  }

  static List<Expression> children(Expression.Case cases) {
    List<Expression> all = new ArrayList<>();
    cases.branches().forEach(branch -> all.addAll(List.of(branch.condition(), branch.value())));
    all.add(cases.otherwise());
    return List.copyOf(all);
  }

  private static String quoted(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
