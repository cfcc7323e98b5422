// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Reads the record batches of a segment file and checks each: its checksum, and what the checksum
 * does not cover, that its first position follows the last one before.
 */
final class SegmentScan {
  /** Base position, length, leader epoch and magic: what comes before the checksum. */
  private static final int MAGIC_AT = 16;

  private static final int LENGTH_AT = 8;
  private static final int LENGTH_ENDS = 12;
  private static final int SMALLEST = 61;

  private final ByteBuffer bytes;
  private final boolean gapless;

  /**
   * @param gapless whether every position must be there, as on a log that is never compacted
   */
  private SegmentScan(ByteBuffer bytes, boolean gapless) {
    this.bytes = bytes;
    this.gapless = gapless;
  }

  /**
   * @param file the segment
   * @param from a byte where a batch starts
   * @param position the first position that may be there
   */
  static Scanned scan(Path file, boolean gapless, long from, long position) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (from >= size) {
        return new Scanned(from, position, Optional.empty(), Optional.empty(), size);
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
      return new SegmentScan(bytes, gapless).scan((int) from, position);
    }
  }

  /** The first position of the batch that begins at a byte, if the file goes so far. */
  static Optional<Long> base(Path file, long at) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer base = ByteBuffer.allocate(Long.BYTES);
      return channel.read(base, at) == Long.BYTES ? Optional.of(base.getLong(0)) : Optional.empty();
    }
  }

  private Scanned scan(int from, long position) {
    Walk walk = walk(from, position);
    Optional<Scanned.Behind> behind =
        walk.problem == null ? Optional.empty() : behind(walk.at + 1, walk.next);
    return new Scanned(
        walk.at, walk.next, Optional.ofNullable(walk.problem), behind, bytes.limit());
  }

  /** How far batches are intact, and why not further. */
  private static final class Walk {
    private int at;
    private long next;
    private int epoch = Integer.MIN_VALUE;
    private String problem;
  }

  private Walk walk(int from, long position) {
    Walk walk = new Walk();
    walk.at = from;
    walk.next = position;
    try {
      Iterator<MutableRecordBatch> batches = batches(from).batchIterator();
      while (batches.hasNext()) {
        RecordBatch batch = batches.next();
        walk.problem = problem(batch, walk);
        if (walk.problem != null) {
          return walk;
        }
        walk.at += batch.sizeInBytes();
        walk.next = batch.nextOffset();
        walk.epoch = batch.partitionLeaderEpoch();
      }
      walk.problem = walk.at == bytes.limit() ? null : "the batch there is not whole";
    } catch (CorruptRecordException | InvalidRecordException e) {
      walk.problem = "what is there is no batch";
    }
    return walk;
  }

  private MemoryRecords batches(int from) {
    return MemoryRecords.readableRecords(bytes.slice(from, bytes.limit() - from));
  }

  private String problem(RecordBatch batch, Walk walk) {
    if (!batch.isValid()) {
      return "the batch there fails its checksum";
    }
    if (batch.baseOffset() < walk.next || (gapless && batch.baseOffset() != walk.next)) {
      return "the batch there begins at position " + batch.baseOffset();
    }
    return batch.partitionLeaderEpoch() < walk.epoch
        ? "the batch there goes back to leader epoch " + batch.partitionLeaderEpoch()
        : null;
  }

  /** The first intact batch from a byte on, and how far intact batches go from there. */
  private Optional<Scanned.Behind> behind(int from, long position) {
    for (int at = from; at + SMALLEST <= bytes.limit(); at++) {
      if (mayStart(at, position)) {
        long base = bytes.getLong(at);
        Walk walk = walk(at, base);
        if (walk.at > at) {
          return Optional.of(new Scanned.Behind(at, base, walk.next, walk.at));
        }
      }
    }
    return Optional.empty();
  }

  private boolean mayStart(int at, long position) {
    if (bytes.get(at + MAGIC_AT) != RecordBatch.MAGIC_VALUE_V2) {
      return false;
    }
    long base = bytes.getLong(at);
    int length = bytes.getInt(at + LENGTH_AT);
    return base >= position
        && base - position <= Integer.MAX_VALUE
        && length >= SMALLEST - LENGTH_ENDS
        && length <= bytes.limit() - at - LENGTH_ENDS;
  }
}
