// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import org.anabranch.view.segment.Segments;

/** Segments that only have a coverage. */
final class FixedSegment {
  private FixedSegment() {}

  static Segment of(Fold fold, Coverage coverage) {
    return Segments.empty(fold.identity(), coverage, Tally.ZERO);
  }
}
