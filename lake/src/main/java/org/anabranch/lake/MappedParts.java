// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.segment.SegmentFile;

/** Maps a segment's file in the parts its readers expect. */
final class MappedParts {
  private MappedParts() {}

  static List<ByteBuffer> of(FileChannel channel) throws IOException {
    List<ByteBuffer> parts = new ArrayList<>();
    for (long at = 0; at < channel.size(); at += SegmentFile.PART_SIZE) {
      long length = Math.min(SegmentFile.PART_SIZE, channel.size() - at);
      parts.add(channel.map(FileChannel.MapMode.READ_ONLY, at, length));
    }
    return parts;
  }
}
