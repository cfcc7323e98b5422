// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Objects;

/**
 * A piece of one lane with a verdict for every position: the accepted rows and the rejected events.
 *
 * @param rows the accepted rows; their range is the chunk's
 * @param quarantined the rejected events, in order of position
 * @param leaderEpoch the broker's leader epoch of the last position, -1 if unknown
 * @param unknownFields how many fields no column asked for
 */
public record Chunk(Rows rows, List<Quarantined> quarantined, int leaderEpoch, long unknownFields) {
  public Chunk {
    Objects.requireNonNull(rows, "rows is null");
    quarantined = List.copyOf(quarantined);
  }

  public Lane lane() {
    return rows.lane();
  }

  public Range range() {
    return rows.range();
  }
}
