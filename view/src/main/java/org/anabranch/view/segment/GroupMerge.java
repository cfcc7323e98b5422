// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.List;
import org.anabranch.view.Fold;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Merges what several segments know of one group: the states of all rows of all of them. One group
 * at a time is in memory, and none that is larger than a limit.
 */
final class GroupMerge {
  private final States states;
  private final KeyCodec keys;
  private final long largest;

  GroupMerge(Fold fold, long largest) {
    this.states = new States(fold);
    this.keys = new KeyCodec(fold.keyTypes());
    this.largest = largest;
  }

  /**
   * The merged state, in the given writer's bytes if there is something to merge.
   *
   * @throws GroupTooLargeException if the states together are larger than the limit
   */
  ByteBuffer merge(ByteBuffer key, List<ByteBuffer> parts, StateWriter merged) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    check(key, parts);
    Object[] sum = states.decode(parts.get(0));
    for (ByteBuffer part : parts.subList(1, parts.size())) {
      states.merge(sum, states.decode(part));
    }
    states.encode(sum, merged);
    return ByteBuffer.wrap(merged.array(), 0, merged.size());
  }

  private void check(ByteBuffer key, List<ByteBuffer> parts) {
    long bytes = 0;
    for (ByteBuffer part : parts) {
      bytes += part.remaining();
    }
    if (bytes > largest) {
      throw new GroupTooLargeException(keys.decode(key), bytes, largest);
    }
  }
}
