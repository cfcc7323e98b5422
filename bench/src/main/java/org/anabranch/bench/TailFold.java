// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.engine.ColumnarEngine;
import org.anabranch.log.LaneTail;
import org.anabranch.log.LaneVersion;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.quality.Checks;
import org.anabranch.view.Lane;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Segment;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.ShownGroup;

/**
 * The pipeline's own way from the log to a segment, on one thread: every lane read, decoded and
 * judged in full, folded, sealed at the end.
 */
final class TailFold {
  private final StreamLog log;
  private final ColumnarEngine engine = new ColumnarEngine();

  TailFold(StreamLog log) {
    this.log = log;
  }

  /** Folds all that is in the log and returns the view's rows, sealed and presented. */
  List<Object[]> rows(View view, long events) throws Exception {
    LiveSegment live = engine.open(view.fold());
    List<LaneTail> tails = new ArrayList<>();
    try {
      for (int partition : log.partitions()) {
        LaneTail tail = tail(partition);
        tails.add(tail);
        tail.subscribe(
            chunk -> {
              live.add(chunk.rows());
              return true;
            },
            0,
            -1);
      }
      while (live.coverage().positions() < events) {
        for (LaneTail tail : tails) {
          tail.step();
        }
      }
    } finally {
      tails.forEach(LaneTail::close);
    }
    try (Segment segment = live.seal()) {
      return new Presenter(view)
          .all(segment.scan(null, null)).stream().map(ShownGroup::values).toList();
    }
  }

  private LaneTail tail(int partition) {
    StreamDefinition stream = log.stream();
    Lane lane = new Lane(log.topicId(), 0, partition);
    LaneVersion version = new LaneVersion(0, stream, new Checks(stream, engine));
    return new LaneTail(log, lane, List.of(version), ReadLimits.DEFAULT);
  }
}
