// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.view.Type;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns and types that {@code docs/format/lake.md} states, held against a complete lake. */
final class LakePageColumnsTest {
  @TempDir Path directory;
  private LakePage page;
  private LakeFiles files;

  @BeforeEach
  void write() throws IOException {
    page = LakePage.read();
    files = CompleteLake.in(directory);
  }

  @Test
  void fixedColumnsHaveTheStatedIdsAndTypes() throws IOException {
    Map<String, String> stated = new TreeMap<>();
    for (List<String> row : page.table("column", "field id", "type")) {
      if (row.get(0).startsWith("_")) {
        String type = row.get(2).split("[,;:]", 2)[0];
        assertTrue(row.get(2).contains(", required"), row.toString());
        stated.put(row.get(0), row.get(1) + " " + type + " required");
      } else if (row.get(0).startsWith("quarantine: ")) {
        quarantined(row, stated);
      }
    }
    assertEquals(8, stated.size());
    assertEquals(stated, files.columns("orders__quarantine"));
    Map<String, String> master = files.columns("orders");
    assertEquals(3 + Fixtures.ALL_TYPES.size(), master.size());
    for (String name : List.of("_lane", "_position", "_appended_at")) {
      assertEquals(stated.get(name), master.get(name));
    }
    assertTrue(page.says("Columns `key` (id 1) and `state` (id 2), both required binary."));
    assertEquals(
        Map.of("key", "1 binary required", "state", "2 binary required"),
        files.columns("orders__segments"));
  }

  /** The row names its columns, of which the first is binary and the others are strings. */
  private static void quarantined(List<String> row, Map<String, String> stated) {
    assertTrue(row.get(0).endsWith(" strings") && row.get(2).equals("required"), row.toString());
    int id = Integer.parseInt(row.get(1).split(" ", 2)[0]);
    String names = row.get(0).replace("quarantine: ", "").replace(" strings", "");
    for (String name : names.split(", ", -1)) {
      String type = name.endsWith(" binary") ? "binary" : "string";
      stated.put(name.replace(" binary", ""), id++ + " " + type + " required");
    }
  }

  @Test
  void declaredTypesAreKeptAsStated() throws IOException {
    Map<Type.Kind, List<String>> stated = new TreeMap<>();
    for (List<String> row : page.table("declared", "Iceberg", "Parquet")) {
      List<String> declared = List.of(row.get(0).replaceAll("\\([^)]*\\)", "").split(", "));
      List<String> iceberg = List.of(row.get(1).replace("decimal(p,s)", "decimal").split(", "));
      List<String> parquet =
          List.of(row.get(2).replaceAll(" \\(.*|, microseconds", "").split(", "));
      for (int i = 0; i < declared.size(); i++) {
        Type.Kind kind = kind(row.get(0), declared.get(i));
        String physical =
            kind == Type.Kind.DECIMAL ? "" : parquet.get(Math.min(i, parquet.size() - 1));
        stated.put(kind, List.of(iceberg.get(i), physical));
      }
    }
    assertEquals(11, stated.size());
    MessageType footer = files.footer("orders").getSchema();
    int id = 4;
    for (var column : Fixtures.ALL_TYPES.columns()) {
      String[] found = files.columns("orders").get(column.name()).split(" ", 2);
      assertEquals(id, Integer.parseInt(found[0]), column.name());
      List<String> expected = stated.get(column.type().kind());
      assertEquals(
          expected.get(0) + (column.nullable() ? "" : " required"),
          found[1].replaceAll("\\(.*\\)", ""));
      assertEquals(physical(column.type(), expected.get(1)), physical(footer, id++));
    }
  }

  /** The kind of a declared type; its digits count for times only. */
  private static Type.Kind kind(String row, String name) {
    boolean micros = row.contains("(6)");
    if (name.endsWith("WITH TIME ZONE")) {
      return micros ? Type.Kind.MICRO_INSTANT : Type.Kind.INSTANT;
    }
    return micros ? Type.Kind.MICRO_TIMESTAMP : Type.Kind.valueOf(name);
  }

  private static String physical(MessageType footer, int id) {
    return footer.getFields().stream()
        .filter(field -> field.getId().intValue() == id)
        .map(field -> field.asPrimitiveType().getPrimitiveTypeName().name())
        .findFirst()
        .orElseThrow();
  }

  /** "INT32 to 9 digits, INT64 to 18, then FIXED". */
  private static String physical(Type type, String stated) {
    if (type.kind() != Type.Kind.DECIMAL) {
      return stated.equals("BYTE_ARRAY") ? "BINARY" : stated;
    }
    return type.precision() <= 9
        ? "INT32"
        : type.precision() <= 18 ? "INT64" : "FIXED_LEN_BYTE_ARRAY";
  }
}
