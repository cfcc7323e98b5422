// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets through what may stand in FROM: relations, common tables, subqueries, VALUES, joins. */
final class TableGate {
  private static final Set<String> JOINS = Set.of("REGULAR", "NATURAL", "CROSS");
  private static final Set<String> SIDES =
      Set.of("INNER", "LEFT", "RIGHT", "OUTER", "FULL", "SEMI", "ANTI");

  private final QueryGate queries;
  private final ExpressionGate expressions;
  private final Refusals refusals;
  private final QuerySize size;
  private final NamedRelations relations;

  TableGate(
      QueryGate queries,
      ExpressionGate expressions,
      Refusals refusals,
      QuerySize size,
      NamedRelations relations) {
    this.queries = queries;
    this.expressions = expressions;
    this.refusals = refusals;
    this.size = size;
    this.relations = relations;
  }

  /**
   * Walks a table.
   *
   * @return how many columns it has at most
   */
  long table(Map<String, Object> table, Scope scope) {
    refusals.alias(table);
    switch (text(table, "type")) {
      case "EMPTY" -> {
        refusals.only(table);
        return 0;
      }
      case "BASE_TABLE" -> {
        return named(table, scope);
      }
      case "SUBQUERY" -> {
        refusals.only(table, "subquery", "column_name_alias");
        refusals.names(table, "column_name_alias");
        return queries.statement(map(table.get("subquery")), scope);
      }
      case "EXPRESSION_LIST" -> {
        return values(table, scope);
      }
      case "JOIN" -> {
        long[] columns = new long[1];
        size.query(table, () -> columns[0] = join(table, scope));
        return columns[0];
      }
      case "TABLE_FUNCTION" ->
          throw refusals.refused(
              table, "a table function in FROM", ": name a view, a stream or a subquery");
      case "SHOW_REF" ->
          throw refusals.refused(table, "DESCRIBE, SHOW or SUMMARIZE", ": write a SELECT");
      default -> throw refusals.refused(table, Tree.words(text(table, "type")), "");
    }
  }

  private long values(Map<String, Object> table, Scope scope) {
    refusals.only(table, "expected_names", "values");
    refusals.names(table, "expected_names");
    long columns = 0;
    for (Object row : list(table.get("values"))) {
      list(row).forEach(value -> expressions.expression(map(value), scope));
      columns = Math.max(columns, list(row).size());
    }
    return size.columns(table, columns);
  }

  private long join(Map<String, Object> join, Scope scope) {
    refusals.only(
        join,
        "left",
        "right",
        "condition",
        "join_type",
        "ref_type",
        "using_columns",
        "is_implicit",
        "nearest_count",
        "nearest_order_type");
    if (!JOINS.contains(text(join, "ref_type"))) {
      throw refusals.refused(join, "a join of kind " + Tree.words(text(join, "ref_type")), "");
    }
    if (!SIDES.contains(text(join, "join_type"))) {
      throw refusals.refused(join, "a join of kind " + Tree.words(text(join, "join_type")), "");
    }
    long columns = table(map(join.get("left")), scope) + table(map(join.get("right")), scope);
    expressions.one(join, "condition", scope);
    refusals.names(join, "using_columns");
    return size.columns(join, columns);
  }

  private long named(Map<String, Object> table, Scope scope) {
    refusals.only(
        table, "table_name", "column_name_alias", "qualified_name", "schema_name", "catalog_name");
    String name = text(table, "table_name");
    if (!text(table, "schema_name").isEmpty() || !text(table, "catalog_name").isEmpty()) {
      throw refusals.refused(
          table, "a schema before the name '" + name + "'", ": write the name alone");
    }
    refusals.names(table, "column_name_alias");
    String alias = text(table, "alias");
    table.put("alias", alias.isEmpty() ? name : alias);
    Optional<Scope.CommonTable> common = scope.find(name);
    if (common.isPresent()) {
      NamedRelations.rename(table, common.get().name());
      size.add(table, common.get().nodes());
      return common.get().columns();
    }
    return relations.name(table, name);
  }
}
