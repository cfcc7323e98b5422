// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/**
 * The keys of lanes that lost a part of their log and end with it: what the log still has of them
 * is written down before nothing reads it any more. Of a request that lost some of its events the
 * log says which are left, if it has all of those.
 */
final class LostLaneKeys {
  private final IdempotencyFile file;
  private final StreamLog log;
  private final Map<Lane, KeptLane> lanes;
  private final IdempotencyIndex index;
  private final Map<Lane, Long> from = new HashMap<>();

  LostLaneKeys(
      IdempotencyFile file,
      StreamLog log,
      Map<Lane, KeptLane> lanes,
      Clock clock,
      IngestLimits limits) {
    this.file = file;
    this.log = log;
    this.lanes = lanes;
    this.index = new IdempotencyIndex(limits, clock);
    long oldest = Math.max(0, clock.millis() - 2 * limits.keys().ageMillis());
    Map<Integer, Long> recent = log.positionsSince(oldest);
    lanes.forEach((lane, kept) -> from.put(lane, recent.getOrDefault(lane.partition(), 0L)));
  }

  void write() throws IOException {
    IdempotencyContents written = ofThisHistory(file.read());
    written
        .frontier()
        .forEach((lane, end) -> from.computeIfPresent(lane, (l, at) -> Math.max(at, end)));
    Map<String, KnownRequest.Saved> whole = new TreeMap<>(written.requests());
    whole.values().removeIf(this::isToBeReadAgain);
    index.load(whole);
    SortedMap<Lane, Long> frontier = new TreeMap<>(written.frontier());
    lanes.forEach(
        (lane, kept) -> {
          read(lane, kept.log());
          frontier.merge(lane, kept.log().to(), Math::max);
        });
    file.write(frontier, index.saved(lane -> null));
  }

  private IdempotencyContents ofThisHistory(IdempotencyContents read) {
    boolean fits =
        read.frontier().keySet().stream()
            .noneMatch(
                lane ->
                    lanes.keySet().stream()
                        .anyMatch(
                            known ->
                                KnownRequest.place(known) == KnownRequest.place(lane)
                                    && !known.equals(lane)));
    return fits ? read : IdempotencyContents.NONE;
  }

  private void read(Lane lane, Range kept) {
    long start = Math.min(kept.to(), Math.max(kept.from(), from.get(lane)));
    if (start < kept.to()) {
      index.scan(log, lane, KnownRequest.place(lane), start, kept.to());
    }
  }

  /** Whether a request lost some of its events and the log has all the others. */
  private boolean isToBeReadAgain(KnownRequest.Saved request) {
    boolean torn = false;
    Map<Lane, Long> starts = new HashMap<>();
    for (Map.Entry<Lane, Range> run : runs(request)) {
      KeptLane kept = lanes.get(run.getKey());
      long end = kept == null ? Long.MAX_VALUE : kept.end();
      torn |= run.getValue().to() > end;
      if (run.getValue().from() < end) {
        boolean inLog =
            kept != null
                && run.getValue().from() >= kept.log().from()
                && Math.min(end, run.getValue().to()) <= kept.log().to();
        if (!inLog) {
          return false;
        }
        starts.merge(run.getKey(), run.getValue().from(), Math::min);
      }
    }
    if (torn) {
      starts.forEach((lane, start) -> from.merge(lane, start, Math::min));
    }
    return torn;
  }

  private List<Map.Entry<Lane, Range>> runs(KnownRequest.Saved request) {
    List<Map.Entry<Lane, Range>> found = new ArrayList<>();
    long[] runs = request.runs();
    for (int run = 0; run < runs.length; run += 3) {
      Range positions = new Range(runs[run + 1], runs[run + 2]);
      found.add(Map.entry(lane(runs[run]), positions));
    }
    return found;
  }

  /** A lane that is not one of these is not in the log. */
  private Lane lane(long place) {
    return lanes.keySet().stream()
        .filter(lane -> KnownRequest.place(lane) == place)
        .findFirst()
        .orElse(new Lane("closed", (int) (place >>> 32) - 1, (int) place));
  }
}
