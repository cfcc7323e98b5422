// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Column;
import org.anabranch.view.FieldPath;

/** Whether every column of a stream has a field of its own. */
final class FieldPaths {
  private FieldPaths() {}

  /** What is wrong with the fields of the columns, if anything. */
  static Optional<String> problem(List<Column> columns, String format) {
    boolean nested = format.equals("json");
    Map<List<Object>, String> taken = new HashMap<>();
    for (Column column : columns) {
      List<Object> field;
      try {
        field = field(column, nested);
      } catch (IllegalArgumentException e) {
        // It is refused where it stands.
        continue;
      }
      String other = taken.putIfAbsent(field, column.name());
      if (other != null) {
        return Optional.of(
            "columns '" + other + "' and '" + column.name() + "' read the same field");
      }
    }
    return nested ? inside(taken) : Optional.empty();
  }

  /** The names, and numbers of elements, on the way to the field. */
  private static List<Object> field(Column column, boolean nested) {
    if (!nested) {
      String name = column.options().getOrDefault("field", column.name());
      return List.of(name.toLowerCase(Locale.ROOT));
    }
    return FieldPath.of(column).steps().stream()
        .map(step -> step.isElement() ? (Object) step.element() : step.name())
        .toList();
  }

  private static Optional<String> inside(Map<List<Object>, String> columns) {
    Map<List<Object>, Object> kinds = new HashMap<>();
    for (List<Object> path : columns.keySet()) {
      for (int length = 1; length < path.size(); length++) {
        List<Object> outer = path.subList(0, length);
        if (columns.containsKey(outer)) {
          return Optional.of(
              "column '"
                  + columns.get(path)
                  + "' reads a field inside that of '"
                  + columns.get(outer)
                  + "'");
        }
        Object kind = path.get(length).getClass();
        if (!kinds.computeIfAbsent(outer, ignored -> kind).equals(kind)) {
          return Optional.of(
              "column '" + columns.get(path) + "' reads an array where another reads an object");
        }
      }
    }
    return Optional.empty();
  }
}
