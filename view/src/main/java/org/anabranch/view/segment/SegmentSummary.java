// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.util.Objects;
import org.anabranch.view.Coverage;
import org.anabranch.view.Tally;

/**
 * What a segment says of itself.
 *
 * @param fold identity of the fold
 * @param coverage what it accounts for
 * @param tally how its rows fared, at most one row a position
 * @param groups number of groups
 * @param bytes size of keys and states
 * @param digest SHA-256 of the groups, as specified in {@code docs/format/segments.md}
 */
public record SegmentSummary(
    String fold, Coverage coverage, Tally tally, long groups, long bytes, String digest) {
  public SegmentSummary {
    Objects.requireNonNull(fold, "fold is null");
    Objects.requireNonNull(digest, "digest is null");
    if (tally.folded() < 0 || tally.filtered() < 0 || tally.rejected() < 0) {
      throw new IllegalArgumentException("Cannot have counts below zero: " + tally);
    }
    if (tally.accepted() > coverage.positions()) {
      throw new IllegalArgumentException(
          "Cannot account for "
              + tally.accepted()
              + " rows with "
              + coverage.positions()
              + " positions: "
              + coverage);
    }
    if (groups > 0 && tally.folded() == 0) {
      throw new IllegalArgumentException("Cannot have " + groups + " groups of no row");
    }
  }
}
