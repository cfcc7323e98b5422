// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.List;

/** Gets the bytes of a segment again whose bytes were found damaged while it was read. */
@FunctionalInterface
public interface Repair {
  /** There is no other copy. */
  Repair NONE =
      damage -> {
        throw damage;
      };

  /**
   * The same bytes, sound, in parts as for {@link EncodedSegment#open}.
   *
   * @throws org.anabranch.view.DamagedException if they cannot be had
   */
  List<ByteBuffer> parts(CorruptSegmentException damage);
}
