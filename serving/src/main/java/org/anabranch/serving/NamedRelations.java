// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Schema;

/** The relations of the catalog that a query names, and the tables that stand for them. */
final class NamedRelations {
  private final Catalog catalog;
  private final Refusals refusals;
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private final List<Map<String, Object>> tables = new ArrayList<>();
  private final Set<String> columns = new HashSet<>();

  NamedRelations(Catalog catalog, Refusals refusals) {
    this.catalog = catalog;
    this.refusals = refusals;
  }

  /** By the names of their tables. */
  Map<String, Relation> relations() {
    return relations;
  }

  boolean hasColumn(String name) {
    return columns.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Makes a table of the query that of the relation it names.
   *
   * @return its columns
   */
  Schema name(Map<String, Object> table, String name) {
    Relation relation = catalog.find(name).orElseThrow(() -> unknown(name, refusals.place(table)));
    rename(table, tableOf(relation));
    tables.add(table);
    return relation.schema();
  }

  private ServingException unknown(String name, String place) {
    List<String> names = catalog.relations().stream().map(Relation::name).toList();
    return new ServingException(
        Reason.UNKNOWN_RELATION,
        "Cannot find a relation '" + name + "'" + place + Names.suggestion(name, names));
  }

  private String tableOf(Relation relation) {
    for (Map.Entry<String, Relation> entry : relations.entrySet()) {
      if (entry.getValue().name().equals(relation.name())) {
        return entry.getKey();
      }
    }
    String internal = Functions.OURS + "relation_" + relations.size();
    relations.put(internal, relation);
    relation.schema().names().forEach(one -> columns.add(one.toLowerCase(Locale.ROOT)));
    return internal;
  }

  /** Calls the tables otherwise that have other names. */
  void rename(Map<String, String> names) {
    for (Map<String, Object> table : tables) {
      String name = Tree.text(table, "table_name");
      rename(table, names.getOrDefault(name, name));
    }
  }

  static void rename(Map<String, Object> table, String name) {
    table.put("table_name", name);
    table.put("qualified_name", Tree.path(name));
  }
}
