// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Rows;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long run of small commits leaves few files, and the rows that were committed. */
final class GrowthTest {
  private static final int COMMITS = Integer.getInteger("anabranch.lake.commits", 200);
  private static final long MILLIS_BETWEEN = 5_000;

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(System.currentTimeMillis());
  private final Random random = new Random(1);

  @Test
  void hoursOfCommitsLeaveABoundedNumberOfFiles() throws Exception {
    LakeLimits limits = new LakeLimits(128L << 20, 8, 64L << 20, 32_768, 60_000, 500_000, 5, 8);
    Map<String, String> expected = new TreeMap<>();
    try (Lake lake = Lake.open(directory, clock, limits)) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Lane first = stream.lanes().register("t", 0, 0, false);
      Lane second = stream.lanes().register("t", 1, 0, false);
      Step maintenance = stream.maintenance(List::of);
      String segment = null;
      long spent = 0;
      for (int i = 0; i < COMMITS; i++) {
        Rows one = Fixtures.rows(Fixtures.ALL_TYPES, first, i * 5L, i * 5L + 5, random);
        Rows two = Fixtures.rows(Fixtures.ALL_TYPES, second, i * 3L, i * 3L + 3, random);
        Fixtures.texts(one, List.of("id"), expected);
        Fixtures.texts(two, List.of("id"), expected);
        long started = System.nanoTime();
        stream.master().append(Fixtures.batch("c" + i, one, two));
        spent += System.nanoTime() - started;
        if (i % 10 == 0) {
          segment = replaceSegment(stream.segments(), segment, Coverage.of(first, 0, i * 5L + 5));
        }
        clock.advance(MILLIS_BETWEEN);
        drain(maintenance);
      }
      System.out.printf("Append: %.1f ms each, %d commits%n", spent / 1e6 / COMMITS, COMMITS);
      clock.advance(120_000);
      drain(stream.maintenance(List::of));
      assertBounds();
      assertEquals(
          expected, Fixtures.read(stream.master(), stream.master().coverage(), List.of("id")));
      assertEquals(1, stream.segments().manifest().segments().size());
    }
  }

  private String replaceSegment(SegmentStore store, String before, Coverage coverage)
      throws IOException {
    Set<String> removed = before == null ? Set.of() : Set.of(before);
    return store
        .publish(
            SegmentFixtures.replace(removed, SegmentFixtures.segment("f", coverage, 20, random)))
        .segments()
        .get(0)
        .id();
  }

  private static void drain(Step step) throws Exception {
    int done = step.step();
    while (done > 0) {
      done = step.step();
    }
  }

  private void assertBounds() throws IOException {
    Path tables = directory.resolve("tables/anabranch");
    for (String table : List.of("s", "s__segments")) {
      Path metadata = tables.resolve(table).resolve("metadata");
      System.out.println(
          "%s: %d metadata, %d lists, %d manifests, %d data files, metadata file %d bytes"
              .formatted(
                  table,
                  count(metadata, ".metadata.json"),
                  count(metadata, "snap-"),
                  count(metadata, "-m"),
                  count(tables.resolve(table).resolve("data"), ".parquet"),
                  largestMetadata(metadata)));
      assertTrue(count(metadata, ".metadata.json") <= 7, table);
      assertTrue(count(metadata, "snap-") <= 40, table);
      assertTrue(count(metadata, "-m") <= 60, table);
    }
    assertTrue(count(tables.resolve("s/data"), ".parquet") <= 60);
    assertTrue(count(tables.resolve("s__segments/data"), ".parquet") <= 20);
    assertEquals(1, count(directory.resolve("segments/s__segments"), ".seg"));
  }

  private static long largestMetadata(Path directory) throws IOException {
    long largest = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".metadata.json")).toList()) {
        largest = Math.max(largest, Files.size(file));
      }
    }
    return largest;
  }

  private static long count(Path directory, String part) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().contains(part)).count();
    }
  }
}
