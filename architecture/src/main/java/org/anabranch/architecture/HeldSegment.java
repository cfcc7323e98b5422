// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.view.Segment;

/** A durable segment that is closed when the last one who reads it lets go. */
final class HeldSegment {
  private final Segment segment;
  private int holders = 1;

  HeldSegment(Segment segment) {
    this.segment = segment;
  }

  Segment segment() {
    return segment;
  }

  synchronized void retain() {
    if (holders == 0) {
      throw new IllegalStateException("Cannot hold a segment that is closed");
    }
    holders++;
  }

  synchronized void release() {
    holders--;
    if (holders == 0) {
      segment.close();
    }
  }
}
