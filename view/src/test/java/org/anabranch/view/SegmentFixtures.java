// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.segment.Segments;

/** Segments of random groups and changes of them. */
public final class SegmentFixtures {
  private SegmentFixtures() {}

  public static Segment segment(String fold, Coverage coverage, int groups, Random random) {
    Map<String, byte[]> all = new TreeMap<>();
    for (int i = 0; i < groups; i++) {
      byte[] state = new byte[random.nextInt(40)];
      random.nextBytes(state);
      all.put("key-%06d".formatted(random.nextInt(1_000_000)), state);
    }
    Tally tally =
        groups == 0
            ? Tally.ZERO
            : new Tally(
                1,
                0,
                0,
                List.of(
                    new Tally.Sample(
                        coverage.ranges().firstKey(), 3, "a \\ reason\nin two lines")));
    return Segments.inMemory(
        fold,
        coverage,
        tally,
        writer -> {
          for (var group : all.entrySet()) {
            writer.add(
                ByteBuffer.wrap(group.getKey().getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(group.getValue()));
          }
        });
  }

  public static Change add(Segment... segments) {
    return replace(Set.of(), segments);
  }

  public static Change replace(Set<String> removed, Segment... segments) {
    List<Addition> added =
        List.of(segments).stream().map(one -> new Addition(one, Origin.SPEED)).toList();
    return new Change(added, removed, Map.of(), Map.of());
  }

  public static Change texts(Map<String, String> expected, Map<String, String> texts) {
    return new Change(List.of(), Set.of(), expected, texts);
  }

  /** Every group as text by key. */
  public static Map<String, String> groups(Segment segment) {
    Map<String, String> all = new TreeMap<>();
    Segment.Groups groups = segment.scan(null, null);
    while (groups.next()) {
      all.put(hex(groups.key()), hex(groups.state()));
    }
    return all;
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return java.util.HexFormat.of().formatHex(copy);
  }
}
