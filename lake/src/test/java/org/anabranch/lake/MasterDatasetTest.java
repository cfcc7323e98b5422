// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.GapException;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.OverlapException;
import org.anabranch.view.Rows;
import org.anabranch.view.StaleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MasterDatasetTest {
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_000_000);
  private final Random random = new Random(42);
  private Lake lake;
  private LakeStream stream;
  private MasterDataset master;
  private Lane first;
  private Lane second;

  @BeforeEach
  void open() throws IOException {
    lake = Lake.open(directory, clock, LakeLimits.DEFAULT);
    stream = lake.stream(Fixtures.stream("Orders", Fixtures.ALL_TYPES));
    master = stream.master();
    first = stream.lanes().register("topic-A_1", 0, 0, false);
    second = stream.lanes().register("topic-A_1", 1, 100, false);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private Rows rows(Lane lane, long from, long to) {
    return Fixtures.rows(Fixtures.ALL_TYPES, lane, from, to, random);
  }

  private static Map<String, String> texts(Rows... chunks) {
    Map<String, String> all = new TreeMap<>();
    for (Rows rows : chunks) {
      Fixtures.texts(rows, COLUMNS, all);
    }
    return all;
  }

  @Test
  void rowsOfEveryTypeComeBackAfterReopening() throws IOException {
    Rows one = rows(first, 0, 50);
    Rows two = rows(second, 100, 180);
    Rows three = rows(first, 50, 60);
    assertFalse(master.append(Fixtures.batch("a", two, one)).repeated());
    master.append(Fixtures.batch("b", three));
    close();
    lake = Lake.open(directory, clock, LakeLimits.DEFAULT);
    master = lake.stream(Fixtures.stream("ORDERS", Fixtures.ALL_TYPES)).master();

    Coverage all = Coverage.of(first, 0, 60).plus(Coverage.of(second, 100, 180));
    assertEquals(all, master.coverage());
    assertEquals(texts(one, two, three), Fixtures.read(master, all, COLUMNS));
    assertEquals(Map.of(first, 7, second, 7), master.leaderEpochs());
    assertEquals(Map.of("appended", "b"), master.ledger());
    assertEquals(List.of("Orders"), lake.streams());
    assertEquals(Fixtures.ALL_TYPES, master.schema());
  }

  @Test
  void anyPartOfTheCoverageIsReadExactly() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    long position = 0;
    for (int i = 0; i < 12; i++) {
      Rows one = rows(first, position, position + 7);
      Rows two = rows(second, 100 + position, 107 + position);
      position += 7;
      master.append(Fixtures.batch("c" + i, one, two));
      expected.putAll(texts(one, two));
    }
    for (int i = 0; i < 60; i++) {
      Coverage.Builder wanted = new Coverage.Builder();
      for (Lane lane : List.of(first, second)) {
        long start = lane.equals(first) ? 0 : 100;
        long from = start + random.nextInt(84);
        long to = from + random.nextInt((int) (start + 85 - from));
        wanted.add(lane, new org.anabranch.view.Range(from, to));
      }
      Coverage part = wanted.build();
      Map<String, String> inside = new TreeMap<>(expected);
      inside.keySet().removeIf(key -> !contains(part, key));
      assertEquals(inside, Fixtures.read(master, part, COLUMNS), part.toString());
    }
  }

  private static boolean contains(Coverage coverage, String key) {
    String[] parts = key.split(" ", -1);
    return coverage.contains(Lane.parse(parts[0]), Long.parseLong(parts[1]));
  }

  @Test
  void onlyTheWantedColumnsComeBackInTheWantedOrder() throws IOException {
    Rows one = rows(first, 0, 20);
    master.append(Fixtures.batch("a", one));
    List<String> wanted = List.of("NAME OF IT", "id");
    Map<String, String> expected = new TreeMap<>();
    Fixtures.texts(one, wanted, expected);
    assertEquals(expected, Fixtures.read(master, master.coverage(), wanted));
    assertEquals(
        "Cannot read column 'nope': there are " + COLUMNS,
        assertThrows(LakeException.class, () -> master.read(Coverage.EMPTY, List.of("nope")))
            .getMessage());
  }

  @Test
  void aStaleAppendLosesAndChangesNothing() throws IOException {
    master.append(Fixtures.batch("a", rows(first, 0, 10)));
    Map<String, String> before = Fixtures.read(master, master.coverage(), COLUMNS);
    for (Rows stale : List.of(rows(first, 5, 15), rows(first, 11, 15), rows(first, 0, 10))) {
      assertThrows(StaleException.class, () -> master.append(Fixtures.batch("b", stale)));
    }
    assertEquals(
        "Cannot append [0, 10) of lane topic-A_1.0.1 to orders: the next position is 100",
        assertThrows(
                StaleException.class, () -> master.append(Fixtures.batch("b", rows(second, 0, 10))))
            .getMessage());
    assertEquals(Coverage.of(first, 0, 10), master.coverage());
    assertEquals(before, Fixtures.read(master, master.coverage(), COLUMNS));
  }

  @Test
  void aRepeatedCommitIsDoneOnce() throws IOException {
    Rows one = rows(first, 0, 10);
    master.append(Fixtures.batch("a", one));
    master.append(Fixtures.batch("b", rows(first, 10, 20)));
    Appended again = master.append(Fixtures.batch("a", one));
    assertTrue(again.repeated());
    assertEquals(Coverage.of(first, 0, 20), again.coverage());
    assertThrows(
        LakeException.class, () -> master.append(Fixtures.batch("a", rows(first, 20, 30))));
    assertEquals(Coverage.of(first, 0, 20), master.coverage());
  }

  @Test
  void positionsWithoutAnyRowAreAccountedFor() throws IOException {
    Coverage none = Coverage.of(first, 0, 10);
    master.append(new ArchiveBatch("a", none, List.of(), Map.of(), Map.of(), 1));
    Rows one = rows(first, 10, 20);
    master.append(Fixtures.batch("b", one));
    assertEquals(texts(one), Fixtures.read(master, Coverage.of(first, 0, 20), COLUMNS));
    assertEquals(Map.of(), Fixtures.read(master, Coverage.of(first, 3, 7), COLUMNS));
  }

  @Test
  void whatIsNotHereIsNotRead() throws IOException {
    master.append(Fixtures.batch("a", rows(first, 0, 10)));
    GapException gap =
        assertThrows(GapException.class, () -> master.read(Coverage.of(first, 5, 15), COLUMNS));
    assertEquals(Coverage.of(first, 10, 15), gap.missing());
  }

  @Test
  void rowsOutsideTheirCoverageOrTwiceAreRefused() {
    Rows one = rows(first, 0, 10);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ArchiveBatch("a", Coverage.of(first, 0, 9), List.of(one), Map.of(), Map.of(), 1));
    assertThrows(OverlapException.class, () -> Fixtures.batch("a", one, rows(first, 9, 12)));
  }
}
