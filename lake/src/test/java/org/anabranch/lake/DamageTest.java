// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits that flip on disk are refused or do no harm; a wrong answer never comes out. */
final class DamageTest {
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();

  @TempDir Path directory;
  private final Random random = new Random(31);
  private final Map<String, String> expected = new TreeMap<>();
  private Coverage covered;

  @BeforeEach
  void fill() throws IOException {
    try (Lake lake = open()) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Lane lane = stream.lanes().register("t", 0, 0, false);
      for (int i = 0; i < 4; i++) {
        Rows rows = Fixtures.rows(Fixtures.ALL_TYPES, lane, i * 30L, i * 30L + 30, random);
        stream.master().append(Fixtures.batch("c" + i, rows));
        Fixtures.texts(rows, COLUMNS, expected);
      }
      covered = stream.master().coverage();
    }
  }

  private Lake open() throws IOException {
    return Lake.open(directory, new ManualClock(0), LakeLimits.DEFAULT);
  }

  private Path files(String part) {
    return directory.resolve("tables/anabranch/s").resolve(part);
  }

  private static List<Path> list(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private Map<String, String> read() throws IOException {
    try (Lake lake = open()) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      return Fixtures.read(stream.master(), covered, COLUMNS);
    }
  }

  private String place(Path file) {
    return directory.getParent().relativize(file).toString();
  }

  private void flip(Path file, byte[] sound) throws IOException {
    byte[] damaged = sound.clone();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, damaged);
  }

  private void tellCatalog(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("catalog.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aCatalogThatTakesNoCommitForAWhileIsAFailureOfTheDiskAndTheCommitCanBeRepeated()
      throws Exception {
    try (Lake lake = open()) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Lane lane = stream.lanes().lanes().get(0).lane();
      Rows rows = Fixtures.rows(Fixtures.ALL_TYPES, lane, 120, 150, random);
      tellCatalog(
          "CREATE TRIGGER full BEFORE UPDATE ON iceberg_tables"
              + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
      UncheckedIOException failed =
          assertThrows(
              UncheckedIOException.class,
              () -> stream.master().append(Fixtures.batch("full", rows)));
      assertTrue(failed.getMessage().contains("Cannot reach the catalog"), failed.getMessage());
      assertTrue(failed.getMessage().contains("the disk is full"), failed.getMessage());
      assertEquals(covered, stream.master().coverage());
      tellCatalog("DROP TRIGGER full");
      stream.master().append(Fixtures.batch("full", rows));
      assertEquals(Coverage.of(lane, 0, 150), stream.master().coverage());
    }
  }

  @Test
  void aFlippedBitInADataFileIsRefusedByName() throws IOException {
    for (int i = 0; i < 40; i++) {
      List<Path> files = list(files("data"), ".parquet");
      Path file = files.get(random.nextInt(files.size()));
      byte[] sound = Files.readAllBytes(file);
      flip(file, sound);
      DamagedException refused = assertThrows(DamagedException.class, this::read);
      assertEquals(place(file), refused.damage().place());
      Files.write(file, sound);
    }
    assertEquals(expected, read());
  }

  @Test
  void aMissingDataFileIsAnError() throws IOException {
    Path file = list(files("data"), ".parquet").get(1);
    Files.delete(file);
    DamagedException refused = assertThrows(DamagedException.class, this::read);
    assertEquals(place(file), refused.damage().place());
    assertEquals("the file is gone", refused.damage().fault());
  }

  @Test
  void aFlippedBitInMetadataIsNeverAWrongAnswer() throws IOException {
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      List<Path> files =
          list(files("metadata"), random.nextBoolean() ? ".avro" : ".gz.metadata.json");
      Path file = files.get(random.nextInt(files.size()));
      byte[] sound = Files.readAllBytes(file);
      flip(file, sound);
      try {
        assertEquals(expected, read(), file.toString());
      } catch (RuntimeException | IOException e) {
        refused++;
      }
      Files.write(file, sound);
    }
    System.out.println("Refused " + refused + " of 60 (old metadata files are not read)");
    assertTrue(refused > 0);
    assertEquals(expected, read());
  }
}
