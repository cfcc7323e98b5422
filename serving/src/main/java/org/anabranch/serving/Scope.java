// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an expression or a query sees around it.
 *
 * @param tables the common tables (WITH) by folded name
 * @param arithmetic whether the parent is one of +, - and *, which checks the result of all below
 * @param columns the columns that can be named
 */
record Scope(Map<String, CommonTable> tables, boolean arithmetic, Columns columns) {
  static final Scope OUTERMOST = new Scope(Map.of(), false, Columns.NONE);

  Scope {
    tables = Map.copyOf(tables);
  }

  /**
   * A common table.
   *
   * @param name as it is declared
   * @param columns its columns
   * @param nodes what it adds to the size of the query wherever it is named
   */
  record CommonTable(String name, List<Columns.Output> columns, long nodes) {}

  Optional<CommonTable> find(String name) {
    return Optional.ofNullable(tables.get(folded(name)));
  }

  Scope with(CommonTable table) {
    Map<String, CommonTable> more = new HashMap<>(tables);
    more.put(folded(table.name()), table);
    return new Scope(more, arithmetic, columns);
  }

  /** Inside of what has these in FROM. */
  Scope over(List<Columns.Source> sources) {
    return new Scope(tables, arithmetic, new Columns(sources, columns));
  }

  Scope insideArithmetic(boolean inside) {
    return inside == arithmetic ? this : new Scope(tables, inside, columns);
  }

  /** As DuckDB folds names: ASCII letters only, so that both agree on which names are one. */
  static String folded(String name) {
    StringBuilder folded = new StringBuilder(name);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + 32));
      }
    }
    return folded.toString();
  }
}
