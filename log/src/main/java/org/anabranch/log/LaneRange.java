// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.io.IOException;
import java.util.List;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/** Positions of a lane that the log has and that are read once, from the first to the last. */
public final class LaneRange {
  /** Takes a chunk. */
  @FunctionalInterface
  public interface Taker {
    void take(Chunk chunk) throws IOException;
  }

  private final StreamLog log;
  private final Lane lane;
  private final Range range;

  public LaneRange(StreamLog log, Lane lane, Range range) {
    this.log = log;
    this.lane = lane;
    this.range = range;
  }

  /**
   * Reads all of it.
   *
   * @param versions who owns which positions of the lane
   * @throws LogUnavailableException if the log does not deliver for long
   */
  public void read(List<LaneVersion> versions, Clock clock, Taker taker) throws IOException {
    LaneDecoder decoder = new LaneDecoder(lane, log.stream(), versions);
    try (LaneReader reader = log.reader(lane, range.from(), -1, ReadLimits.DEFAULT)) {
      while (reader.position() < range.to()) {
        taker.take(
            Patience.until(
                clock,
                () -> decoder.next(reader, range.to()),
                "read lane " + lane + " from position " + reader.position()));
      }
    }
  }
}
