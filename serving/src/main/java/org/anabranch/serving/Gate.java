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

/**
 * Lets through one SELECT over relations of the catalog and nothing else. It walks the parser's
 * tree by an allow-list: a node, function, type or property that is not listed is refused, so that
 * what DuckDB learns next is refused too. On its way it puts our functions and the tables of the
 * relations in place. What DuckDB runs is written from this tree, never the text of the query.
 */
final class Gate {
  private static final long MOST_NODES = 50_000;
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
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("BOOLEAN", "boolean"),
          Map.entry("INTEGER", "integer"),
          Map.entry("BIGINT", "bigint"),
          Map.entry("DOUBLE", "double"),
          Map.entry("VARCHAR", "text"),
          Map.entry("DATE", "date"),
          Map.entry("TIMESTAMP", "timestamp"),
          Map.entry("TIMESTAMP_MS", "timestamp"),
          Map.entry("TIMESTAMP WITH TIME ZONE", "instant"),
          Map.entry("TIMESTAMPTZ", "instant"));

  private final String sql;
  private final Catalog catalog;
  private final Map<String, Relation> named = new LinkedHashMap<>();
  private final List<Map<String, Object>> tables = new ArrayList<>();
  private final Set<String> columns = new HashSet<>();
  private final List<Map<String, Object>> suspects = new ArrayList<>();

  /** How often a macro around this place repeats it, and how much all of it comes to. */
  private long repeated = 1;

  private long nodes;

  /** Whether the parent is one of +, - and *, which checks the result of all below. */
  private boolean insideArithmetic;

  private Gate(String sql, Catalog catalog) {
    this.sql = sql;
    this.catalog = catalog;
  }

  /** What was let through. */
  static final class Passed {
    private final Map<String, Object> root;
    private final Map<String, Relation> relations;
    private final List<Map<String, Object>> tables;

    private Passed(Gate gate, Map<String, Object> root) {
      this.root = root;
      this.relations = gate.named;
      this.tables = gate.tables;
    }

    /** The relations that are named, by the names of their tables. */
    Map<String, Relation> relations() {
      return relations;
    }

    /**
     * The statement for DuckDB, as JSON.
     *
     * @param names tables that are called otherwise
     */
    String tree(Map<String, String> names) {
      for (Map<String, Object> table : tables) {
        String name = text(table, "table_name");
        name(table, names.getOrDefault(name, name));
      }
      return Json.write(root);
    }
  }

  /**
   * Checks a parsed text.
   *
   * @param parsed what {@code json_serialize_sql} says of it
   */
  static Passed pass(String sql, String parsed, Catalog catalog) {
    Gate gate = new Gate(sql, catalog);
    Map<String, Object> root = map(Json.read(parsed));
    if (Boolean.TRUE.equals(root.get("error"))) {
      throw gate.unread(root);
    }
    List<Object> statements = list(root.get("statements"));
    if (statements.size() != 1) {
      throw new ServingException(
          Reason.REFUSED, "Cannot run " + statements.size() + " statements: write one SELECT");
    }
    Map<String, Object> statement = map(statements.get(0));
    gate.only(statement, "node");
    gate.nameColumns(map(statement.get("node")));
    gate.query(map(statement.get("node")), Map.of());
    gate.checkSuspects();
    return new Passed(gate, root);
  }

  /** A column without a name is called what was written, not what is run. */
  private void nameColumns(Map<String, Object> node) {
    if (text(node, "type").equals("SET_OPERATION_NODE") && !list(node.get("children")).isEmpty()) {
      nameColumns(map(list(node.get("children")).get(0)));
    }
    for (Object one : list(node.get("select_list"))) {
      Map<String, Object> column = map(one);
      boolean named =
          Set.of("COLUMN_REF", "STAR").contains(text(column, "class"))
              || !text(column, "alias").isEmpty();
      if (!named
          && column.get("query_location") instanceof Json.Digits from
          && column.get("query_location_length") instanceof Json.Digits length
          && from.text().length() < 10) {
        String written = Place.part(sql, from.text(), length.text());
        column.put("alias", written.isBlank() ? "column" : written);
      }
    }
  }

  private ServingException unread(Map<String, Object> error) {
    String message = String.valueOf(error.get("error_message"));
    if (message.startsWith("Only SELECT")) {
      return new ServingException(
          Reason.REFUSED, "Cannot run this statement: only one SELECT (or WITH ... SELECT) is");
    }
    String place = error.get("position") instanceof String at ? " at " + Place.of(sql, at) : "";
    return new ServingException(Reason.REFUSED, "Cannot read the query" + place + ": " + message);
  }

  // ---------------------------------------------------------------- queries

  private void query(Map<String, Object> node, Map<String, String> outer) {
    Map<String, String> visible = commonTables(map(node.get("cte_map")), outer);
    list(node.get("modifiers")).forEach(one -> modifier(map(one), visible));
    String type = text(node, "type");
    switch (type) {
      case "SELECT_NODE" -> select(node, visible);
      case "SET_OPERATION_NODE" -> {
        only(node, "modifiers", "cte_map", "setop_type", "setop_all", "children", "left", "right");
        for (Object child : list(node.get("children"))) {
          query(map(child), visible);
        }
        for (String side : List.of("left", "right")) {
          if (node.get(side) != null) {
            query(map(node.get(side)), visible);
          }
        }
      }
      case "RECURSIVE_CTE_NODE" -> throw refused(node, "WITH RECURSIVE", "");
      default -> throw refused(node, words(type), "");
    }
  }

  private void select(Map<String, Object> node, Map<String, String> visible) {
    only(
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
    table(map(node.get("from_table")), visible);
    expressions(node, "select_list", visible);
    expression(node, "where_clause", visible);
    expressions(node, "group_expressions", visible);
    expression(node, "having", visible);
    expression(node, "qualify", visible);
  }

  private Map<String, String> commonTables(Map<String, Object> tables, Map<String, String> outer) {
    only(tables, "map");
    Map<String, String> visible = new LinkedHashMap<>(outer);
    for (Object one : list(tables.get("map"))) {
      Map<String, Object> entry = map(one);
      only(entry, "key", "value");
      Map<String, Object> table = map(entry.get("value"));
      only(table, "aliases", "materialized", "query_node", "query");
      String name = free(table, text(entry, "key"));
      names(table, "aliases");
      Object query = table.containsKey("query_node") ? table.get("query_node") : table.get("query");
      Map<String, Object> node = map(query);
      query(node.containsKey("node") ? map(node.get("node")) : node, visible);
      visible.put(name.toLowerCase(Locale.ROOT), name);
    }
    return visible;
  }

  private void modifier(Map<String, Object> modifier, Map<String, String> visible) {
    switch (text(modifier, "type")) {
      case "ORDER_MODIFIER" -> {
        only(modifier, "orders");
        orders(modifier, "orders", visible);
      }
      case "LIMIT_MODIFIER" -> {
        only(modifier, "limit", "offset", "limit_type");
        if (!"ROW_COUNT".equals(modifier.get("limit_type"))) {
          throw refused(modifier, "LIMIT with %", ": write a number of rows");
        }
        expression(modifier, "limit", visible);
        expression(modifier, "offset", visible);
      }
      case "DISTINCT_MODIFIER" -> {
        only(modifier, "distinct_on_targets");
        expressions(modifier, "distinct_on_targets", visible);
      }
      default -> throw refused(modifier, words(text(modifier, "type")), "");
    }
  }

  private void orders(Map<String, Object> node, String key, Map<String, String> visible) {
    for (Object one : list(node.get(key))) {
      Map<String, Object> order = map(one);
      only(order, "null_order", "expression");
      expression(order, "expression", visible);
    }
  }

  // ---------------------------------------------------------------- tables

  private void table(Map<String, Object> table, Map<String, String> visible) {
    if (table.get("alias") instanceof String alias && !alias.isEmpty()) {
      free(table, alias);
    }
    switch (text(table, "type")) {
      case "EMPTY" -> only(table);
      case "BASE_TABLE" -> baseTable(table, visible);
      case "SUBQUERY" -> {
        only(table, "subquery", "column_name_alias");
        names(table, "column_name_alias");
        subquery(map(table.get("subquery")), visible);
      }
      case "EXPRESSION_LIST" -> {
        only(table, "expected_names", "values");
        names(table, "expected_names");
        for (Object row : list(table.get("values"))) {
          list(row).forEach(value -> expression(map(value), visible));
        }
      }
      case "JOIN" -> join(table, visible);
      case "TABLE_FUNCTION" ->
          throw refused(table, "a table function in FROM", ": name a view, a stream or a subquery");
      case "SHOW_REF" -> throw refused(table, "DESCRIBE, SHOW or SUMMARIZE", ": write a SELECT");
      default -> throw refused(table, words(text(table, "type")), "");
    }
  }

  private void join(Map<String, Object> join, Map<String, String> visible) {
    only(
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
    if (!Set.of("REGULAR", "NATURAL", "CROSS").contains(text(join, "ref_type"))) {
      throw refused(join, "a join of kind " + words(text(join, "ref_type")), "");
    }
    if (!Set.of("INNER", "LEFT", "RIGHT", "OUTER", "FULL", "SEMI", "ANTI")
        .contains(text(join, "join_type"))) {
      throw refused(join, "a join of kind " + words(text(join, "join_type")), "");
    }
    table(map(join.get("left")), visible);
    table(map(join.get("right")), visible);
    expression(join, "condition", visible);
    names(join, "using_columns");
  }

  private void baseTable(Map<String, Object> table, Map<String, String> visible) {
    only(table, "table_name", "column_name_alias", "qualified_name", "schema_name", "catalog_name");
    String name = text(table, "table_name");
    if (!text(table, "schema_name").isEmpty() || !text(table, "catalog_name").isEmpty()) {
      throw refused(table, "a schema before the name '" + name + "'", ": write the name alone");
    }
    names(table, "column_name_alias");
    String common = visible.get(name.toLowerCase(Locale.ROOT));
    String alias = text(table, "alias");
    table.put("alias", alias.isEmpty() ? name : alias);
    if (common != null) {
      name(table, common);
    } else {
      name(table, tableOf(table, name));
      tables.add(table);
    }
  }

  private static void name(Map<String, Object> table, String name) {
    table.put("table_name", name);
    table.put("qualified_name", new LinkedHashMap<>(Map.of("path", List.of(name))));
  }

  private String tableOf(Map<String, Object> table, String name) {
    Relation relation =
        catalog
            .find(name)
            .orElseThrow(
                () ->
                    new ServingException(
                        Reason.UNKNOWN_RELATION,
                        "Cannot find a relation '"
                            + name
                            + "'"
                            + place(table)
                            + Names.suggestion(
                                name, catalog.relations().stream().map(Relation::name).toList())));
    for (Map.Entry<String, Relation> entry : named.entrySet()) {
      if (entry.getValue().name().equals(relation.name())) {
        return entry.getKey();
      }
    }
    String internal = Functions.OURS + "relation_" + named.size();
    named.put(internal, relation);
    relation.schema().names().forEach(one -> columns.add(one.toLowerCase(Locale.ROOT)));
    return internal;
  }

  private void subquery(Map<String, Object> statement, Map<String, String> visible) {
    only(statement, "node");
    query(map(statement.get("node")), visible);
  }

  // ---------------------------------------------------------------- expressions

  private void expressions(Map<String, Object> node, String key, Map<String, String> visible) {
    list(node.get(key)).forEach(one -> expression(map(one), visible));
  }

  private void expression(Map<String, Object> node, String key, Map<String, String> visible) {
    if (node.get(key) != null) {
      expression(map(node.get(key)), visible);
    }
  }

  private void expression(Map<String, Object> node, Map<String, String> visible) {
    boolean before = insideArithmetic;
    insideArithmetic &= text(node, "class").equals("FUNCTION");
    checked(node, visible);
    insideArithmetic = before;
  }

  private void checked(Map<String, Object> node, Map<String, String> visible) {
    if (node.get("alias") instanceof String alias && !alias.isEmpty()) {
      free(node, alias);
    }
    nodes += repeated;
    if (nodes > MOST_NODES) {
      throw refused(node, "so large an expression", ": name parts of it in subqueries");
    }
    switch (text(node, "class")) {
      case "COLUMN_REF" -> column(node);
      case "CONSTANT" -> constant(node);
      case "COMPARISON" -> {
        only(node, "left", "right");
        expression(node, "left", visible);
        expression(node, "right", visible);
      }
      case "CONJUNCTION" -> {
        only(node, "children");
        expressions(node, "children", visible);
      }
      case "BETWEEN" -> {
        only(node, "input", "lower", "upper");
        expression(node, "input", visible);
        expression(node, "lower", visible);
        expression(node, "upper", visible);
      }
      case "OPERATOR" -> operator(node, visible);
      case "CASE" -> {
        only(node, "case_checks", "else_expr");
        for (Object one : list(node.get("case_checks"))) {
          Map<String, Object> branch = map(one);
          only(branch, "when_expr", "then_expr");
          expression(branch, "when_expr", visible);
          expression(branch, "then_expr", visible);
        }
        expression(node, "else_expr", visible);
      }
      case "CAST" -> cast(node, visible);
      case "FUNCTION" -> function(node, visible);
      case "WINDOW" -> window(node, visible);
      case "SUBQUERY" -> {
        only(node, "subquery_type", "subquery", "child", "comparison_type");
        expression(node, "child", visible);
        subquery(map(node.get("subquery")), visible);
      }
      case "STAR" -> star(node, visible);
      case "PARAMETER" -> throw refused(node, "a parameter", ": write the value");
      case "LAMBDA" -> throw refused(node, "a lambda", "");
      case "COLLATE" -> throw refused(node, "COLLATE", ": text compares by code points");
      case "POSITIONAL_REFERENCE" -> throw refused(node, "#", ": write the column's name");
      default -> throw refused(node, words(text(node, "class")), "");
    }
  }

  private void column(Map<String, Object> node) {
    only(node, "column_names");
    List<Object> names = list(node.get("column_names"));
    if (names.size() > 2) {
      throw refused(node, "a name of " + names.size() + " parts", ": write relation.column");
    }
    String last = String.valueOf(names.get(names.size() - 1)).toLowerCase(Locale.ROOT);
    if (NO_COLUMNS.contains(last)) {
      suspects.add(node);
    }
  }

  /** A word like current_date is a column only where a relation has one of that name. */
  private void checkSuspects() {
    for (Map<String, Object> node : suspects) {
      List<Object> names = list(node.get("column_names"));
      String name = String.valueOf(names.get(names.size() - 1));
      if (!columns.contains(name.toLowerCase(Locale.ROOT))) {
        throw refused(node, name, ": no relation of the query has such a column");
      }
    }
  }

  private void constant(Map<String, Object> node) {
    only(node, "literal");
    Map<String, Object> literal = map(node.get("literal"));
    only(literal, "kind", "text");
    if (!Set.of("INTEGER", "NUMERIC", "STRING", "BOOLEAN", "NULL_LITERAL")
        .contains(text(literal, "kind"))) {
      throw refused(node, "a constant of kind " + words(text(literal, "kind")), "");
    }
  }

  private void operator(Map<String, Object> node, Map<String, String> visible) {
    only(node, "children");
    switch (text(node, "type")) {
      case "OPERATOR_NOT",
          "OPERATOR_IS_NULL",
          "OPERATOR_IS_NOT_NULL",
          "OPERATOR_COALESCE",
          "COMPARE_IN",
          "COMPARE_NOT_IN" ->
          expressions(node, "children", visible);
      case "OPERATOR_TRY" -> throw refused(node, "TRY", "");
      case "ARRAY_EXTRACT", "ARRAY_SLICE", "STRUCT_EXTRACT" ->
          throw refused(node, "[ ] or a field of a value", "");
      default -> throw refused(node, words(text(node, "type")), "");
    }
  }

  private void cast(Map<String, Object> node, Map<String, String> visible) {
    only(node, "child", "type_expr");
    repeated *= 3;
    expression(node, "child", visible);
    repeated /= 3;
    Map<String, Object> type = map(node.get("type_expr"));
    only(type, "type_name", "children", "qualified_name");
    String name = text(type, "type_name").toUpperCase(Locale.ROOT);
    List<Object> parameters = list(type.get("children"));
    if (name.equals("DECIMAL") || name.equals("NUMERIC")) {
      decimal(node, type, parameters);
      return;
    }
    String ours = TYPES.get(name);
    if (ours == null || (!parameters.isEmpty() && !name.equals("TIMESTAMP"))) {
      throw refused(
          node,
          "the type " + name + (parameters.isEmpty() ? "" : "(...)"),
          ": there are BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR, DATE, TIMESTAMP,"
              + " TIMESTAMP WITH TIME ZONE");
    }
    Map<String, Object> call =
        call(ours.equals("text") ? "text" : "to_" + ours, List.of(node.get("child")));
    replace(node, call);
  }

  /** CAST(x AS DECIMAL(p, s)) becomes CAST(to_decimal(x, p, s) AS DECIMAL(p, s)). */
  private void decimal(
      Map<String, Object> node, Map<String, Object> type, List<Object> parameters) {
    List<Integer> numbers = new ArrayList<>();
    for (Object parameter : parameters) {
      Map<String, Object> constant = map(parameter);
      only(constant, "literal");
      Map<String, Object> literal = map(constant.get("literal"));
      if (!"INTEGER".equals(literal.get("kind")) || !text(literal, "text").matches("[0-9]{1,2}")) {
        throw refused(node, "this DECIMAL", ": write DECIMAL(p, s) with numbers up to 38");
      }
      numbers.add(Integer.parseInt(text(literal, "text")));
    }
    int precision = numbers.isEmpty() ? 38 : numbers.get(0);
    int scale = numbers.size() < 2 ? 0 : numbers.get(1);
    if (numbers.isEmpty() || precision < 1 || precision > 38 || scale > precision) {
      throw refused(node, "this DECIMAL", ": write DECIMAL(p, s) with 1 <= p <= 38, s <= p");
    }
    type.put("type_name", "DECIMAL");
    node.put(
        "child", call("to_decimal", List.of(node.get("child"), number(precision), number(scale))));
    type.put("children", new ArrayList<>(List.of(number(precision), number(scale))));
  }

  private void function(Map<String, Object> node, Map<String, String> visible) {
    only(
        node,
        "function_name",
        "filter",
        "order_bys",
        "distinct",
        "is_operator",
        "arguments",
        "qualified_name");
    checkUnqualified(node);
    String name = text(node, "function_name").toLowerCase(Locale.ROOT);
    String target = target(node, name);
    if (!Functions.isAggregate(name)
        && (node.get("filter") != null
            || Boolean.TRUE.equals(node.get("distinct"))
            || !list(map(node.get("order_bys")).get("orders")).isEmpty())) {
      throw refused(node, "FILTER, DISTINCT or ORDER BY in " + name, ": it is no aggregate");
    }
    modifier(map(node.get("order_bys")), visible);
    expression(node, "filter", visible);
    boolean arithmetic = Set.of("+", "-", "*", "/").contains(name);
    boolean outermost =
        (arithmetic && (!insideArithmetic || name.equals("/")))
            || Set.of("sqrt", "exp", "ln", "log10", "power").contains(name);
    boolean before = insideArithmetic;
    insideArithmetic = arithmetic && !name.equals("/");
    int times = (outermost ? 3 : 1) * (target.startsWith(Functions.OURS) ? 4 : 1);
    repeated *= times;
    for (Object argument : list(node.get("arguments"))) {
      only(map(argument), "expression");
      expression(map(argument), "expression", visible);
    }
    repeated /= times;
    insideArithmetic = before;
    rename(node, target);
    if (outermost) {
      Map<String, Object> result = new LinkedHashMap<>(node);
      result.put("alias", "");
      replace(node, call("finite", List.of(result)));
    }
  }

  private String target(Map<String, Object> node, String name) {
    if (name.equals("date_part")) {
      String field = firstText(node, "EXTRACT without a constant field");
      String target = Functions.field(field);
      if (target == null) {
        throw refused(node, "EXTRACT(" + field + ")", Names.suggestion(field, fieldNames()));
      }
      list(node.get("arguments")).remove(0);
      return target;
    }
    if (name.equals("date_trunc") && !Functions.isUnit(firstText(node, "date_trunc by no unit"))) {
      throw refused(node, "date_trunc of this unit", ": take YEAR to SECOND");
    }
    String target = Functions.target(name);
    if (target == null) {
      throw refused(
          node,
          (Boolean.TRUE.equals(node.get("is_operator")) ? "operator " : "function ") + name,
          Functions.advice(name));
    }
    return target;
  }

  private static List<String> fieldNames() {
    return Functions.fields().stream().sorted().toList();
  }

  private String firstText(Map<String, Object> node, String otherwise) {
    List<Object> arguments = list(node.get("arguments"));
    if (!arguments.isEmpty()
        && map(arguments.get(0)).get("expression") instanceof Map<?, ?> first
        && first.get("literal") instanceof Map<?, ?> literal
        && "STRING".equals(literal.get("kind"))) {
      return String.valueOf(literal.get("text"));
    }
    throw refused(node, otherwise, "");
  }

  private void window(Map<String, Object> node, Map<String, String> visible) {
    only(
        node,
        "function_name",
        "partitions",
        "orders",
        "start",
        "end",
        "start_expr",
        "end_expr",
        "offset_expr",
        "default_expr",
        "ignore_nulls",
        "has_ignore_nulls",
        "filter_expr",
        "exclude_clause",
        "distinct",
        "arguments",
        "qualified_name");
    checkUnqualified(node);
    String name = text(node, "function_name").toLowerCase(Locale.ROOT);
    if (!Functions.isWindow(name)) {
      throw refused(node, "function " + name + " with OVER", Functions.advice(name));
    }
    expressions(node, "partitions", visible);
    orders(node, "orders", visible);
    for (String key :
        List.of("start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr")) {
      expression(node, key, visible);
    }
    for (Object argument : list(node.get("arguments"))) {
      only(map(argument), "expression");
      expression(map(argument), "expression", visible);
    }
  }

  private void checkUnqualified(Map<String, Object> node) {
    if (node.get("qualified_name") instanceof Map<?, ?> qualified
        && list(qualified.get("path")).size() > 1) {
      throw refused(node, "a schema before a function", ": write the function's name alone");
    }
  }

  private void star(Map<String, Object> node, Map<String, String> visible) {
    only(node, "relation_name", "exclude_list", "replace_list", "columns");
    if (Boolean.TRUE.equals(node.get("columns"))) {
      throw refused(node, "COLUMNS or ALL", ": name the columns");
    }
    names(node, "exclude_list");
    for (Object one : list(node.get("replace_list"))) {
      only(map(one), "key", "value");
      expression(map(one), "value", visible);
    }
  }

  // ---------------------------------------------------------------- parts

  private static void rename(Map<String, Object> node, String target) {
    if (!target.equals(node.get("function_name"))) {
      node.put("is_operator", false);
    }
    if (target.endsWith("like_escape")) {
      node.put("is_operator", false);
    }
    node.put("function_name", target);
    node.put("qualified_name", new LinkedHashMap<>(Map.of("path", List.of(target))));
  }

  private static Map<String, Object> call(String name, List<Object> arguments) {
    Map<String, Object> call = expressionOf("FUNCTION", "FUNCTION");
    call.put("schema", "");
    call.put("filter", null);
    Map<String, Object> orders = new LinkedHashMap<>();
    orders.put("type", "ORDER_MODIFIER");
    orders.put("orders", List.of());
    call.put("order_bys", orders);
    call.put("distinct", false);
    call.put("is_operator", false);
    call.put("export_state", false);
    call.put("catalog", "");
    List<Object> wrapped = new ArrayList<>();
    for (Object argument : arguments) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", "");
      one.put("expression", argument);
      wrapped.add(one);
    }
    call.put("arguments", wrapped);
    rename(call, Functions.OURS + name);
    return call;
  }

  private static Map<String, Object> number(int value) {
    Map<String, Object> number = expressionOf("CONSTANT", "VALUE_CONSTANT");
    Map<String, Object> literal = new LinkedHashMap<>();
    literal.put("kind", "INTEGER");
    literal.put("text", String.valueOf(value));
    number.put("literal", literal);
    return number;
  }

  private static Map<String, Object> expressionOf(String kind, String type) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("class", kind);
    node.put("type", type);
    node.put("alias", "");
    node.put("query_location", new Json.Digits("0"));
    node.put("query_location_length", new Json.Digits("0"));
    return node;
  }

  /** Makes a node another one, which keeps its alias and place. */
  private static void replace(Map<String, Object> node, Map<String, Object> other) {
    other.put("alias", node.get("alias"));
    node.clear();
    node.putAll(other);
  }

  /** Refuses a node that has more than the given properties. */
  private void only(Map<String, Object> node, String... allowed) {
    Set<String> known = new HashSet<>(List.of(allowed));
    known.addAll(List.of("class", "type", "alias", "query_location", "query_location_length"));
    node.forEach(
        (key, value) -> {
          if (!known.contains(key) && !isEmpty(key, value)) {
            throw refused(node, words(key), "");
          }
        });
  }

  private static boolean isEmpty(String key, Object value) {
    if (value instanceof Json.Digits number) {
      return key.equals("nearest_count") && number.text().equals("1");
    }
    return value == null
        || value.equals("")
        || value.equals(false)
        || value.equals(List.of())
        || value.equals(Map.of());
  }

  private void names(Map<String, Object> node, String key) {
    for (Object name : list(node.get(key))) {
      if (name instanceof String text) {
        free(node, text);
      }
    }
  }

  /** A name the query gives, which must not be one of ours. */
  private String free(Map<String, Object> node, String name) {
    if (name.toLowerCase(Locale.ROOT).startsWith(Functions.OURS)) {
      throw refused(node, "the name '" + name + "'", ": take one without " + Functions.OURS);
    }
    return name;
  }

  private ServingException refused(Map<String, Object> node, String what, String advice) {
    return new ServingException(
        Reason.REFUSED, "Cannot use " + what + " in a query" + place(node) + advice);
  }

  private String place(Map<String, Object> node) {
    return node.get("query_location") instanceof Json.Digits number && number.text().length() < 10
        ? " (" + Place.of(sql, number.text()) + ")"
        : "";
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String text(Map<String, Object> node, String key) {
    return node.get(key) instanceof String text ? text : "";
  }

  @SuppressWarnings("unchecked") // JSON's maps have strings as keys
  private static Map<String, Object> map(Object value) {
    return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // JSON's lists hold anything
  private static List<Object> list(Object value) {
    return value == null ? new ArrayList<>() : (List<Object>) value;
  }
}
