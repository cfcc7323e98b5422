// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Rows;
import org.anabranch.view.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that is restored, copied or moved elsewhere. */
final class MovedLakeTest {
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();
  private static final LakeLimits LIMITS =
      new LakeLimits(1 << 20, 4, 1 << 20, 64, 60_000, 600_000, 3, 3);

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(System.currentTimeMillis());
  private final Random random = new Random(29);
  private final Map<String, String> expected = new TreeMap<>();

  @Test
  void aCopyLivesOnByItselfAndTheOriginalStaysAsItWas() throws Exception {
    Path original = directory.resolve("original");
    Path copy = directory.resolve("elsewhere").resolve("copy");
    use(original, 0, 40);
    copyAll(original, copy);
    Map<String, Long> before = checksums(original);

    use(copy, 40, 80);

    assertEquals(before, checksums(original));
    assertEquals(120, use(copy, 80, 120));
  }

  @Test
  void aMovedLakeIsReadThoughNothingIsLeftWhereItWas() throws Exception {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    use(first, 0, 40);
    Files.move(first, second);
    assertEquals(80, use(second, 40, 80));
    Files.move(second, first);
    assertEquals(120, use(first, 80, 120));
  }

  @Test
  void aPathOutsideOfTheLakeIsRefused() {
    TablePaths paths = new TablePaths(directory.resolve("tables"), "anabranch");
    for (String location :
        List.of("/etc/passwd", "/old/tables/anabranch/../../../etc/passwd", "tables/anabranch/x")) {
      LakeException e = assertThrows(LakeException.class, () -> paths.path(location));
      assertTrue(e.getMessage().contains(location), e.getMessage());
    }
  }

  /** Appends, tidies and reads everything; returns where the lane ends. */
  private long use(Path where, long from, long to) throws Exception {
    try (Lake lake = Lake.open(where, clock, LIMITS)) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Lane lane = stream.lanes().register("t", 0, 0, false);
      for (long position = from; position < to; position += 5) {
        Rows rows = Fixtures.rows(Fixtures.ALL_TYPES, lane, position, position + 5, random);
        stream.master().append(Fixtures.batch("c" + position, rows));
        Fixtures.texts(rows, COLUMNS, expected);
        clock.advance(200_000);
      }
      drain(stream.maintenance(List::of));
      Coverage all = Coverage.of(lane, 0, to);
      assertEquals(all, stream.master().coverage());
      assertEquals(expected, Fixtures.read(stream.master(), all, COLUMNS));
      try (Pin pin = stream.master().pin()) {
        pin.files().forEach(file -> assertTrue(file.startsWith(where), file.toString()));
      }
      return stream.master().coverage().end(lane);
    }
  }

  private static void drain(Step step) throws Exception {
    int done = step.step();
    while (done > 0) {
      done = step.step();
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static Map<String, Long> checksums(Path where) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(where)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> checksums.put(where.relativize(file).toString(), checksum(file)));
    }
    return checksums;
  }

  private static long checksum(Path file) {
    try {
      return Long.parseLong(DurableFiles.checksum(file), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
