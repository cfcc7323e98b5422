// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lets expressions through. */
final class ExpressionGate {
  /** Words that DuckDB takes for functions where no column has the name. */
  private static final Set<String> NO_COLUMNS =
      Set.of(
          "current_date",
          "current_time",
          "current_timestamp",
          "localtime",
          "localtimestamp",
          "current_user",
          "session_user",
          "user",
          "current_role",
          "current_catalog",
          "current_schema",
          "current_database",
          "rowid");

  private static final Set<String> CONSTANTS =
      Set.of("INTEGER", "NUMERIC", "STRING", "BOOLEAN", "NULL_LITERAL");

  private final QueryGate queries;
  private final Refusals refusals;
  private final QuerySize size;
  private final NamedRelations relations;
  private final CallGate calls;
  private final CastGate casts;
  private final List<Map<String, Object>> suspects = new ArrayList<>();

  ExpressionGate(QueryGate queries, Refusals refusals, QuerySize size, NamedRelations relations) {
    this.queries = queries;
    this.refusals = refusals;
    this.size = size;
    this.relations = relations;
    this.calls = new CallGate(queries, this, refusals, size);
    this.casts = new CastGate(this, refusals, size);
  }

  /** Walks all expressions of a property. */
  void all(Map<String, Object> node, String key, Scope scope) {
    list(node.get(key)).forEach(one -> expression(map(one), scope));
  }

  /** Walks the expression of a property that may be absent. */
  void one(Map<String, Object> node, String key, Scope scope) {
    if (node.get(key) != null) {
      expression(map(node.get(key)), scope);
    }
  }

  void orders(Map<String, Object> node, String key, Scope scope) {
    for (Object one : list(node.get(key))) {
      Map<String, Object> order = map(one);
      refusals.only(order, "null_order", "expression");
      one(order, "expression", scope);
    }
  }

  void expression(Map<String, Object> node, Scope scope) {
    refusals.alias(node);
    boolean call = text(node, "class").equals("FUNCTION");
    Scope inside = scope.insideArithmetic(scope.arithmetic() && call);
    size.expression(node, () -> checked(node, inside));
  }

  private void checked(Map<String, Object> node, Scope scope) {
    switch (text(node, "class")) {
      case "COLUMN_REF" -> column(node);
      case "CONSTANT" -> constant(node);
      case "COMPARISON" -> parts(node, scope, "left", "right");
      case "CONJUNCTION" -> {
        refusals.only(node, "children");
        all(node, "children", scope);
      }
      case "BETWEEN" -> parts(node, scope, "input", "lower", "upper");
      case "OPERATOR" -> operator(node, scope);
      case "CASE" -> cases(node, scope);
      case "CAST" -> casts.cast(node, scope);
      case "FUNCTION" -> calls.function(node, scope);
      case "WINDOW" -> calls.window(node, scope);
      case "SUBQUERY" -> {
        refusals.only(node, "subquery_type", "subquery", "child", "comparison_type");
        one(node, "child", scope);
        queries.statement(map(node.get("subquery")), scope);
      }
      case "STAR" -> star(node, scope);
      case "PARAMETER" -> throw refusals.refused(node, "a parameter", ": write the value");
      case "LAMBDA" -> throw refusals.refused(node, "a lambda", "");
      case "COLLATE" -> throw refusals.refused(node, "COLLATE", ": text compares by code points");
      case "POSITIONAL_REFERENCE" -> throw refusals.refused(node, "#", ": write the column's name");
      default -> throw refusals.refused(node, Tree.words(text(node, "class")), "");
    }
  }

  private void parts(Map<String, Object> node, Scope scope, String... keys) {
    refusals.only(node, keys);
    for (String key : keys) {
      one(node, key, scope);
    }
  }

  private void cases(Map<String, Object> node, Scope scope) {
    refusals.only(node, "case_checks", "else_expr");
    for (Object branch : list(node.get("case_checks"))) {
      parts(map(branch), scope, "when_expr", "then_expr");
    }
    one(node, "else_expr", scope);
  }

  private void column(Map<String, Object> node) {
    refusals.only(node, "column_names");
    List<Object> names = list(node.get("column_names"));
    if (names.size() > 2) {
      throw refusals.refused(
          node, "a name of " + names.size() + " parts", ": write relation.column");
    }
    if (NO_COLUMNS.contains(lastName(node).toLowerCase(Locale.ROOT))) {
      suspects.add(node);
    }
  }

  private static String lastName(Map<String, Object> node) {
    List<Object> names = list(node.get("column_names"));
    return String.valueOf(names.get(names.size() - 1));
  }

  /** A word like current_date is a column only where a relation has one of that name. */
  void checkColumns() {
    for (Map<String, Object> node : suspects) {
      if (!relations.hasColumn(lastName(node))) {
        throw refusals.refused(
            node, lastName(node), ": no relation of the query has such a column");
      }
    }
  }

  private void constant(Map<String, Object> node) {
    refusals.only(node, "literal");
    Map<String, Object> literal = map(node.get("literal"));
    refusals.only(literal, "kind", "text");
    if (!CONSTANTS.contains(text(literal, "kind"))) {
      throw refusals.refused(node, "a constant of kind " + Tree.words(text(literal, "kind")), "");
    }
  }

  private void operator(Map<String, Object> node, Scope scope) {
    refusals.only(node, "children");
    switch (text(node, "type")) {
      case "OPERATOR_NOT",
          "OPERATOR_IS_NULL",
          "OPERATOR_IS_NOT_NULL",
          "OPERATOR_COALESCE",
          "COMPARE_IN",
          "COMPARE_NOT_IN" ->
          all(node, "children", scope);
      case "OPERATOR_TRY" -> throw refusals.refused(node, "TRY", "");
      case "ARRAY_EXTRACT", "ARRAY_SLICE", "STRUCT_EXTRACT" ->
          throw refusals.refused(node, "[ ] or a field of a value", "");
      default -> throw refusals.refused(node, Tree.words(text(node, "type")), "");
    }
  }

  private void star(Map<String, Object> node, Scope scope) {
    refusals.only(node, "relation_name", "exclude_list", "replace_list", "columns");
    if (Boolean.TRUE.equals(node.get("columns"))) {
      throw refusals.refused(node, "COLUMNS or ALL", ": name the columns");
    }
    refusals.names(node, "exclude_list");
    for (Object one : list(node.get("replace_list"))) {
      refusals.only(map(one), "key", "value");
      one(map(one), "value", scope);
    }
  }
}
