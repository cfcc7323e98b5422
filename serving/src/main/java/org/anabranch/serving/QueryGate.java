// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.List;
import java.util.Map;

/** Lets queries through: SELECT, set operations, WITH, ORDER BY, LIMIT, DISTINCT. */
final class QueryGate {
  private final Refusals refusals;
  private final QuerySize size;
  private final ExpressionGate expressions;
  private final TableGate tables;

  QueryGate(Refusals refusals, NamedRelations relations) {
    this.refusals = refusals;
    this.size = new QuerySize(refusals);
    this.expressions = new ExpressionGate(this, refusals, size, relations);
    this.tables = new TableGate(this, expressions, refusals, size, relations);
  }

  /**
   * Walks a whole statement or subquery.
   *
   * @return how many columns it has at most
   */
  long statement(Map<String, Object> statement, Scope outer) {
    refusals.only(statement, "node");
    return query(map(statement.get("node")), outer);
  }

  /** What is known only when all relations are. */
  void checkColumns() {
    expressions.checkColumns();
  }

  private long query(Map<String, Object> node, Scope outer) {
    long[] columns = new long[1];
    size.query(
        node,
        () -> {
          Scope scope = commonTables(map(node.get("cte_map")), outer.insideArithmetic(false));
          list(node.get("modifiers")).forEach(one -> modifier(map(one), scope));
          columns[0] =
              switch (text(node, "type")) {
                case "SELECT_NODE" -> select(node, scope);
                case "SET_OPERATION_NODE" -> setOperation(node, scope);
                case "RECURSIVE_CTE_NODE" -> throw refusals.refused(node, "WITH RECURSIVE", "");
                default -> throw refusals.refused(node, Tree.words(text(node, "type")), "");
              };
        });
    return columns[0];
  }

  private long setOperation(Map<String, Object> node, Scope scope) {
    refusals.only(
        node, "modifiers", "cte_map", "setop_type", "setop_all", "children", "left", "right");
    long columns = 0;
    for (Object child : list(node.get("children"))) {
      columns = Math.max(columns, query(map(child), scope));
    }
    for (String side : List.of("left", "right")) {
      if (node.get(side) != null) {
        columns = Math.max(columns, query(map(node.get(side)), scope));
      }
    }
    return columns;
  }

  private long select(Map<String, Object> node, Scope scope) {
    refusals.only(
        node,
        "modifiers",
        "cte_map",
        "select_list",
        "from_table",
        "where_clause",
        "group_expressions",
        "group_sets",
        "aggregate_handling",
        "having",
        "qualify");
    long available = tables.table(map(node.get("from_table")), scope);
    expressions.all(node, "select_list", scope);
    expressions.one(node, "where_clause", scope);
    expressions.all(node, "group_expressions", scope);
    expressions.one(node, "having", scope);
    expressions.one(node, "qualify", scope);
    return columns(node, available);
  }

  private long columns(Map<String, Object> node, long available) {
    long columns = 0;
    for (Object one : list(node.get("select_list"))) {
      columns += text(map(one), "class").equals("STAR") ? available : 1;
    }
    size.add(node, columns);
    return size.columns(node, columns);
  }

  private Scope commonTables(Map<String, Object> tables, Scope outer) {
    refusals.only(tables, "map");
    Scope scope = outer;
    for (Object one : list(tables.get("map"))) {
      Map<String, Object> entry = map(one);
      refusals.only(entry, "key", "value");
      Map<String, Object> table = map(entry.get("value"));
      refusals.only(table, "aliases", "materialized", "query_node", "query");
      String name = refusals.free(table, text(entry, "key"));
      refusals.names(table, "aliases");
      Object query = table.containsKey("query_node") ? table.get("query_node") : table.get("query");
      Map<String, Object> node = map(query);
      long before = size.nodes();
      long columns = query(node.containsKey("node") ? map(node.get("node")) : node, scope);
      scope = scope.with(new Scope.CommonTable(name, columns, size.nodes() - before));
    }
    return scope;
  }

  /** What stands behind a query: ORDER BY, LIMIT, DISTINCT. */
  void modifier(Map<String, Object> modifier, Scope scope) {
    switch (text(modifier, "type")) {
      case "ORDER_MODIFIER" -> {
        refusals.only(modifier, "orders");
        expressions.orders(modifier, "orders", scope);
      }
      case "LIMIT_MODIFIER" -> {
        refusals.only(modifier, "limit", "offset", "limit_type");
        if (!"ROW_COUNT".equals(modifier.get("limit_type"))) {
          throw refusals.refused(modifier, "LIMIT with %", ": write a number of rows");
        }
        expressions.one(modifier, "limit", scope);
        expressions.one(modifier, "offset", scope);
      }
      case "DISTINCT_MODIFIER" -> {
        refusals.only(modifier, "distinct_on_targets");
        expressions.all(modifier, "distinct_on_targets", scope);
      }
      default -> throw refusals.refused(modifier, Tree.words(text(modifier, "type")), "");
    }
  }
}
