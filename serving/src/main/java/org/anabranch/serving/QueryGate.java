// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.serving.Columns.Output;
import org.anabranch.serving.Columns.Source;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

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
   * @return its columns
   */
  List<Output> statement(Map<String, Object> statement, Scope outer) {
    // Parameters are refused where they stand.
    refusals.only(statement, "node", "named_param_map");
    return query(map(statement.get("node")), outer);
  }

  /** What is known only when all relations are. */
  void checkColumns() {
    expressions.checkColumns();
  }

  private List<Output> query(Map<String, Object> node, Scope outer) {
    List<Output> columns = new ArrayList<>();
    size.query(
        node,
        () -> {
          Scope scope = commonTables(map(node.get("cte_map")), outer.insideArithmetic(false));
          columns.addAll(
              switch (text(node, "type")) {
                case "SELECT_NODE" -> select(node, scope);
                case "SET_OPERATION_NODE" -> setOperation(node, scope);
                case "RECURSIVE_CTE_NODE" -> throw refusals.refused(node, "WITH RECURSIVE", "");
                default -> throw refusals.refused(node, Tree.words(text(node, "type")), "");
              });
        });
    return columns;
  }

  private void modifiers(Map<String, Object> node, Scope scope) {
    list(node.get("modifiers")).forEach(one -> modifier(map(one), scope));
  }

  private List<Output> setOperation(Map<String, Object> node, Scope scope) {
    refusals.only(
        node, "modifiers", "cte_map", "setop_type", "setop_all", "children", "left", "right");
    if (text(node, "setop_type").contains("NAME")) {
      throw refusals.refused(node, "BY NAME", ": write the columns in the same order");
    }
    List<Output> columns = null;
    for (Object child : list(node.get("children"))) {
      columns = united(columns, query(map(child), scope));
    }
    for (String side : List.of("left", "right")) {
      if (node.get(side) != null) {
        columns = united(columns, query(map(node.get(side)), scope));
      }
    }
    List<Output> found = columns == null ? List.of() : columns;
    modifiers(node, scope.over(List.of(new Source("", found, false))));
    return found;
  }

  /** The columns of a set operation: known are types that are one on all sides. */
  private static List<Output> united(List<Output> left, List<Output> right) {
    if (left == null) {
      return right;
    }
    List<Output> united = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      Type type = i < left.size() ? left.get(i).type() : null;
      String name = i < left.size() ? left.get(i).name() : right.get(i).name();
      united.add(new Output(name, i < right.size() ? united(type, right.get(i).type()) : null));
    }
    return united;
  }

  /** Times of both precisions are one of the finer. */
  private static Type united(Type left, Type right) {
    if (left == null || right == null || left.equals(right)) {
      return left == null ? null : right;
    }
    return left.isTime() && left.inMicros().equals(right.inMicros()) ? left.inMicros() : null;
  }

  private List<Output> select(Map<String, Object> node, Scope scope) {
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
    plain(node);
    Scope inside = scope.over(tables.table(map(node.get("from_table")), scope));
    List<Output> columns = columns(node, inside);
    expressions.condition(node, "where_clause", "WHERE", inside);
    expressions.all(node, "group_expressions", inside);
    expressions.condition(node, "having", "HAVING", inside);
    expressions.condition(node, "qualify", "QUALIFY", inside);
    modifiers(node, inside);
    return columns;
  }

  /** Refuses what only DuckDB has of SELECT. */
  private void plain(Map<String, Object> node) {
    if ("FORCE_AGGREGATES".equals(node.get("aggregate_handling"))) {
      throw refusals.refused(node, "GROUP BY ALL", ": name what to group by, or its place");
    }
    Map<String, Object> first = leftmost(map(node.get("from_table")));
    List<Object> columns = list(node.get("select_list"));
    if (!columns.isEmpty() && refusals.isBefore(first, map(columns.get(0)))) {
      throw refusals.refused(first, "FROM before SELECT", ": write SELECT ... FROM");
    }
    for (Object one : columns) {
      boolean unwritten = text(map(one), "class").equals("STAR") && !refusals.isPlaced(map(one));
      if (unwritten && !text(map(node.get("from_table")), "type").equals("EXPRESSION_LIST")) {
        throw refusals.refused(
            map(node.get("from_table")), "FROM without SELECT", ": write SELECT * FROM");
      }
    }
  }

  private static Map<String, Object> leftmost(Map<String, Object> table) {
    return text(table, "type").equals("JOIN") ? leftmost(map(table.get("left"))) : table;
  }

  private List<Output> columns(Map<String, Object> node, Scope inside) {
    List<Output> columns = new ArrayList<>();
    for (Object one : list(node.get("select_list"))) {
      Map<String, Object> column = map(one);
      boolean star = text(column, "class").equals("STAR");
      refusals.name(column);
      String name = name(column);
      Expression found = expressions.expression(column, inside);
      if (star) {
        columns.addAll(inside.columns().star(text(column, "relation_name")));
      } else {
        columns.add(new Output(name, found == null ? null : found.type()));
      }
      size.columns(node, columns.size());
    }
    size.add(node, columns.size());
    return columns;
  }

  /** What a column of the select list is called. */
  private static String name(Map<String, Object> column) {
    List<Object> names = list(column.get("column_names"));
    String alias = text(column, "alias");
    return alias.isEmpty() && !names.isEmpty()
        ? String.valueOf(names.get(names.size() - 1))
        : alias;
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
      List<Output> columns = query(node.containsKey("node") ? map(node.get("node")) : node, scope);
      Source called = new Source(name, columns, false).called(name, list(table.get("aliases")));
      scope = scope.with(new Scope.CommonTable(name, called.outputs(), size.nodes() - before));
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
        expressions.count(modifier, "limit", scope);
        expressions.count(modifier, "offset", scope);
      }
      case "DISTINCT_MODIFIER" -> {
        refusals.only(modifier, "distinct_on_targets");
        expressions.all(modifier, "distinct_on_targets", scope);
      }
      default -> throw refusals.refused(modifier, Tree.words(text(modifier, "type")), "");
    }
  }
}
