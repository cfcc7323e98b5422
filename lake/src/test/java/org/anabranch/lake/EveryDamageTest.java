// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.view.Coverage;
import org.anabranch.view.DamagedException;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.SegmentStore.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any file of a lake, flipped, cut, deleted or with another one's bytes: whoever reads gets what is
 * right, or a refusal that names what is damaged. There is no third.
 */
final class EveryDamageTest {
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();
  private static final int TRIALS = 80 * Integer.getInteger("anabranch.trials", 1);
  private static final LakeLimits LIMITS =
      new LakeLimits(1 << 20, 20, 1 << 20, 64, 300_000, 3_600_000, 5, 3);

  @TempDir Path directory;
  private final Random random = new Random(Long.getLong("anabranch.seed", 47));
  private final Map<String, String> rows = new TreeMap<>();
  private final Map<String, Map<String, String>> groups = new TreeMap<>();
  private Path lake;
  private Map<Path, byte[]> sound;
  private Coverage covered;

  @BeforeEach
  void fill() throws IOException {
    lake = directory.resolve("lake");
    try (Lake opened = open()) {
      LakeStream stream = opened.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Lane lane = stream.lanes().register("t", 0, 0, false);
      for (int i = 0; i < 5; i++) {
        // Commits of the same numbers of rows: files that stand in for each other change no total.
        Rows added = full(lane, i * 20L);
        stream.master().append(Fixtures.batch("c" + i, added));
        stream.quarantine().append("q" + i, added.coverage(), List.of());
        Fixtures.texts(added, COLUMNS, rows);
        Segment segment = SegmentFixtures.segment("f", added.coverage(), 400, random);
        stream.segments().publish(SegmentFixtures.add(segment));
        groups.put(segment.digest(), SegmentFixtures.groups(segment));
      }
      covered = stream.master().coverage();
    }
    sound = files();
  }

  private Rows full(Lane lane, long from) {
    Rows found = Fixtures.rows(Fixtures.ALL_TYPES, lane, from, from + 20, random);
    while (found.size() != 15) {
      found = Fixtures.rows(Fixtures.ALL_TYPES, lane, from, from + 20, random);
    }
    return found;
  }

  private Lake open() throws IOException {
    return Lake.open(lake, new ManualClock(0), LIMITS);
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(lake)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Puts everything back as it was. */
  private void restore() throws IOException {
    for (Path file : files().keySet()) {
      if (!sound.containsKey(file)) {
        Files.delete(file);
      }
    }
    for (Map.Entry<Path, byte[]> file : sound.entrySet()) {
      if (!Files.exists(file.getKey())
          || !Arrays.equals(file.getValue(), Files.readAllBytes(file.getKey()))) {
        Files.write(file.getKey(), file.getValue());
      }
    }
  }

  /** What was done to which file, in words. */
  private String damage(Path file) throws IOException {
    byte[] bytes = sound.get(file).clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return "flipped at " + at + " of " + bytes.length + ": " + file;
      }
      case 1 -> {
        int length = random.nextInt(bytes.length);
        Files.write(file, Arrays.copyOf(bytes, length));
        return "cut to " + length + " of " + bytes.length + ": " + file;
      }
      case 2 -> {
        Files.delete(file);
        return "deleted: " + file;
      }
      default -> {
        Path sibling = pick(siblings(file));
        Files.write(file, sound.get(sibling));
        return "replaced by " + sibling.getFileName() + ": " + file;
      }
    }
  }

  private List<Path> siblings(Path file) {
    String name = file.getFileName().toString();
    String suffix = name.substring(name.indexOf('.'));
    return sound.keySet().stream().filter(each -> each.toString().endsWith(suffix)).toList();
  }

  private Path pick(List<Path> files) {
    return files.get(random.nextInt(files.size()));
  }

  /** The kinds of files, each as likely as the others; of metadata what is current and all. */
  private List<List<Path>> kinds() throws IOException {
    List<List<Path>> kinds = new ArrayList<>();
    for (String like :
        List.of("/s/data/", "/s__segments/data/", ".seg", "catalog.db", ".avro", ".json")) {
      kinds.add(sound.keySet().stream().filter(file -> file.toString().contains(like)).toList());
    }
    List<Path> lists = new ArrayList<>();
    List<Path> manifests = new ArrayList<>();
    for (String table : List.of("s", "s__segments")) {
      String current = new LakeFiles(lake).properties(table).get("anabranch.metadata");
      for (String line : current.lines().toList()) {
        Path file =
            lake.resolve("tables/anabranch")
                .resolve(table)
                .resolve("metadata")
                .resolve(line.substring(0, line.indexOf(' ')));
        (line.startsWith("snap-") ? lists : manifests).add(file);
      }
    }
    kinds.add(lists);
    kinds.add(manifests);
    kinds.forEach(kind -> assertFalse(kind.isEmpty(), kinds.toString()));
    return kinds;
  }

  @FunctionalInterface
  private interface Reading {
    void read(LakeStream stream) throws Exception;
  }

  private boolean isRefused(LakeStream stream, String what, Reading reading) throws Exception {
    try {
      reading.read(stream);
      return false;
    } catch (DamagedException refused) {
      assertNamed(refused, what);
      assertFalse(stream.damages().isEmpty(), what);
      return true;
    }
  }

  private void assertNamed(DamagedException refused, String what) {
    String place = refused.damage().place();
    assertTrue(place.startsWith("lake/"), what + " -> " + place);
    assertFalse(refused.getMessage().contains(directory.toString()), refused.getMessage());
    assertFalse(refused.getMessage().matches(".*[a-z]Exception.*"), refused.getMessage());
  }

  private void readRows(LakeStream stream) throws IOException {
    assertEquals(rows, Fixtures.read(stream.master(), covered, COLUMNS));
  }

  private void readPinned(LakeStream stream) throws IOException {
    try (Pin pin = stream.master().pin()) {
      assertEquals(covered, pin.coverage());
      for (Path file : pin.files()) {
        assertTrue(Arrays.equals(sound.get(file), Files.readAllBytes(file)), file.toString());
      }
    }
  }

  private void readSegments(LakeStream stream) throws IOException {
    List<Entry> entries = stream.segments().manifest().segments();
    assertEquals(groups.size(), entries.size());
    for (Entry entry : entries) {
      try (Segment segment = stream.segments().open(entry)) {
        assertEquals(groups.get(entry.digest()), SegmentFixtures.groups(segment));
      }
    }
  }

  /** Whether any reader refused; all others were right. */
  private boolean isRefused(String what) throws Exception {
    try (Lake opened = open()) {
      LakeStream stream = opened.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      assertEquals(covered, stream.master().coverage(), what);
      boolean refused = isRefused(stream, what, this::readRows);
      assertEquals(refused, isRefused(stream, what, this::readPinned), what);
      return isRefused(stream, what, this::readSegments) || refused;
    } catch (DamagedException refused) {
      assertNamed(refused, what);
      return true;
    }
  }

  @Test
  void everyReaderIsRightOrNamesTheDamage() throws Exception {
    List<List<Path>> kinds = kinds();
    int refused = 0;
    for (int i = 0; i < TRIALS; i++) {
      String what = damage(pick(kinds.get(i % kinds.size())));
      try {
        refused += isRefused(what) ? 1 : 0;
      } catch (Exception | AssertionError e) {
        throw new AssertionError(what, e);
      } finally {
        restore();
      }
    }
    assertTrue(refused > TRIALS / 4 && refused < TRIALS, refused + " of " + TRIALS);
    assertFalse(isRefused("nothing"));
  }

  @Test
  void theCatalogIsMadeAgainFromTheTables() throws Exception {
    Path catalog = lake.resolve("catalog.db");
    for (String fault : List.of("flipped header", "cut", "emptied", "gone", "behind")) {
      byte[] bytes = sound.get(catalog).clone();
      bytes[3] ^= 1;
      switch (fault) {
        case "flipped header" -> Files.write(catalog, bytes);
        case "cut" -> Files.write(catalog, Arrays.copyOf(sound.get(catalog), 5_000));
        case "emptied" -> Files.write(catalog, new byte[0]);
        case "gone" -> Files.delete(catalog);
        default -> setBack(catalog);
      }
      try (Lake opened = open()) {
        String told = String.join("\n", opened.repairs());
        assertTrue(told.contains("made again from the tables"), told);
        assertEquals(!fault.equals("gone"), told.contains("the old one is kept as"), told);
      }
      assertFalse(isRefused(fault), fault);
      assertFalse(isRefused("a second opening"), fault);
      restore();
    }
  }

  /** Lets the catalog know nothing of the last three commits, as a lost journal would. */
  private void setBack(Path catalog) throws Exception {
    Path metadata = lake.resolve("tables/anabranch/s/metadata");
    List<String> oldest;
    try (Stream<Path> all = Files.list(metadata)) {
      oldest = all.map(Path::toString).filter(name -> name.endsWith(".json")).sorted().toList();
    }
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + catalog);
        var statement =
            connection.prepareStatement(
                "UPDATE iceberg_tables SET metadata_location = ? WHERE table_name = 's'")) {
      statement.setString(1, oldest.get(oldest.size() - 3));
      assertEquals(1, statement.executeUpdate());
    }
  }

  @Test
  void aSegmentThatIsDamagedWhileItIsReadIsHadAgainFromTheLake() throws Exception {
    try (Lake opened = open()) {
      LakeStream stream = opened.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Entry entry = stream.segments().manifest().segments().get(0);
      Path local = lake.resolve("segments/s__segments/" + entry.id() + ".seg");
      try (Segment segment = stream.segments().open(entry)) {
        for (int i = 0; i < 20; i++) {
          flipInPlace(local, 8 + random.nextInt(10_000));
          assertEquals(groups.get(entry.digest()), SegmentFixtures.groups(segment));
        }
        assertTrue(Arrays.equals(sound.get(local), Files.readAllBytes(local)));
        Path parquet = parquetOf(entry);
        flipInPlace(parquet, 100);
        flipInPlace(local, 100);
        assertTrue(isRefused(stream, "both copies", this::readSegments));
        restore();
        assertFalse(isRefused(stream, "restored", this::readSegments));
        stream.maintenance(List::of).step();
        assertEquals(List.of(), stream.damages());
      }
    }
  }

  private Path parquetOf(Entry entry) throws IOException {
    Map<String, String> properties = new LakeFiles(lake).properties("s__segments");
    String record = properties.get("anabranch.segment." + entry.id());
    String name = record.lines().filter(line -> line.startsWith("file ")).findFirst().orElseThrow();
    return lake.resolve("tables/anabranch/s__segments/data").resolve(name.substring(5));
  }

  private static void flipInPlace(Path file, int at) throws IOException {
    try (var channel =
        java.nio.channels.FileChannel.open(
            file, java.nio.file.StandardOpenOption.READ, java.nio.file.StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer one = java.nio.ByteBuffer.allocate(1);
      channel.read(one, at);
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 4)}), at);
    }
  }

  @Test
  void maintenanceNamesWhatNobodyHasAskedForAndMakesSegmentsAgain() throws Exception {
    ManualClock clock = new ManualClock(0);
    try (Lake opened = Lake.open(lake, clock, LIMITS)) {
      LakeStream stream = opened.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Path rowsFile = files(lake.resolve("tables/anabranch/s/data")).get(2);
      Path segment = files(lake.resolve("tables/anabranch/s__segments/data")).get(1);
      flipInPlace(rowsFile, 60);
      Files.delete(segment);
      var maintenance = stream.maintenance(List::of);
      for (int i = 0; i < 20; i++) {
        clock.advance(1_000);
        maintenance.step();
      }
      assertEquals(1, stream.damages().size(), stream.damages().toString());
      assertTrue(
          stream.damages().get(0).place().endsWith(rowsFile.getFileName().toString()),
          stream.damages().toString());
      assertTrue(Arrays.equals(sound.get(segment), Files.readAllBytes(segment)));
      Files.write(rowsFile, sound.get(rowsFile));
      maintenance.step();
      assertEquals(List.of(), stream.damages());
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
