// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.IOException;
import org.anabranch.view.segment.SegmentWriter;
import org.anabranch.view.segment.Segments;

/**
 * Where sealed segments are kept until they are durable or nobody reads them any more. What is in a
 * space does not outlive the process.
 */
@FunctionalInterface
public interface SegmentSpace {
  /** All of it on the heap: for tests, and for what is small anyway. */
  SegmentSpace HEAP = Segments::inMemory;

  /** What writes the groups of a segment. */
  @FunctionalInterface
  interface Filling {
    void fill(SegmentWriter writer) throws IOException;
  }

  /**
   * A segment of the groups that are written, in order of key.
   *
   * @throws java.io.UncheckedIOException if there is no room; nothing is left behind then
   */
  Segment write(String fold, Coverage coverage, Tally tally, Filling filling);
}
