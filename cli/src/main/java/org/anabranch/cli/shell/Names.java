// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.Table;

/**
 * What can be asked for: relations and their columns with types.
 *
 * @param relations columns by relation
 */
public record Names(Map<String, List<Name>> relations) {
  private static final List<String> WORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "WITH",
          "AND",
          "OR",
          "NOT",
          "NULL",
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "DESC",
          "ASC",
          "JOIN",
          "ON",
          "AS",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "BETWEEN",
          "LIKE",
          "IN",
          "DISTINCT",
          "CAST");

  /** A column. */
  public record Name(String name, String type) {}

  public static Names of(Server server) throws IOException {
    Map<String, List<Name>> relations = new TreeMap<>();
    server.get("/v1/views").path("views").forEach(view -> put(relations, view));
    server.get("/v1/streams").path("streams").forEach(stream -> put(relations, stream));
    return new Names(relations);
  }

  private static void put(Map<String, List<Name>> relations, JsonNode relation) {
    List<Name> columns = new ArrayList<>();
    for (JsonNode column : relation.path("columns")) {
      columns.add(new Name(column.path("name").asText(), column.path("type").asText()));
    }
    relations.put(relation.path("name").asText(), columns);
  }

  /** Every word that may stand in a statement. */
  public Set<String> words() {
    TreeSet<String> words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    words.addAll(WORDS);
    relations.forEach(
        (relation, columns) -> {
          words.add(relation);
          columns.forEach(column -> words.add(column.name()));
        });
    return words;
  }

  /** The relations, or the columns of one of them. */
  public Table table(String relation) {
    if (relation.isEmpty()) {
      Table table = Table.of("relation", "columns");
      relations.forEach(
          (name, columns) ->
              table.row(name, String.join(", ", columns.stream().map(Name::name).toList())));
      return table;
    }
    Table table = Table.of("column", "type");
    relations.forEach(
        (name, columns) -> {
          if (name.equalsIgnoreCase(relation)) {
            columns.forEach(column -> table.row(column.name(), column.type()));
          }
        });
    return table;
  }
}
