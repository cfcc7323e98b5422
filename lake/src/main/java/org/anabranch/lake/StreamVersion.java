// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Map;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;

/**
 * A definition of a stream and the positions from which on it decides verdicts. A lane that is not
 * named was unknown when the version was made: it has the version from its first position on.
 *
 * @param number from 1, without gaps
 * @param sql the CREATE STREAM statement as written
 * @param starts first position of each lane
 * @param addedAt when it was recorded, in epoch milliseconds
 * @param points whether it was recorded when only points separated the names of a field's path
 */
public record StreamVersion(
    int number, String sql, Map<Lane, Long> starts, long addedAt, boolean points) {
  private static final String PATHS = "field-paths";

  public StreamVersion {
    starts = Map.copyOf(starts);
  }

  static StreamVersion parse(int number, String text) {
    PropertyLines lines = PropertyLines.parse(text);
    return new StreamVersion(
        number,
        lines.get("sql"),
        LanePositions.parse(lines.get("starts")),
        lines.number("added-at"),
        lines.find(PATHS).isEmpty());
  }

  PropertyLines lines() {
    PropertyLines lines =
        new PropertyLines()
            .add("sql", sql)
            .add("starts", LanePositions.format(starts))
            .add("added-at", addedAt);
    return points ? lines : lines.add(PATHS, 2);
  }

  /** The part of a coverage whose verdicts are this version's or a later one's. */
  Coverage owned(Coverage coverage) {
    return coverage.minus(Coverage.upTo(starts));
  }
}
