// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Range;

/**
 * Whether the segments of a partition follow one another. Only the end of each is read, from the
 * last batch that its index names.
 */
final class SegmentChain {
  private static final int EPOCH_AT = 12;

  private final PartitionFiles partition;
  private final List<Range> missing = new ArrayList<>();
  private Optional<Path> misplaced = Optional.empty();

  SegmentChain(PartitionFiles partition) throws IOException {
    this.partition = partition;
    Map.Entry<Long, Path> before = null;
    for (Map.Entry<Long, Path> segment : partition.segments().entrySet()) {
      if (before != null && misplaced.isEmpty()) {
        compare(before, segment);
      }
      before = segment;
    }
  }

  /** The positions between segments that no segment has. */
  List<Range> missing() {
    return missing;
  }

  /** The first segment that does not belong behind those before it. */
  Optional<Path> misplaced() {
    return misplaced;
  }

  private void compare(Map.Entry<Long, Path> before, Map.Entry<Long, Path> next)
      throws IOException {
    Optional<Long> end = end(before);
    if (goesBack(before.getValue(), next.getValue())
        || end.filter(position -> position > next.getKey()).isPresent()) {
      misplaced = Optional.of(next.getValue());
    } else if (end.filter(position -> position < next.getKey()).isPresent()) {
      missing.add(new Range(end.get(), next.getKey()));
    }
  }

  /** One past the last position of a segment; none where it is damaged, which its readers name. */
  private Optional<Long> end(Map.Entry<Long, Path> segment) throws IOException {
    Path file = segment.getValue();
    long from = new SegmentIndex(file, segment.getKey()).startBelow(Long.MAX_VALUE).orElse(0L);
    long position = from == 0 ? segment.getKey() : SegmentScan.base(file, from).orElse(-1L);
    if (position < 0) {
      return Optional.empty();
    }
    Scanned scanned = SegmentScan.scan(file, partition.isGapless(), from, position);
    return scanned.isIntact() ? Optional.of(scanned.next()) : Optional.empty();
  }

  /** The leader epoch of a segment's first batch never is below that of the one before. */
  private static boolean goesBack(Path before, Path next) throws IOException {
    Optional<Integer> last = epoch(before);
    Optional<Integer> epoch = epoch(next);
    return last.isPresent() && epoch.isPresent() && epoch.get() < last.get();
  }

  private static Optional<Integer> epoch(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer epoch = ByteBuffer.allocate(Integer.BYTES);
      return channel.read(epoch, EPOCH_AT) == Integer.BYTES
          ? Optional.of(epoch.getInt(0))
          : Optional.empty();
    }
  }
}
