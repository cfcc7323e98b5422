// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/**
 * Which events of a piece of a request with a key are in the log, and where. A place is a partition
 * as long as its lane is the one of now, and names the lane where it is written down. Of an event
 * that is there twice the first that is seen counts. Guarded by the index.
 */
final class KnownRequest {
  private static final int BASE_BYTES = 200;

  private final BodyIdentity body;
  private final BitSet seen = new BitSet();
  private int rejected;
  private long lastAppendedAt = Long.MIN_VALUE;

  /** Triples of place, first and end position. */
  private long[] runs = new long[3];

  /** How many of its events are in the lake, of one of which the log has lost others. */
  private long left;

  private int runCount;

  KnownRequest(BodyIdentity body, int rejected) {
    this.body = body;
    this.rejected = rejected;
  }

  BodyIdentity body() {
    return body;
  }

  /** How many events were rejected when the request was taken. */
  int rejected() {
    return rejected;
  }

  void rejected(int count) {
    rejected = count;
  }

  long lastAppendedAt() {
    return lastAppendedAt;
  }

  /** How many of its events are known to be in the log. */
  int events() {
    return seen.cardinality();
  }

  boolean isEmpty() {
    return runCount == 0;
  }

  /** A partition's lane of now. */
  static long place(int partition) {
    return partition;
  }

  /** A lane whatever follows it. */
  static long place(Lane lane) {
    return (lane.incarnation() + 1L) << 32 | lane.partition();
  }

  private static Optional<Lane> lane(long place, PartitionLanes lanes) {
    int incarnation = (int) (place >>> 32) - 1;
    return incarnation < 0
        ? Optional.of(lanes.lane((int) place))
        : lanes.incarnation((int) place, incarnation);
  }

  /** Where its first known event is; there must be one. */
  int partition() {
    return (int) runs[0];
  }

  /** How many of its events are history, if others of them are lost; else 0. */
  long left() {
    return left;
  }

  /** Judges by what is history how much of it there is; nothing is known of one that is lost. */
  void settle(PartitionLanes lanes) {
    long there = lanes.kept(coverage(lanes)).positions();
    if (there == 0) {
      seen.clear();
      runCount = 0;
    } else if (there < seen.cardinality()) {
      left = there;
    }
  }

  int[] missing() {
    return IntStream.range(0, body.events()).filter(index -> !seen.get(index)).toArray();
  }

  /** An event of the request is in the log. */
  void add(int index, long place, long position, long appendedAt) {
    if (seen.get(index)) {
      return;
    }
    seen.set(index);
    lastAppendedAt = Math.max(lastAppendedAt, appendedAt);
    addRun(place, position, position + 1);
  }

  /** Events of a partition mostly come in order, so that they go on the end of its last run. */
  private void addRun(long place, long from, long to) {
    for (int run = runCount - 1; run >= 0; run--) {
      if (runs[3 * run] == place && runs[3 * run + 2] == from) {
        runs[3 * run + 2] = to;
        return;
      }
      if (run < runCount - 8) {
        break;
      }
    }
    if (3 * runCount == runs.length) {
      runs = Arrays.copyOf(runs, runs.length * 2);
    }
    runs[3 * runCount] = place;
    runs[3 * runCount + 1] = from;
    runs[3 * runCount + 2] = to;
    runCount++;
  }

  Coverage coverage(PartitionLanes lanes) {
    Coverage.Builder coverage = new Coverage.Builder();
    for (int run = 0; run < runCount; run++) {
      Range positions = new Range(runs[3 * run + 1], runs[3 * run + 2]);
      lane(runs[3 * run], lanes).ifPresent(lane -> coverage.add(lane, positions));
    }
    return coverage.build();
  }

  /** About how much memory this takes. */
  long bytes() {
    return BASE_BYTES + seen.size() / 8 + 8L * runs.length;
  }

  /** All there is to keep, in numbers. */
  record Saved(BodyIdentity body, int rejected, long lastAppendedAt, long[] seen, long[] runs) {}

  Saved saved(PartitionLanes lanes) {
    long[] places = Arrays.copyOf(runs, 3 * runCount);
    for (int run = 0; run < places.length; run += 3) {
      if (places[run] >>> 32 == 0) {
        places[run] = place(lanes.lane((int) places[run]));
      }
    }
    return new Saved(body, rejected, lastAppendedAt, seen.toLongArray(), places);
  }

  static KnownRequest of(Saved saved) {
    KnownRequest request = new KnownRequest(saved.body(), saved.rejected());
    request.seen.or(BitSet.valueOf(saved.seen()));
    request.lastAppendedAt = saved.lastAppendedAt();
    request.runs = saved.runs().length == 0 ? new long[3] : saved.runs();
    request.runCount = saved.runs().length / 3;
    return request;
  }
}
