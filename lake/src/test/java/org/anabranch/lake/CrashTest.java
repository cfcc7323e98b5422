// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Range;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child JVM appends, publishes and compacts until it is killed at a random moment. What it said
 * was done is there exactly once; what it was doing is there wholly or not at all, and its repeat
 * is recognised.
 */
final class CrashTest {
  private static final int KILLS = Integer.getInteger("anabranch.lake.kills", 3);
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();

  @TempDir Path directory;
  private final Random random = new Random(99);

  @Test
  void whatWasAcknowledgedIsThereExactlyOnceAfterEveryKill() throws Exception {
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> said = runUntilKilled();
      acknowledged = check(said, acknowledged);
    }
    assertTrue(acknowledged > KILLS, "the child never got to work");
  }

  /** Runs a child and kills it a random while after its first acknowledgement. */
  private List<String> runUntilKilled() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingWriter.class.getName(),
                directory.toString(),
                String.valueOf(random.nextInt(1_500)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } finally {
      assertTrue(child.waitFor(1, TimeUnit.MINUTES));
    }
    assertFalse(said.isEmpty(), "the child said nothing");
    assertFalse(said.contains("failed"), "the child failed: " + said);
    return said;
  }

  private long check(List<String> said, long before) throws Exception {
    Map<String, Long> last = new HashMap<>();
    for (String line : said) {
      String[] parts = line.split(" ", -1);
      if (parts.length == 2) {
        last.put(parts[0], Long.parseLong(parts[1]));
      }
    }
    try (Lake lake = Lake.open(directory, new ManualClock(0), LakeLimits.DEFAULT)) {
      LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
      Lane lane = CrashingWriter.LANE;
      Coverage covered = stream.master().coverage();
      long end = covered.end(lane);
      assertEquals(upTo(end), covered.ranges(lane));
      assertTrue(end >= Math.max(before, last.getOrDefault("appended", 0L)), "lost: " + said);
      assertEquals(CrashingWriter.texts(0, end), Fixtures.read(stream.master(), covered, COLUMNS));
      repeatLast(stream, end);
      checkSegments(stream, last.getOrDefault("published", 0L));
      return end;
    }
  }

  private static List<Range> upTo(long end) {
    return end == 0 ? List.of() : List.of(new Range(0, end));
  }

  /** Whoever does not know whether the last append was done may do it again. */
  private void repeatLast(LakeStream stream, long end) throws IOException {
    if (end > 0) {
      long from = end - CrashingWriter.ROWS;
      assertTrue(stream.master().append(CrashingWriter.batch(from)).repeated());
      assertEquals(end, stream.master().coverage().end(CrashingWriter.LANE));
    }
  }

  private void checkSegments(LakeStream stream, long published) throws IOException {
    Coverage total = Coverage.EMPTY;
    for (Entry entry : stream.segments().manifest().segments()) {
      total = total.plus(entry.coverage());
      try (Segment segment = stream.segments().open(entry)) {
        assertEquals(entry.digest(), segment.digest());
        assertEquals(entry.coverage(), segment.coverage());
      }
    }
    assertTrue(total.end(CrashingWriter.LANE) >= published, total + " after " + published);
    assertEquals(upTo(total.end(CrashingWriter.LANE)), total.ranges(CrashingWriter.LANE));
  }
}
