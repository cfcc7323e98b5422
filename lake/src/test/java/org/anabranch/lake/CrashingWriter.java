// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Rows;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.SegmentStore;

/**
 * The child of {@link CrashTest}: writes as fast as it can, says what is done, and halts at a
 * moment it did not choose.
 */
final class CrashingWriter {
  static final Lane LANE = new Lane("t", 0, 0);
  static final long ROWS = 20;

  private CrashingWriter() {}

  public static void main(String[] arguments) throws Exception {
    try (Lake lake = Lake.open(Path.of(arguments[0]), Clock.SYSTEM, limits())) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      stream.lanes().register(LANE.topicId(), 0, 0, false);
      say("started 0");
      round(stream);
      haltAfter(Long.parseLong(arguments[1]));
      while (true) {
        round(stream);
      }
    } catch (RuntimeException | IOException e) {
      e.printStackTrace();
      say("failed");
    }
  }

  /** Small numbers, so that every kind of maintenance happens all the time. */
  private static LakeLimits limits() {
    return new LakeLimits(1 << 20, 3, 1 << 20, 1_000, 0, 3_600_000, 2, 2);
  }

  private static void haltAfter(long millis) {
    Thread halting =
        new Thread(
            () -> {
              long end = System.nanoTime() + millis * 1_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              Runtime.getRuntime().halt(137);
            });
    halting.setDaemon(true);
    halting.start();
  }

  private static void round(LakeStream stream) throws Exception {
    long from = stream.master().coverage().end(LANE);
    stream.master().append(batch(from));
    say("appended " + (from + ROWS));
    say("published " + publish(stream.segments(), from + ROWS));
    stream.maintenance(List::of).step();
  }

  /** Publishes what follows, or one segment in place of all where there are several. */
  private static long publish(SegmentStore store, long end) throws IOException {
    List<SegmentStore.Entry> before = store.manifest().segments();
    Set<String> removed =
        before.size() < 3
            ? Set.of()
            : before.stream().map(SegmentStore.Entry::id).collect(Collectors.toSet());
    long from =
        removed.isEmpty()
            ? before.stream().mapToLong(entry -> entry.coverage().end(LANE)).max().orElse(0)
            : 0;
    if (from < end) {
      store.publish(
          SegmentFixtures.replace(
              removed,
              SegmentFixtures.segment("f", Coverage.of(LANE, from, end), 30, new Random(from))));
    }
    return end;
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** The rows from a position on, the same whoever asks. */
  static ArchiveBatch batch(long from) {
    return Fixtures.batch("c" + from, rows(from));
  }

  private static Rows rows(long from) {
    return Fixtures.rows(Fixtures.ALL_TYPES, LANE, from, from + ROWS, new Random(from));
  }

  static Map<String, String> texts(long from, long to) {
    Map<String, String> all = new TreeMap<>();
    for (long at = from; at < to; at += ROWS) {
      Fixtures.texts(rows(at), Fixtures.ALL_TYPES.names(), all);
    }
    return all;
  }
}
