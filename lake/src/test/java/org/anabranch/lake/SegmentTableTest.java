// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.anabranch.view.Coverage;
import org.anabranch.view.DamagedException;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Manifest;
import org.anabranch.view.SegmentStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentTableTest extends SegmentStoreContract {
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(5_000);
  private final Random random = new Random(7);
  private Lake lake;
  private SegmentStore store;

  @BeforeEach
  void open() throws IOException {
    lake = Lake.open(directory, clock, LakeLimits.DEFAULT);
    store = lake.stream(Fixtures.stream("Orders", Fixtures.ALL_TYPES)).segments();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Override
  protected SegmentStore store() {
    return store;
  }

  private Segment segment(String fold, long from, long to, int groups) {
    return SegmentFixtures.segment(fold, Coverage.of(Fixtures.lane(0), from, to), groups, random);
  }

  @Test
  void aPublishedSegmentIsThereAfterReopening() throws IOException {
    Segment small = segment("f1", 0, 10, 100);
    Segment empty = segment("f1", 10, 20, 0);
    Segment large = segment("f2", 0, 20, 20_000);
    Manifest left = store.publish(SegmentFixtures.add(small, empty, large));
    close();
    open();
    assertEquals(left, store.manifest());
    assertEquals(1, left.version());
    for (Segment published : List.of(small, empty, large)) {
      Entry entry = entry(published.digest());
      assertEquals(published.fold(), entry.fold());
      assertEquals(published.coverage(), entry.coverage());
      assertEquals(published.tally(), entry.tally());
      assertEquals(published.groups(), entry.groups());
      assertEquals(published.bytes(), entry.bytes());
      assertEquals(5_000, entry.createdAt());
      try (Segment opened = store.open(entry)) {
        assertEquals(SegmentFixtures.groups(published), SegmentFixtures.groups(opened));
        assertEquals(published.tally(), opened.tally());
        assertEquals(published.coverage(), opened.coverage());
      }
    }
  }

  private Entry entry(String digest) throws IOException {
    return store.manifest().segments().stream()
        .filter(entry -> entry.digest().equals(digest))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMissingOrDamagedLocalFileIsMadeAgain() throws IOException {
    Segment published = segment("f1", 0, 10, 5_000);
    Entry entry = store.publish(SegmentFixtures.add(published)).segments().get(0);
    Path local = directory.resolve("segments/orders__segments/" + entry.id() + ".seg");
    byte[] sound = Files.readAllBytes(local);
    Files.delete(local);
    assertGroups(published, entry);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = sound.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(local, damaged);
      assertGroups(published, entry);
    }
    Files.write(local, new byte[0]);
    assertGroups(published, entry);
    assertEquals(sound.length, Files.size(local));
  }

  private void assertGroups(Segment published, Entry entry) throws IOException {
    try (Segment opened = store.open(entry)) {
      assertEquals(SegmentFixtures.groups(published), SegmentFixtures.groups(opened));
    }
  }

  @Test
  void aDamagedParquetFileIsRefusedByName() throws IOException {
    Segment published = segment("f1", 0, 10, 2_000);
    Entry entry = store.publish(SegmentFixtures.add(published)).segments().get(0);
    Path local = directory.resolve("segments/orders__segments/" + entry.id() + ".seg");
    Path parquet = onlyFile(directory.resolve("tables/anabranch/orders__segments/data"));
    byte[] sound = Files.readAllBytes(parquet);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = sound.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(parquet, damaged);
      Files.deleteIfExists(local);
      DamagedException refused = assertThrows(DamagedException.class, () -> store.open(entry));
      assertTrue(
          refused.damage().place().endsWith(parquet.getFileName().toString()),
          refused.getMessage());
    }
    Files.write(parquet, sound);
    assertGroups(published, entry);
  }

  private static Path onlyFile(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }
}
