// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ReceiptTest {
  private static final String TOPIC = "mZ3kq0lTQe-8Gg1vYcXb4A";

  private static Lane lane(int partition) {
    return new Lane(TOPIC, 0, partition);
  }

  /** A body of one of 64 connections: its events lie between those of 63 others. */
  private static Coverage interleaved(int lanes, int events, long from, Random random) {
    Coverage.Builder coverage = new Coverage.Builder();
    long[] next = new long[lanes];
    for (int event = 0; event < events; event++) {
      int lane = random.nextInt(lanes);
      next[lane] += 1 + random.nextInt(64);
      coverage.add(lane(lane), new Range(from + next[lane], from + next[lane] + 1));
    }
    return coverage.build();
  }

  @Test
  void aTokenIsAsLongAsThereAreLanesHoweverManyGapsItsCoverageHas() {
    Random random = new Random(1);
    for (int events : new int[] {1_000, 100_000}) {
      Coverage coverage = interleaved(64, events, 1L << 40, random);
      String token = Receipt.of("flights", coverage).token();
      assertTrue(token.length() < 800, events + " events: " + token.length());
      assertEquals(coverage.ends(), Receipt.parse(token).coverages().get("flights").ends());
    }
  }

  @Test
  void aReceiptOfManyStreamsAndTopicsReadsBack() {
    TreeMap<String, Coverage> coverages = new TreeMap<>();
    coverages.put("empty", Coverage.EMPTY);
    coverages.put("Größe\n|", Coverage.of(lane(7), 0, Long.MAX_VALUE));
    coverages.put(
        "recreated",
        Coverage.upTo(Map.of(lane(300), 1L, lane(0), 127L, new Lane("other", 1, 0), 128L)));
    Receipt read = Receipt.parse(new Receipt(coverages).token());
    assertEquals(coverages.keySet(), read.coverages().keySet());
    coverages.forEach(
        (stream, coverage) ->
            assertEquals(coverage.ends(), read.of(stream).orElseThrow().ends(), stream));
    assertEquals(read.token(), new Receipt(coverages).token());
  }

  /** One past the last position of a lane is reached exactly when that position is. */
  @Test
  void whatIsWaitedForIsTheLastPositionOfEveryLane() {
    Coverage coverage = interleaved(3, 50, 0, new Random(2));
    Coverage awaited = Receipt.parse(Receipt.of("s", coverage).token()).of("S").orElseThrow();
    assertTrue(coverage.containsAll(awaited));
    assertEquals(coverage.ranges().size(), awaited.positions());
    assertTrue(Coverage.upTo(coverage.ends()).containsAll(awaited));
  }

  @Test
  void aTokenThatWasCutOrChangedIsRefused() {
    String token = Receipt.of("flights", interleaved(4, 20, 0, new Random(3))).token();
    for (int length = 0; length < token.length(); length++) {
      String cut = token.substring(0, length);
      assertThrows(IllegalArgumentException.class, () -> Receipt.parse(cut), cut);
    }
    for (int i = 3; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThrows(IllegalArgumentException.class, () -> Receipt.parse(changed), changed);
    }
  }

  @Test
  void aTokenOfTheVersionBeforeStillReads() {
    String ranges = "flights|" + Coverage.of(lane(1), 3, 9);
    String token =
        "r1."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ranges.getBytes(StandardCharsets.UTF_8));
    assertEquals(Receipt.of("flights", Coverage.of(lane(1), 3, 9)), Receipt.parse(token));
  }
}
