// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.Table;
import org.anabranch.cli.output.TableText;

/** Explains a view on a terminal: from the rows it takes to the segments that answer. */
final class ViewReport {
  private final Terminal terminal;
  private final JsonNode answer;

  /**
   * @param answer what the server says of the view
   */
  ViewReport(Terminal terminal, JsonNode answer) {
    this.terminal = terminal;
    this.answer = answer;
  }

  void print() {
    line(answer.path("sql").asText().strip());
    line("");
    fact("from", answer.path("window").asText(answer.path("stream").asText()));
    fact("columns", String.join(", ", texts(answer.path("columns"))));
    fact("rows", answer.has("filter") ? "WHERE " + answer.path("filter").asText() : "all");
    fact("groups", groups());
    fact("having", answer.path("having").asText(""));
    fact("fold", answer.path("fold").asText());
    fact("state", state());
    section("stored for each group", stored());
    section("shown of each group", shown());
    section(counts(), segments(answer));
    difference(answer.path("differenceFromBefore"));
  }

  private String groups() {
    List<String> keys = new ArrayList<>();
    answer.path("keys").forEach(key -> keys.add(key.path("sql").asText()));
    return keys.isEmpty() ? "one: the whole stream" : "by " + String.join(", ", keys);
  }

  private String state() {
    String reason = answer.path("reason").asText("");
    return answer.path("state").asText("") + (reason.isEmpty() ? "" : ": " + reason);
  }

  private String counts() {
    JsonNode tally = answer.path("tally");
    return "%s rows are in groups, %s are filtered out, %s rejected; they answer in segments"
        .formatted(
            Numbers.grouped(tally.path("folded").asLong()),
            Numbers.grouped(tally.path("filtered").asLong()),
            Numbers.grouped(tally.path("rejected").asLong()));
  }

  private Table stored() {
    Table table = Table.of("aggregate", "state", "gives");
    for (JsonNode state : answer.path("aggregates")) {
      table.row(
          state.path("sql").asText(), state.path("state").asText(), state.path("type").asText());
    }
    return table;
  }

  private Table shown() {
    Table table = Table.of("column", "type", "expression");
    for (JsonNode output : answer.path("outputs")) {
      table.row(
          output.path("name").asText(), output.path("type").asText(), output.path("sql").asText());
    }
    return table;
  }

  static Table segments(JsonNode answer) {
    Table table =
        Table.of("segment", "origin", "durable", "rows>", "groups>", "bytes>", "coverage");
    for (JsonNode segment : answer.path("segments")) {
      table.row(
          segment.path("id").asText(),
          segment.path("origin").asText(),
          segment.path("durable").asBoolean() ? "yes" : "no",
          segment.path("rows").asLong(),
          segment.path("groups").asLong(),
          segment.path("bytes").asLong(),
          segment.path("coverage").asText());
    }
    return table;
  }

  /** How the answer of this definition differed from the one before. */
  private void difference(JsonNode difference) {
    if (difference.isMissingNode()) {
      return;
    }
    Table samples = Table.of("group", "before", "now");
    for (JsonNode sample : difference.path("samples")) {
      samples.row(
          sample.path("key").asText(), sample.path("left").asText(), sample.path("right").asText());
    }
    section(
        "against the definition before: %s groups the same, %s changed, %s gone, %s new"
            .formatted(
                Numbers.grouped(difference.path("same").asLong()),
                Numbers.grouped(difference.path("different").asLong()),
                Numbers.grouped(difference.path("onlyLeft").asLong()),
                Numbers.grouped(difference.path("onlyRight").asLong())),
        samples);
  }

  private void section(String heading, Table table) {
    line("");
    line(heading);
    if (!table.rows().isEmpty()) {
      new TableText(terminal.colour(), "  ").print(table, terminal.out());
    }
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      line(String.format("%-8s %s", name, value));
    }
  }

  private void line(String text) {
    terminal.out().println(text);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
