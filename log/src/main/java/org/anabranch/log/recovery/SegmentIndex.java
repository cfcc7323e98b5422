// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The index of a segment file: which batch begins at which byte. After an orderly stop the broker
 * takes its word for where the log ends. Beside a segment that was cut or put back that is wrong:
 * new events would get positions that others have.
 */
final class SegmentIndex {
  private static final int ENTRY = 8;
  private static final int BATCH_HEADER = 61;
  private static final int LAST_DELTA_AT = 23;

  /** So many entries of an index are compared, its last among them. */
  private static final int LOOKED_AT = 64;

  private final Path segment;
  private final long base;

  /** A batch, as an index has it. */
  private record Entry(long last, int at) {}

  SegmentIndex(Path segment, long base) {
    this.segment = segment;
    this.base = base;
  }

  private Path file(String suffix) {
    String name = segment.getFileName().toString();
    return segment.resolveSibling(name.substring(0, name.length() - ".log".length()) + suffix);
  }

  boolean exists() {
    return Files.exists(file(".index"));
  }

  /** The files that the broker makes again from the segment. */
  List<Path> files() {
    return List.of(".index", ".timeindex", ".txnindex").stream()
        .map(this::file)
        .filter(Files::exists)
        .toList();
  }

  /** The last byte at or below the given one of which the index says that a batch begins there. */
  Optional<Long> startBelow(long below) throws IOException {
    Optional<Long> found = Optional.empty();
    for (Entry entry : entries()) {
      if (entry.at > 0 && entry.at <= below) {
        found = Optional.of((long) entry.at);
      }
    }
    return found;
  }

  /** Unused room is zeros. */
  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!exists()) {
      return entries;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(".index")));
    while (bytes.remaining() >= ENTRY) {
      Entry entry = new Entry(base + bytes.getInt(), bytes.getInt());
      if (entry.at == 0) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  /** Whether batches begin where it says, with the positions that it says. */
  boolean fits() throws IOException {
    List<Entry> entries = entries();
    int every = Math.max(1, entries.size() / LOOKED_AT);
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ)) {
      for (int entry = entries.size() - 1; entry >= 0; entry -= every) {
        if (!isThere(channel, entries.get(entry))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isThere(FileChannel channel, Entry entry) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BATCH_HEADER);
    return channel.read(header, entry.at) == BATCH_HEADER
        && header.getLong(0) + header.getInt(LAST_DELTA_AT) == entry.last;
  }
}
