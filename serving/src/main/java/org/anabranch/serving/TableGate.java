// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.serving.Columns.Output;
import org.anabranch.serving.Columns.Source;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;

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
   * @return its columns
   */
  List<Source> table(Map<String, Object> table, Scope scope) {
    refusals.alias(table);
    switch (text(table, "type")) {
      case "EMPTY" -> {
        refusals.only(table);
        return List.of();
      }
      case "BASE_TABLE" -> {
        return List.of(named(table, scope));
      }
      case "SUBQUERY" -> {
        refusals.only(table, "subquery", "column_name_alias");
        refusals.names(table, "column_name_alias");
        List<Output> columns = queries.statement(map(table.get("subquery")), scope);
        return List.of(called(table, new Source("", columns, false)));
      }
      case "EXPRESSION_LIST" -> {
        return List.of(values(table, scope));
      }
      case "JOIN" -> {
        List<Source> sources = new ArrayList<>();
        size.query(table, () -> sources.addAll(join(table, scope)));
        return sources;
      }
      case "TABLE_FUNCTION" ->
          throw refusals.refused(
              table, "a table function in FROM", ": name a view, a stream or a subquery");
      case "SHOW_REF" ->
          throw refusals.refused(table, "DESCRIBE, SHOW or SUMMARIZE", ": write a SELECT");
      default -> throw refusals.refused(table, Tree.words(text(table, "type")), "");
    }
  }

  private static Source called(Map<String, Object> table, Source source) {
    return source.called(text(table, "alias"), list(table.get("column_name_alias")));
  }

  private Source values(Map<String, Object> table, Scope scope) {
    refusals.only(table, "expected_names", "values");
    refusals.names(table, "expected_names");
    List<Output> columns = new ArrayList<>();
    for (Object row : list(table.get("values"))) {
      for (int i = 0; i < list(row).size(); i++) {
        Expression value = expressions.expression(map(list(row).get(i)), scope);
        Type type = value == null ? null : value.type();
        if (i == columns.size()) {
          columns.add(new Output("col" + i, type));
        } else if (type == null || !type.equals(columns.get(i).type())) {
          columns.set(i, new Output("col" + i, null));
        }
      }
    }
    size.columns(table, columns.size());
    return new Source("", columns, false)
        .called(text(table, "alias"), list(table.get("expected_names")));
  }

  private List<Source> join(Map<String, Object> join, Scope scope) {
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
    List<Source> sources = new ArrayList<>(table(map(join.get("left")), scope));
    sources.addAll(table(map(join.get("right")), scope.over(sources)));
    expressions.condition(join, "condition", "ON", scope.over(sources));
    refusals.names(join, "using_columns");
    size.columns(join, sources.stream().mapToInt(source -> source.outputs().size()).sum());
    boolean plain =
        !text(join, "ref_type").equals("NATURAL")
            && list(join.get("using_columns")).isEmpty()
            && !Set.of("SEMI", "ANTI").contains(text(join, "join_type"));
    return plain ? sources : sources.stream().map(Source::merging).toList();
  }

  private Source named(Map<String, Object> table, Scope scope) {
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
      return called(table, new Source(name, common.get().columns(), false));
    }
    return called(table, Source.of(name, relations.name(table, name)));
  }
}
