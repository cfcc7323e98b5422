// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Range;
import org.anabranch.view.Rejection;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.Type;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/format/lake.md} states, held against a lake that has one of everything. */
final class LakePageTest {
  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern DATA = Pattern.compile(UUID + "-([0-9a-f]{8})\\.parquet");
  private static final Pattern METADATA =
      Pattern.compile("[0-9]+-" + UUID + "\\.gz\\.metadata\\.json");
  private static final List<String> TABLES =
      List.of("orders", "orders__quarantine", "orders__segments");
  private static final Lane CLOSED = new Lane("topic-A_1", 0, 0);
  private static final Lane OPEN = new Lane("topic-B_2", 1, 0);

  @TempDir Path directory;
  private LakePage page;
  private LakeFiles files;

  @BeforeEach
  void aLakeWithOneOfEverything() throws IOException {
    page = LakePage.read();
    files = new LakeFiles(directory);
    Random random = new Random(5);
    try (Lake lake = Lake.open(directory, new ManualClock(1_000_000), LakeLimits.DEFAULT)) {
      LakeStream stream = lake.stream(Fixtures.stream("Orders", Fixtures.ALL_TYPES));
      stream.lanes().register(CLOSED.topicId(), 0, 0, false);
      stream.lanes().acceptGap(CLOSED, new Range(0, 4), "lost \\ in\ntwo lines");
      stream.lanes().register(OPEN.topicId(), 0, 7, true);
      stream
          .master()
          .append(Fixtures.batch("first", Fixtures.rows(Fixtures.ALL_TYPES, OPEN, 7, 60, random)));
      stream.quarantine().append("q", Coverage.of(OPEN, 7, 60), List.of(quarantined()));
      stream
          .segments()
          .publish(
              SegmentFixtures.add(
                  SegmentFixtures.segment("fold", Coverage.of(OPEN, 7, 60), 5, random)));
      stream.segments().publish(SegmentFixtures.texts(Map.of(), Map.of("view.v", "CREATE VIEW v")));
    }
  }

  private static Quarantined quarantined() {
    Rejection rejection = new Rejection("type", "id", "wrong");
    return new Quarantined(OPEN, 9, 1_000, new byte[] {1, 2}, "text/x", rejection);
  }

  @Test
  void filesAndFoldersHaveTheStatedNamesAndChecksums() throws IOException {
    byte[] catalog = Files.readAllBytes(files.path("catalog.db"));
    assertTrue(new String(catalog, 0, 15, StandardCharsets.US_ASCII).equals("SQLite format 3"));
    assertEquals(TABLES, files.names("tables", "anabranch"));
    for (String table : TABLES) {
      assertEquals(List.of("data", "metadata"), files.names("tables", "anabranch", table));
      assertTrue(
          files.names("tables", "anabranch", table, "metadata").stream()
              .anyMatch(name -> METADATA.matcher(name).matches()));
      String name = files.names("tables", "anabranch", table, "data").get(0);
      Matcher data = DATA.matcher(name);
      assertTrue(data.matches(), name);
      CRC32C crc = new CRC32C();
      crc.update(Files.readAllBytes(files.path("tables", "anabranch", table, "data", name)));
      assertEquals("%08x".formatted(crc.getValue()), data.group(1));
      assertEquals(2, files.metadata(table).get("format-version").asInt());
      assertEquals(0, files.metadata(table).get("partition-specs").get(0).get("fields").size());
    }
    String segment = files.names("segments", "orders__segments").get(0);
    assertTrue(
        files
            .properties("orders__segments")
            .containsKey("anabranch.segment." + segment.replace(".seg", "")),
        segment);
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
        Type.Kind kind =
            declared.get(i).endsWith("WITH TIME ZONE")
                ? Type.Kind.INSTANT
                : Type.Kind.valueOf(declared.get(i));
        String physical =
            kind == Type.Kind.DECIMAL ? "" : parquet.get(Math.min(i, parquet.size() - 1));
        stated.put(kind, List.of(iceberg.get(i), physical));
      }
    }
    assertEquals(9, stated.size());
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

  @Test
  void propertiesAreThoseListedAndNoOthers() throws IOException {
    Set<String> listed =
        page.table("property", "value").stream().map(row -> row.get(0)).collect(Collectors.toSet());
    Set<String> found = new TreeSet<>();
    for (String table : TABLES) {
      for (String name : files.properties(table).keySet()) {
        List<String> matching = listed.stream().filter(each -> matches(name, each)).toList();
        assertEquals(1, matching.size(), name);
        found.add(matching.get(0));
      }
    }
    assertEquals(new TreeSet<>(listed), found);
    Map<String, String> master = files.properties("orders");
    assertEquals("1", master.get("anabranch.layout"));
    assertEquals("Orders", master.get("anabranch.stream"));
    assertEquals("topic-B_2.1.0:7-60", master.get("anabranch.coverage"));
    assertEquals("topic-B_2.1.0=7", master.get("anabranch.epochs"));
    assertEquals("first", master.get("anabranch.commits"));
    assertEquals("first", master.get("anabranch.ledger.appended"));
    assertEquals("2", files.properties("orders__segments").get("anabranch.manifest"));
    for (int i = 0; i < TABLES.size(); i++) {
      assertEquals(
          List.of("master", "quarantine", "segments").get(i),
          files.properties(TABLES.get(i)).get("anabranch.kind"));
    }
  }

  private static boolean matches(String name, String listed) {
    String[] parts = listed.split("<[^>]*>", -1);
    return name.matches(Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".+")));
  }

  @Test
  void valuesOfLinesHaveTheStatedNames() throws IOException {
    Map<String, String> master = files.properties("orders");
    String closed = master.get("anabranch.lane." + CLOSED);
    assertEquals(page.lineNames("anabranch.lane.*"), names(closed));
    assertEquals(List.of("opened", "opened-at"), names(master.get("anabranch.lane." + OPEN)));
    String gap = properties(master, "anabranch.gap.");
    assertEquals(page.lineNames("anabranch.gap.*"), names(gap));
    assertTrue(gap.contains("reason lost \\\\ in\\ntwo lines"), gap);
    assertEquals(page.lineNames("anabranch.version.*"), names(master.get("anabranch.version.1")));
    List<String> entry =
        names(properties(files.properties("orders__segments"), "anabranch.segment."));
    List<String> stated = new java.util.ArrayList<>(page.lineNames("fold"));
    stated.set(0, "fold");
    stated.add("sample");
    stated.addAll(page.lineNames("groups"));
    stated.set(stated.indexOf("<n>"), "groups");
    assertEquals(stated, entry);
  }

  private static String properties(Map<String, String> properties, String prefix) {
    return properties.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(String lines) {
    return lines.lines().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void theSummaryOfAnAppendRepeatsWhatThePageSays() throws IOException {
    Map<String, String> summary = files.summary("orders");
    Set<String> expected =
        new TreeSet<>(
            Set.of(
                "anabranch.coverage",
                "anabranch.epochs",
                "anabranch.ledger.appended",
                "anabranch.added",
                "anabranch.commit-id",
                "anabranch.committed-at"));
    assertEquals(expected, summary.keySet());
    for (String key : expected) {
      assertTrue(key.startsWith("anabranch.ledger.") || page.says("`" + key + "`"), key);
    }
    assertEquals("topic-B_2.1.0:7-60", summary.get("anabranch.added"));
    assertEquals("first", summary.get("anabranch.commit-id"));
    assertEquals("1000000", summary.get("anabranch.committed-at"));
  }

  @Test
  void footersNameTheLayoutAndWhatTheFileAccountsFor() throws IOException {
    Map<String, String> rows = files.footer("orders").getKeyValueMetaData();
    assertEquals("1", rows.get("anabranch.layout"));
    assertTrue(
        rows.get("anabranch.runs").strip().matches("topic-B_2\\.1\\.0 0 [0-9]+ 7-60"),
        rows.get("anabranch.runs"));
    Map<String, String> segment = files.footer("orders__segments").getKeyValueMetaData();
    assertEquals("1", segment.get("anabranch.layout"));
    assertTrue(
        files
            .properties("orders__segments")
            .containsKey("anabranch.segment." + segment.get("anabranch.segment")));
  }

  @Test
  void aTableOfALaterLayoutIsRefusedByNameAndVersion() throws IOException {
    try (JdbcCatalog catalog = new JdbcCatalog(ignored -> new LocalFileIO(), null, false)) {
      catalog.initialize(
          "anabranch",
          Map.of(
              "uri",
              "jdbc:sqlite:" + directory.resolve("catalog.db"),
              "warehouse",
              directory.resolve("tables").toString(),
              "jdbc.schema-version",
              "V1"));
      catalog
          .loadTable(TableIdentifier.of(Namespace.of("anabranch"), "orders"))
          .updateProperties()
          .set("anabranch.layout", "2")
          .commit();
    }
    try (Lake lake = Lake.open(directory, new ManualClock(1), LakeLimits.DEFAULT)) {
      LakeException refused =
          assertThrows(
              LakeException.class,
              () -> lake.stream(Fixtures.stream("Orders", Fixtures.ALL_TYPES)));
      assertTrue(refused.getMessage().contains("orders"), refused.getMessage());
      assertTrue(refused.getMessage().contains("version is 2"), refused.getMessage());
      assertTrue(refused.getMessage().contains("versions 1 to 1"), refused.getMessage());
    }
  }
}
