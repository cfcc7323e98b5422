// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Rejection;
import org.anabranch.view.Rows;
import org.anabranch.view.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaintenanceTest {
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();
  private static final LakeLimits LIMITS =
      new LakeLimits(1 << 20, 4, 1 << 20, 64, 60_000, 600_000, 3, 3);

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(System.currentTimeMillis());
  private final Random random = new Random(13);
  private final Map<String, String> expected = new TreeMap<>();
  private Lake lake;
  private LakeStream stream;
  private Lane first;
  private Lane second;
  private long end;

  @BeforeEach
  void open() throws IOException {
    lake = Lake.open(directory, clock, LIMITS);
    stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
    first = stream.lanes().register("t", 0, 0, false);
    second = stream.lanes().register("t", 1, 0, false);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private void append(int commits) throws IOException {
    for (int i = 0; i < commits; i++) {
      Rows one = Fixtures.rows(Fixtures.ALL_TYPES, first, end, end + 5, random);
      Rows two = Fixtures.rows(Fixtures.ALL_TYPES, second, end, end + 5, random);
      stream.master().append(Fixtures.batch("c" + end, one, two));
      Fixtures.texts(one, COLUMNS, expected);
      Fixtures.texts(two, COLUMNS, expected);
      end += 5;
      clock.advance(1_000);
    }
  }

  private Coverage upTo(long position) {
    return Coverage.of(first, 0, position).plus(Coverage.of(second, 0, position));
  }

  private static void drain(Step step) throws Exception {
    int done = step.step();
    while (done > 0) {
      done = step.step();
    }
  }

  private List<Path> pinned() {
    try (Pin pin = stream.master().pin()) {
      assertEquals(upTo(end), pin.coverage());
      return pin.files();
    }
  }

  private void assertSame() throws IOException {
    assertEquals(expected, Fixtures.read(stream.master(), upTo(end), COLUMNS));
  }

  @Test
  void joinedFilesHoldTheSameRowsAndTheSameCoverage() throws Exception {
    append(10);
    assertEquals(10, pinned().size());
    Coverage part = upTo(33).minus(upTo(12));
    Map<String, String> before = Fixtures.read(stream.master(), part, COLUMNS);
    assertEquals(10, stream.maintenance(List::of).step());
    assertEquals(1, pinned().size());
    assertSame();
    assertEquals(before, Fixtures.read(stream.master(), part, COLUMNS));
    append(1);
    assertSame();
  }

  @Test
  void filesOnTwoSidesOfABoundaryAreNotJoined() throws Exception {
    append(10);
    Coverage cut = upTo(25);
    drain(stream.maintenance(() -> List.of(cut)));
    assertEquals(2, pinned().size());
    assertSame();
  }

  @Test
  void filesThatABoundaryKeptApartAreJoinedOnceItIsGone() throws Exception {
    append(3);
    List<Coverage> boundaries = new ArrayList<>(List.of(stream.master().coverage()));
    append(3);
    Step maintenance = stream.maintenance(() -> List.copyOf(boundaries));
    assertEquals(0, maintenance.step());
    assertEquals(0, maintenance.step(), "nothing has changed");
    boundaries.clear();
    assertEquals(6, maintenance.step());
    assertEquals(0, maintenance.step());
    append(4);
    assertEquals(4, maintenance.step());
    assertSame();
  }

  @Test
  void filesStayWhileTheyArePinnedOrReadAndGoAfterwards() throws Exception {
    append(20);
    Pin pin = stream.master().pin();
    History.RowsReader reader = stream.master().read(upTo(end), COLUMNS);
    Set<Path> old = new HashSet<>(pin.files());
    append(20);
    clock.advance(1_000_000);
    drain(stream.maintenance(List::of));
    append(20);
    clock.advance(1_000_000);
    drain(stream.maintenance(List::of));
    assertTrue(old.stream().allMatch(Files::exists));
    long rows = 0;
    for (Rows chunk = reader.next(); chunk != null; chunk = reader.next()) {
      rows += chunk.size();
    }
    assertEquals(20L * 10 - without(), rows);
    reader.close();
    pin.close();
    append(20);
    clock.advance(1_000_000);
    drain(stream.maintenance(List::of));
    drain(stream.maintenance(List::of));
    assertFalse(old.stream().anyMatch(Files::exists));
    assertSame();
  }

  /** How many of the first 100 positions of both lanes have no row. */
  private long without() {
    return 200
        - expected.keySet().stream()
            .filter(key -> Long.parseLong(key.split(" ", -1)[1]) < 100)
            .count();
  }

  @Test
  void filesOfNobodyAreDeletedOnceTheyAreOld() throws Exception {
    append(3);
    Path data = directory.resolve("tables/anabranch/s/data");
    Path metadata = directory.resolve("tables/anabranch/s/metadata");
    Path segments = directory.resolve("segments/s__segments");
    List<Path> leftovers =
        List.of(
            data.resolve("x-00000000.parquet"),
            data.resolve("x.writing"),
            metadata.resolve("x-m0.avro"),
            metadata.resolve("00007-x.gz.metadata.json"),
            segments.resolve("x.seg"),
            segments.resolve("x.y.writing"));
    for (Path leftover : leftovers) {
      Files.writeString(leftover, "left by a crash");
    }
    Set<Path> own = all();
    own.removeAll(leftovers);
    drain(stream.maintenance(List::of));
    assertTrue(leftovers.stream().allMatch(Files::exists));
    clock.advance(LIMITS.orphanAgeMillis() + 60_000);
    drain(stream.maintenance(List::of));
    assertFalse(leftovers.stream().anyMatch(Files::exists));
    assertTrue(all().containsAll(own));
    assertSame();
  }

  private Set<Path> all() throws IOException {
    Set<Path> all = new HashSet<>();
    for (String part : List.of("data", "metadata")) {
      try (Stream<Path> files = Files.list(directory.resolve("tables/anabranch/s/" + part))) {
        files.forEach(all::add);
      }
    }
    try (Stream<Path> files = Files.list(directory.resolve("segments/s__segments"))) {
      files.forEach(all::add);
    }
    return all;
  }

  @Test
  void quarantineFilesAreJoinedToo() throws Exception {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Quarantined event =
          new Quarantined(
              first, i * 10L + 3, 7, new byte[] {-1, 0}, "", new Rejection("type", "c", "why"));
      stream
          .quarantine()
          .append("q" + i, Coverage.of(first, i * 10L, i * 10L + 10), List.of(event));
      positions.add(event.position());
    }
    assertEquals(5, stream.maintenance(List::of).step());
    List<Long> found = new ArrayList<>();
    try (Quarantine.EventsReader reader = stream.quarantine().read(Coverage.of(first, 0, 50))) {
      for (List<Quarantined> next = reader.next(); next != null; next = reader.next()) {
        next.forEach(event -> found.add(event.position()));
      }
    }
    assertEquals(positions, found);
    try (Pin pin = stream.quarantine().pin()) {
      assertEquals(1, pin.files().size());
    }
  }
}
