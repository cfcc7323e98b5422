// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.anabranch.ingest.Archiver;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.LaneRange;
import org.anabranch.log.LaneVersion;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/** Brings to the lake what the log still has of a lane that nothing will follow. */
final class LaneDrain {
  private final StreamLog log;
  private final LakeStream lake;
  private final Archiver archiver;
  private final Function<Lane, List<LaneVersion>> versions;
  private final Clock clock;

  /**
   * @param archiver one that nobody else uses
   * @param versions which version of the stream judges which positions of a lane
   */
  LaneDrain(
      StreamLog log,
      LakeStream lake,
      Archiver archiver,
      Function<Lane, List<LaneVersion>> versions,
      Clock clock) {
    this.log = log;
    this.lake = lake;
    this.archiver = archiver;
    this.versions = versions;
    this.clock = clock;
  }

  /** Returns when the lake has the range. */
  void drain(Lane lane, Range range) throws IOException {
    if (range.isEmpty()) {
      return;
    }
    archiver.open(lane);
    new LaneRange(log, lane, range).read(versions.apply(lane), clock, this::take);
    archiver.flush();
    long reached = lake.lanes().next(lane);
    if (reached < range.to()) {
      throw new IllegalStateException(
          "Cannot close lane " + lane + ": " + range + " was read, the lake ends at " + reached);
    }
  }

  private void take(Chunk chunk) throws IOException {
    while (!archiver.offer(chunk)) {
      archiver.flush();
    }
  }
}
