// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table for eyes: aligned, its headings underlined, NULL dim. */
public final class TableText {
  private static final String DIM = "\u001b[2m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final String GAP = "  ";

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{4,18}");

  private final boolean colour;
  private final String margin;

  public TableText(boolean colour, String margin) {
    this.colour = colour;
    this.margin = margin;
  }

  public void print(Table table, PrintStream out) {
    lines(table).forEach(out::println);
  }

  /** One line for the headings, one under them, one a row. */
  public List<String> lines(Table table) {
    int[] widths = widths(table);
    List<String> lines = new ArrayList<>();
    List<Optional<String>> headings =
        table.columns().stream().map(column -> Optional.of(column.name())).toList();
    lines.add(line(table, headings, widths, BOLD));
    StringBuilder rule = new StringBuilder(margin);
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : GAP).append("-".repeat(widths[i]));
    }
    lines.add(rule.toString());
    for (List<Optional<String>> row : table.rows()) {
      lines.add(line(table, row, widths, ""));
    }
    return lines;
  }

  private static int[] widths(Table table) {
    int[] widths = new int[table.columns().size()];
    for (int i = 0; i < widths.length; i++) {
      Table.Column column = table.columns().get(i);
      widths[i] = width(column.name());
      for (List<Optional<String>> row : table.rows()) {
        widths[i] = Math.max(widths[i], width(shown(column, row.get(i))));
      }
    }
    return widths;
  }

  private String line(Table table, List<Optional<String>> cells, int[] widths, String style) {
    StringBuilder line = new StringBuilder(margin);
    for (int i = 0; i < widths.length; i++) {
      Optional<String> cell = cells.get(i);
      String text = shown(table.columns().get(i), cell);
      String padding = " ".repeat(widths[i] - width(text));
      String styled = styled(text, cell.isPresent() ? style : DIM);
      boolean last = i == widths.length - 1;
      line.append(i == 0 ? "" : GAP);
      line.append(
          table.columns().get(i).right() ? padding + styled : styled + (last ? "" : padding));
    }
    return line.toString();
  }

  private String styled(String text, String style) {
    return colour && !style.isEmpty() ? style + text + PLAIN : text;
  }

  /** Control characters of data must not steer the terminal. */
  private static String shown(Table.Column column, Optional<String> cell) {
    String text = cell.orElse("NULL");
    if (column.grouped() && WHOLE.matcher(text).matches()) {
      return Numbers.grouped(Long.parseLong(text));
    }
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        shown = shown == null ? new StringBuilder(text) : shown;
        shown.setCharAt(i, text.charAt(i) == '\n' ? '\u23ce' : '\ufffd');
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
