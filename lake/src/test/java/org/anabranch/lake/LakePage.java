// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The page that states the lake's layout. */
final class LakePage {
  private final List<String> lines;

  private LakePage(List<String> lines) {
    this.lines = lines;
  }

  static LakePage read() throws IOException {
    return new LakePage(Files.readAllLines(Path.of("..", "docs", "format", "lake.md")));
  }

  /** The cells of the tables with such a header, without backticks, row by row. */
  List<List<String>> table(String... header) {
    List<List<String>> rows = new ArrayList<>();
    String wanted = "| " + String.join(" | ", header) + " |";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals(wanted)) {
        for (int row = i + 2; row < lines.size() && lines.get(row).startsWith("|"); row++) {
          rows.add(cells(lines.get(row)));
        }
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(cell -> cell.replace("`", "").strip())
        .toList();
  }

  /** The names that a line of a value may start with, from the block that lists them. */
  List<String> lineNames(String property) {
    String line =
        lines.stream().filter(each -> each.startsWith("    " + property)).findFirst().orElseThrow();
    return Arrays.stream(line.strip().substring(property.length()).split("·", -1))
        .map(part -> part.strip().split(" ", 2)[0])
        .toList();
  }

  boolean says(String text) {
    return String.join(" ", lines).contains(text);
  }
}
