// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.anabranch.view.Coverage;
import org.anabranch.view.Range;

/**
 * Which events of a piece of a request with a key are in the log, and where. Of an event that is
 * there twice the first that is seen counts. Guarded by the index.
 */
final class KnownRequest {
  private static final int BASE_BYTES = 200;

  private final BodyIdentity body;
  private final BitSet seen = new BitSet();
  private int rejected;
  private long lastAppendedAt = Long.MIN_VALUE;

  /** Triples of partition, first and end position. */
  private long[] runs = new long[3];

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

  boolean isEmpty() {
    return runCount == 0;
  }

  /** Where its first known event is; there must be one. */
  int partition() {
    return (int) runs[0];
  }

  int[] missing() {
    return IntStream.range(0, body.events()).filter(index -> !seen.get(index)).toArray();
  }

  /** An event of the request is in the log. */
  void add(int index, int partition, long position, long appendedAt) {
    if (seen.get(index)) {
      return;
    }
    seen.set(index);
    lastAppendedAt = Math.max(lastAppendedAt, appendedAt);
    addRun(partition, position, position + 1);
  }

  /** Events of a partition mostly come in order, so that they go on the end of its last run. */
  private void addRun(long partition, long from, long to) {
    for (int run = runCount - 1; run >= 0; run--) {
      if (runs[3 * run] == partition && runs[3 * run + 2] == from) {
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
    runs[3 * runCount] = partition;
    runs[3 * runCount + 1] = from;
    runs[3 * runCount + 2] = to;
    runCount++;
  }

  Coverage coverage(PartitionLanes lanes) {
    Coverage.Builder coverage = new Coverage.Builder();
    for (int run = 0; run < runCount; run++) {
      Range positions = new Range(runs[3 * run + 1], runs[3 * run + 2]);
      lanes
          .coverage((int) runs[3 * run], positions)
          .ranges()
          .forEach((lane, ranges) -> ranges.forEach(range -> coverage.add(lane, range)));
    }
    return coverage.build();
  }

  /** About how much memory this takes. */
  long bytes() {
    return BASE_BYTES + seen.size() / 8 + 8L * runs.length;
  }

  /** All there is to keep, in numbers. */
  record Saved(BodyIdentity body, int rejected, long lastAppendedAt, long[] seen, long[] runs) {}

  Saved saved() {
    return new Saved(
        body, rejected, lastAppendedAt, seen.toLongArray(), Arrays.copyOf(runs, 3 * runCount));
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
