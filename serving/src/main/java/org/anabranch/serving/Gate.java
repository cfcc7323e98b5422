// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Type;

/**
 * Lets through one SELECT over relations of the catalog and nothing else. It walks the parser's
 * tree by an allow-list: a node, function, type or property that is not listed is refused, so that
 * what DuckDB learns next is refused too. On its way it puts our functions and the tables of the
 * relations in place. What DuckDB runs is written from this tree, never the text of the query.
 *
 * <p>{@link QueryGate} walks queries, {@link TableGate} what stands in FROM, {@link ExpressionGate}
 * expressions, {@link CallGate} functions and {@link CastGate} casts.
 */
final class Gate {
  private static final Pattern CREATE = Pattern.compile("(?i)^\\s*(?:CREATE|DROP|ALTER)\\b");
  private static final Pattern TOP = Pattern.compile("(?i)\\bSELECT\\s+TOP\\s+[0-9(]");
  private static final Pattern NEAR = Pattern.compile("syntax error at or near \"(\\w+)\"");

  /** What helps about words that other systems read where the parser does not. */
  private static final Map<String, String> ADVICE =
      Map.of(
          "TABLE", "; windows are in views: name a view in FROM, or group by DATE_BIN or FLOOR",
          "FETCH", "; write LIMIT");

  private Gate() {}

  /** What was let through. */
  static final class Passed {
    private final Map<String, Object> root;
    private final NamedRelations relations;
    private final List<Type> types;

    private Passed(Map<String, Object> root, NamedRelations relations, List<Type> types) {
      this.root = root;
      this.relations = relations;
      this.types = types;
    }

    /** The types of the result's columns, null where they are not known. */
    List<Type> types() {
      return types;
    }

    /** The relations that are named, by the names of their tables. */
    Map<String, Relation> relations() {
      return relations.relations();
    }

    /**
     * The statement for DuckDB, as JSON.
     *
     * @param names tables that are called otherwise
     */
    String tree(Map<String, String> names) {
      relations.rename(names);
      return Json.write(root);
    }
  }

  /**
   * Checks a parsed text.
   *
   * @param parsed what {@code json_serialize_sql} says of it
   */
  static Passed pass(String sql, String parsed, Catalog catalog) {
    Map<String, Object> root = Tree.map(Json.read(parsed));
    if (Boolean.TRUE.equals(root.get("error"))) {
      throw unread(sql, root);
    }
    List<Object> statements = Tree.list(root.get("statements"));
    if (statements.size() != 1) {
      throw new ServingException(
          Reason.REFUSED,
          "Cannot run "
              + (statements.isEmpty() ? "an empty query" : statements.size() + " statements")
              + ": write one SELECT");
    }
    Map<String, Object> statement = Tree.map(statements.get(0));
    Refusals refusals = new Refusals(sql);
    NamedRelations relations = new NamedRelations(catalog, refusals);
    QueryGate queries = new QueryGate(refusals, relations);
    List<Columns.Output> columns = queries.statement(statement, Scope.OUTERMOST);
    queries.checkColumns();
    List<Type> types = new ArrayList<>();
    columns.forEach(column -> types.add(column.type()));
    return new Passed(root, relations, types);
  }

  private static String advice(String sql, String message, Object position) {
    Matcher word = NEAR.matcher(message);
    if (word.find() && ADVICE.containsKey(word.group(1).toUpperCase(Locale.ROOT))) {
      return ADVICE.get(word.group(1).toUpperCase(Locale.ROOT));
    }
    if (TOP.matcher(sql).find()) {
      return "; write LIMIT";
    }
    Place.Text text = new Place.Text(sql);
    return position instanceof String at
        ? ReservedNames.advice(text.part("0", at), text.from(at)).orElse("")
        : "";
  }

  private static ServingException unread(String sql, Map<String, Object> error) {
    String message = String.valueOf(error.get("error_message"));
    if (message.startsWith("Only SELECT") || CREATE.matcher(sql).find()) {
      return new ServingException(
          Reason.REFUSED,
          "Cannot run this statement: only one SELECT (or WITH ... SELECT) is; streams and views are"
              + " defined in the pipeline's script");
    }
    if (message.startsWith("Max expression depth")) {
      return new ServingException(
          Reason.REFUSED,
          "Cannot read the query: an expression is nested too deeply: name parts of it with WITH");
    }
    Object position = error.get("position");
    String place = position instanceof String at ? " at " + Place.of(sql, at) : "";
    return new ServingException(
        Reason.REFUSED,
        "Cannot read the query" + place + ": " + message + advice(sql, message, position));
  }
}
