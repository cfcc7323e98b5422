// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.anabranch.lake.LaneOpening;
import org.anabranch.log.CorruptLogException;
import org.anabranch.log.Event;
import org.anabranch.log.EventHeaders;
import org.anabranch.log.LogException;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Lane;

/**
 * Marks in the log where a lane begins that takes the place of another at positions that were used
 * before. Files of the log that are put back, from before or of another time, do not have the mark
 * there: what they hold is not taken for the lane's.
 */
final class LaneMarks {
  private final StreamLog log;

  LaneMarks(StreamLog log) {
    this.log = log;
  }

  /** Writes a mark at the end of a partition. A lane begins behind it. */
  LaneOpening set(int partition) {
    String mark = UUID.randomUUID().toString();
    Event event = new Event(new byte[0], null, partition, Map.of(EventHeaders.LANE_MARK, mark));
    try {
      long position = log.append(List.of(event)).join().position(0);
      return new LaneOpening(position + 1, Optional.of(mark));
    } catch (CompletionException e) {
      if (e.getCause() instanceof LogException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What the record at a position marks; one that cannot be read marks nothing. */
  Optional<String> at(Lane lane, long position) {
    AtomicReference<String> found = new AtomicReference<>();
    try {
      log.scan(
          lane, position, position + 1, record -> found.set(record.header(EventHeaders.LANE_MARK)));
    } catch (CorruptLogException damaged) {
      return Optional.empty();
    }
    return Optional.ofNullable(found.get());
  }
}
