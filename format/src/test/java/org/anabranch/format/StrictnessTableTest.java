// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.Column;
import org.anabranch.view.Rejection;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of the documentation are the test: what is written there is what happens. */
class StrictnessTableTest {
  private static final Path PAGE = Path.of("../docs/reference/formats.md");
  private static final Pattern LINE = Pattern.compile("\\| ([^|]+) \\| ?(.*?) ?\\| ([^|]+) \\|");
  private static final Pattern COLUMN =
      Pattern.compile(
          "(.+?)( NOT NULL)?(?: DEFAULT '(.*)')?(?: (null|timestamp_format|excess_precision)"
              + " '(.*)')?");

  private record Case(String column, String value, String outcome) {}

  @TestFactory
  List<DynamicTest> jsonValuesAreReadAsDocumented() throws IOException {
    List<Case> cases = cases("## JSON values *(tested)*");
    assertTrue(cases.size() > 100, "found " + cases.size());
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.toString(),
                    () -> check(c, "json", c.value == null ? "{}" : "{\"c\":" + c.value + "}")))
        .toList();
  }

  @TestFactory
  List<DynamicTest> csvFieldsAreReadAsDocumented() throws IOException {
    List<Case> cases = cases("## CSV fields *(tested)*");
    assertTrue(cases.size() > 30, "found " + cases.size());
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.toString(), () -> check(c, "csv", c.value == null ? "" : c.value)))
        .toList();
  }

  private static List<Case> cases(String heading) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int start = lines.indexOf(heading);
    assertTrue(start >= 0, "no heading " + heading);
    List<Case> cases = new ArrayList<>();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.startsWith("## ")) {
        break;
      }
      Matcher matcher = LINE.matcher(line);
      if (line.startsWith("|---") || line.startsWith("| column |") || !line.startsWith("|")) {
        continue;
      }
      assertTrue(matcher.matches(), "cannot read the line " + line);
      String value = matcher.group(2);
      cases.add(new Case(matcher.group(1), value.isEmpty() ? null : code(value), matcher.group(3)));
    }
    return cases;
  }

  private static String code(String cell) {
    assertTrue(cell.startsWith("`") && cell.endsWith("`") && cell.length() > 1, cell);
    return cell.substring(1, cell.length() - 1);
  }

  private static void check(Case expected, String format, String event) {
    StreamDefinition stream =
        new StreamDefinition(
            "s", Schema.of(column(expected.column)), List.of(), Map.of("format", format), "");
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    RowsBuilder rows = new RowsBuilder(stream);
    Rejection rejection = Decoders.of(stream).decode(bytes, 0, bytes.length, "", rows);
    assertEquals(
        expected.outcome, rejection != null ? "**" + rejection.code() + "**" : shown(rows));
  }

  /** Values are shown as they are written for clients: as bare text. */
  private static String shown(RowsBuilder rows) {
    Schema plain = Schema.of(Column.nullable("c", rows.stream().schema().column(0).type()));
    String written =
        new String(EventWriter.csv(plain).write(rows.vectors(), 0), StandardCharsets.UTF_8);
    String unquoted =
        written.startsWith("\"") && written.length() > 2
            ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
            : written;
    return written.isEmpty() ? "NULL" : "`" + unquoted + "`";
  }

  private static Column column(String text) {
    Matcher matcher = COLUMN.matcher(text);
    assertTrue(matcher.matches(), text);
    Map<String, String> options = new HashMap<>();
    if (matcher.group(4) != null) {
      options.put(matcher.group(4), matcher.group(5));
    }
    return new Column(
        "c",
        type(matcher.group(1)),
        matcher.group(2) == null,
        Optional.ofNullable(matcher.group(3)),
        options);
  }

  private static Type type(String text) {
    Matcher decimal = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)").matcher(text);
    if (decimal.matches()) {
      return Type.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (text) {
      case "INTEGER" -> Type.INTEGER;
      case "BIGINT" -> Type.BIGINT;
      case "DOUBLE" -> Type.DOUBLE;
      case "BOOLEAN" -> Type.BOOLEAN;
      case "VARCHAR" -> Type.VARCHAR;
      case "DATE" -> Type.DATE;
      case "TIMESTAMP(3)" -> Type.TIMESTAMP;
      case "TIMESTAMP(3) WITH TIME ZONE" -> Type.INSTANT;
      case "TIMESTAMP(6)" -> Type.MICRO_TIMESTAMP;
      case "TIMESTAMP(6) WITH TIME ZONE" -> Type.MICRO_INSTANT;
      default -> throw new AssertionError("unknown type " + text);
    };
  }
}
