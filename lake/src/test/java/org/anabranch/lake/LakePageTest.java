// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.anabranch.view.ManualClock;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/format/lake.md} states, held against a complete lake. */
final class LakePageTest {
  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern DATA = Pattern.compile(UUID + "-([0-9a-f]{8})\\.parquet");
  private static final Pattern METADATA =
      Pattern.compile("[0-9]+-" + UUID + "\\.gz\\.metadata\\.json");

  @TempDir Path directory;
  private LakePage page;
  private LakeFiles files;

  @BeforeEach
  void write() throws IOException {
    page = LakePage.read();
    files = CompleteLake.in(directory);
  }

  @Test
  void filesAndFoldersHaveTheStatedNamesAndChecksums() throws IOException {
    byte[] catalog = Files.readAllBytes(files.path("catalog.db"));
    assertTrue(new String(catalog, 0, 15, StandardCharsets.US_ASCII).equals("SQLite format 3"));
    assertEquals(CompleteLake.TABLES, files.names("tables", "anabranch"));
    for (String table : CompleteLake.TABLES) {
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
  void propertiesAreThoseListedAndNoOthers() throws IOException {
    Set<String> listed =
        page.table("property", "value").stream().map(row -> row.get(0)).collect(Collectors.toSet());
    Set<String> found = new TreeSet<>();
    for (String table : CompleteLake.TABLES) {
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
    for (int i = 0; i < CompleteLake.TABLES.size(); i++) {
      assertEquals(
          List.of("master", "quarantine", "segments").get(i),
          files.properties(CompleteLake.TABLES.get(i)).get("anabranch.kind"));
    }
  }

  private static boolean matches(String name, String listed) {
    String[] parts = listed.split("<[^>]*>", -1);
    return name.matches(Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".+")));
  }

  @Test
  void valuesOfLinesHaveTheStatedNames() throws IOException {
    Map<String, String> master = files.properties("orders");
    String closed = master.get("anabranch.lane." + CompleteLake.CLOSED);
    assertEquals(page.lineNames("anabranch.lane.*"), names(closed));
    assertEquals(
        List.of("opened", "opened-at"), names(master.get("anabranch.lane." + CompleteLake.OPEN)));
    String gap = properties(master, "anabranch.gap.");
    assertEquals(page.lineNames("anabranch.gap.*"), names(gap));
    assertTrue(gap.contains("reason lost \\\\ in\\ntwo lines"), gap);
    assertEquals(page.lineNames("anabranch.version.*"), names(master.get("anabranch.version.1")));
    List<String> entry =
        names(properties(files.properties("orders__segments"), "anabranch.segment."));
    List<String> stated = new ArrayList<>(page.lineNames("fold"));
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
    try (JdbcCatalog catalog =
        new JdbcCatalog(
            ignored ->
                new LocalFileIO(
                    new TablePaths(directory.resolve("tables"), "anabranch"),
                    new Damages(directory),
                    new MetadataSums()),
            null,
            false)) {
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
