// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.Table;
import org.anabranch.cli.output.TableText;

/** Says in plain words what happens, and counts what held. */
final class Narrator {
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colour;
  private int steps;
  private int held;
  private int failed;

  Narrator(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  private String styled(String style, String text) {
    return colour ? style + text + PLAIN : text;
  }

  void title(String text) {
    out.println(styled(BOLD, text));
  }

  void step(String text) {
    steps++;
    out.println();
    out.println(styled(BOLD, steps + ". " + text));
  }

  void say(String text) {
    out.println("       " + text);
  }

  /** Something that must hold. */
  void check(boolean holds, String text) {
    held += holds ? 1 : 0;
    failed += holds ? 0 : 1;
    out.println("   " + (holds ? styled(GREEN, "ok") : styled(RED, "NO")) + "  " + text);
  }

  void rows(JsonNode rows) {
    Table table =
        Table.of("origin", "day", "flights>", "mean delay>", "p95>", "15+ min late>", "to>");
    rows.forEach(row -> add(table, row, row.path("day").asText().substring(0, 10)));
    print(table);
  }

  /** One day's row twice. */
  void change(JsonNode before, JsonNode after) {
    Table table =
        Table.of("origin", "as of", "flights>", "mean delay>", "p95>", "15+ min late>", "to>");
    add(table, before, "midnight");
    add(table, after, "six hours later");
    print(table);
  }

  private static void add(Table table, JsonNode row, String second) {
    table.row(
        row.path("origin").asText(),
        second,
        row.path("flights").asLong(),
        Numbers.fixed(row.path("mean_delay").asDouble(), 3) + " min",
        Numbers.fixed(row.path("p95_delay").asDouble(), 1),
        row.path("late_flights").asLong(),
        row.path("destinations").asText() + " airports");
  }

  private void print(Table table) {
    out.println();
    new TableText(colour, "       ").print(table, out);
    out.println();
  }

  int held() {
    return held;
  }

  int failed() {
    return failed;
  }
}
