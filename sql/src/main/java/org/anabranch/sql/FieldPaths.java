// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Column;

/** Whether every column of a stream has a field of its own. */
final class FieldPaths {
  private FieldPaths() {}

  /** What is wrong with the fields of the columns, if anything. */
  static Optional<String> problem(List<Column> columns, String format) {
    boolean nested = format.equals("json");
    Map<String, String> taken = new HashMap<>();
    for (Column column : columns) {
      String field = field(column, nested);
      String other = taken.putIfAbsent(field, column.name());
      if (other != null) {
        return Optional.of(
            "columns '" + other + "' and '" + column.name() + "' read the same field");
      }
    }
    return nested ? inside(taken) : Optional.empty();
  }

  /** The field's name, told apart from a path that looks like it. */
  private static String field(Column column, boolean nested) {
    String option = column.options().get("field");
    if (!nested) {
      return (option == null ? column.name() : option).toLowerCase(Locale.ROOT);
    }
    return option == null ? column.name() : option.replace('.', '\0');
  }

  private static Optional<String> inside(Map<String, String> columns) {
    for (String path : columns.keySet()) {
      for (int end = path.indexOf('\0'); end >= 0; end = path.indexOf('\0', end + 1)) {
        String outer = columns.get(path.substring(0, end));
        if (outer != null) {
          return Optional.of(
              "column '" + columns.get(path) + "' reads a field inside that of '" + outer + "'");
        }
      }
    }
    return Optional.empty();
  }
}
