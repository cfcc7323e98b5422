// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.expression.Expression.ColumnReference;

/**
 * The columns that names may mean.
 *
 * @param references every column of the row
 * @param qualifier what may stand before the point, or empty
 * @param unreadable names in lower case of columns whose declaration has a problem of its own
 */
record Columns(List<ColumnReference> references, String qualifier, Set<String> unreadable) {
  static final Columns NONE = new Columns(List.of(), "", Set.of());

  Columns {
    references = List.copyOf(references);
    unreadable = Set.copyOf(unreadable);
  }

  static Columns of(Schema schema, String qualifier, Set<String> unreadable) {
    List<ColumnReference> references = new ArrayList<>();
    for (Column column : schema.columns()) {
      references.add(new ColumnReference(references.size(), column.name(), column.type()));
    }
    return new Columns(references, qualifier, unreadable);
  }

  Columns with(List<ColumnReference> more) {
    List<ColumnReference> all = new ArrayList<>(references);
    all.addAll(more);
    return new Columns(all, qualifier, unreadable);
  }

  Optional<ColumnReference> find(String name) {
    return references.stream()
        .filter(
            column -> column.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  boolean isUnreadable(String name) {
    return unreadable.contains(name.toLowerCase(Locale.ROOT));
  }

  List<String> names() {
    return references.stream().map(ColumnReference::name).toList();
  }
}
