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
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;

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
  private final WindowGate windows;
  private final CastGate casts;
  private final TypeGate types;
  private final List<Map<String, Object>> suspects = new ArrayList<>();

  ExpressionGate(QueryGate queries, Refusals refusals, QuerySize size, NamedRelations relations) {
    this.queries = queries;
    this.refusals = refusals;
    this.size = size;
    this.relations = relations;
    this.types = new TypeGate(refusals);
    AggregateGate aggregates = new AggregateGate(types);
    this.calls = new CallGate(queries, this, refusals, size, types, aggregates);
    this.windows = new WindowGate(this, refusals, aggregates);
    this.casts = new CastGate(this, refusals, size, types);
  }

  /** Walks all expressions of a property. */
  List<Expression> all(Map<String, Object> node, String key, Scope scope) {
    List<Expression> found = new ArrayList<>();
    list(node.get(key)).forEach(one -> found.add(expression(map(one), scope)));
    return found;
  }

  /** Walks the expression of a property that may be absent. */
  Expression one(Map<String, Object> node, String key, Scope scope) {
    return node.get(key) == null ? null : expression(map(node.get(key)), scope);
  }

  /** Walks a condition that may be absent. */
  void condition(Map<String, Object> node, String key, String clause, Scope scope) {
    Expression found = one(node, key, scope);
    boolean open = found instanceof Expression.Literal && found.type().equals(Type.VARCHAR);
    if (found != null && found.type().kind() != Type.Kind.BOOLEAN && !open) {
      throw types.wrong(
          map(node.get(key)),
          "Cannot use " + found.type() + " as the condition of " + clause + ": write a comparison");
    }
  }

  /** Walks a number of rows that may be absent. */
  void count(Map<String, Object> node, String key, Scope scope) {
    Expression found = one(node, key, scope);
    if (found instanceof Expression.Literal literal
        && !(literal.value() instanceof Long rows && rows >= 0)) {
      throw refusals.refused(
          map(node.get(key)), "this " + Functions.shown(key), ": write a number of rows");
    }
  }

  void orders(Map<String, Object> node, String key, Scope scope) {
    for (Object one : list(node.get(key))) {
      Map<String, Object> order = map(one);
      refusals.only(order, "null_order", "expression");
      one(order, "expression", scope);
    }
  }

  /**
   * Walks an expression.
   *
   * @return what stands for it where its type matters, or null if its type is not known
   */
  Expression expression(Map<String, Object> node, Scope scope) {
    refusals.alias(node);
    boolean call = text(node, "class").equals("FUNCTION");
    Scope inside = scope.insideArithmetic(scope.arithmetic() && call);
    Expression found = size.expression(node, () -> checked(node, inside));
    if (!text(node, "alias").isEmpty()) {
      scope.columns().alias(text(node, "alias"), found == null ? null : found.type());
    }
    return found;
  }

  private Expression checked(Map<String, Object> node, Scope scope) {
    return switch (text(node, "class")) {
      case "COLUMN_REF" -> column(node, scope);
      case "CONSTANT" -> constant(node);
      case "COMPARISON" -> compared(node, scope, "left", "right");
      case "CONJUNCTION" -> {
        refusals.only(node, "children");
        together(node, Operator.AND, scope);
        yield TypeGate.of(Type.BOOLEAN);
      }
      case "BETWEEN" -> compared(node, scope, "input", "lower", "upper");
      case "OPERATOR" -> operator(node, scope);
      case "CASE" -> cases(node, scope);
      case "CAST" -> casts.cast(node, scope);
      case "FUNCTION" -> calls.function(node, scope);
      case "WINDOW" -> windows.window(node, scope);
      case "SUBQUERY" -> subquery(node, scope);
      case "STAR" -> star(node);
      case "PARAMETER" ->
          throw refusals.refused(node, "a parameter", ": write the value, a text in single quotes");
      case "LAMBDA" -> throw refusals.refused(node, "a lambda", "");
      case "COLLATE" -> throw refusals.refused(node, "COLLATE", ": text compares by code points");
      case "POSITIONAL_REFERENCE" -> throw refusals.refused(node, "#", ": write the column's name");
      default -> throw refusals.refused(node, Tree.words(text(node, "class")), "");
    };
  }

  private Expression subquery(Map<String, Object> node, Scope scope) {
    refusals.only(node, "subquery_type", "subquery", "child", "comparison_type");
    one(node, "child", scope);
    List<Columns.Output> columns = queries.statement(map(node.get("subquery")), scope);
    if (!text(node, "subquery_type").equals("SCALAR")) {
      return TypeGate.of(Type.BOOLEAN);
    }
    return columns.size() == 1 ? TypeGate.of(columns.get(0).type()) : null;
  }

  /** A comparison of the first part with each of the others. */
  private Expression compared(Map<String, Object> node, Scope scope, String... keys) {
    refusals.only(node, keys);
    List<Map<String, Object>> nodes = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    for (String key : keys) {
      operands.add(one(node, key, scope));
      nodes.add(map(node.get(key)));
    }
    types.apply(node, Operator.IN, nodes, operands);
    return TypeGate.of(Type.BOOLEAN);
  }

  private Expression cases(Map<String, Object> node, Scope scope) {
    refusals.only(node, "case_checks", "else_expr");
    List<Map<String, Object>> nodes = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (Object branch : list(node.get("case_checks"))) {
      refusals.only(map(branch), "when_expr", "then_expr");
      condition(map(branch), "when_expr", "CASE", scope);
      values.add(one(map(branch), "then_expr", scope));
      nodes.add(map(map(branch).get("then_expr")));
    }
    if (node.get("else_expr") != null) {
      values.add(one(node, "else_expr", scope));
      nodes.add(map(node.get("else_expr")));
    }
    Expression result = types.apply(node, Operator.COALESCE, nodes, values);
    return result == null ? null : TypeGate.of(result.type());
  }

  private Expression column(Map<String, Object> node, Scope scope) {
    refusals.only(node, "column_names");
    List<Object> names = list(node.get("column_names"));
    if (names.size() > 2) {
      throw refusals.refused(
          node, "a name of " + names.size() + " parts", ": write relation.column");
    }
    if (NO_COLUMNS.contains(lastName(node).toLowerCase(Locale.ROOT))) {
      suspects.add(node);
    }
    return TypeGate.of(scope.columns().find(names));
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

  private Expression constant(Map<String, Object> node) {
    refusals.only(node, "literal");
    Map<String, Object> literal = map(node.get("literal"));
    refusals.only(literal, "kind", "text");
    if (!CONSTANTS.contains(text(literal, "kind"))) {
      throw refusals.refused(node, "a constant of kind " + Tree.words(text(literal, "kind")), "");
    }
    return types.constant(node);
  }

  private Expression operator(Map<String, Object> node, Scope scope) {
    refusals.only(node, "children");
    switch (text(node, "type")) {
      case "OPERATOR_NOT" -> {
        together(node, Operator.NOT, scope);
        return TypeGate.of(Type.BOOLEAN);
      }
      case "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL" -> {
        all(node, "children", scope);
        return TypeGate.of(Type.BOOLEAN);
      }
      case "OPERATOR_COALESCE" -> {
        return together(node, Operator.COALESCE, scope);
      }
      case "COMPARE_IN", "COMPARE_NOT_IN" -> {
        together(node, Operator.IN, scope);
        return TypeGate.of(Type.BOOLEAN);
      }
      case "OPERATOR_TRY" -> throw refusals.refused(node, "TRY", ": guard what may fail with CASE");
      case "ARRAY_EXTRACT", "ARRAY_SLICE", "STRUCT_EXTRACT" ->
          throw refusals.refused(node, "[ ] or a field of a value", "");
      default -> throw refusals.refused(node, Tree.words(text(node, "type")), "");
    }
  }

  private Expression together(Map<String, Object> node, Operator operator, Scope scope) {
    List<Expression> operands = all(node, "children", scope);
    List<Map<String, Object>> nodes = list(node.get("children")).stream().map(Tree::map).toList();
    return types.apply(node, operator, nodes, operands);
  }

  private Expression star(Map<String, Object> node) {
    refusals.only(node, "relation_name", "exclude_list", "replace_list", "columns");
    if (Boolean.TRUE.equals(node.get("columns"))) {
      throw refusals.refused(node, "COLUMNS or ALL", ": name the columns");
    }
    if (!list(node.get("exclude_list")).isEmpty() || !list(node.get("replace_list")).isEmpty()) {
      throw refusals.refused(node, "EXCLUDE or REPLACE behind *", ": name the columns");
    }
    return null;
  }
}
