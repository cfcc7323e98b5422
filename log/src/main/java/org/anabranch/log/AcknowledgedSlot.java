// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One partition's entry of {@link AcknowledgedEnds}. Its end is in two cells that are written by
 * turns, so that one of them is whole whenever the process ends.
 */
final class AcknowledgedSlot {
  static final int BYTES = 128;

  private static final int LONGEST_ID = 43;
  private static final int PARTITION = 0;
  private static final int LENGTH = 4;
  private static final int ID = 5;
  private static final int CHECK = 48;
  private static final int[] CELLS = {64, 80};

  /** No end has the check word zero, so an unwritten cell is none. */
  private static final long SALT = 0x616e616272616e63L;

  private final ByteBuffer bytes;
  private int current = -1;

  AcknowledgedSlot(ByteBuffer bytes) {
    this.bytes = bytes;
    for (int cell = 0; cell < CELLS.length; cell++) {
      if (isWhole(cell) && (current < 0 || value(cell) > value(current))) {
        current = cell;
      }
    }
  }

  /** The check comes last: an entry without it was never finished, and never used. */
  synchronized void take(String topicId, int partition) {
    byte[] id = topicId.getBytes(StandardCharsets.UTF_8);
    if (id.length > LONGEST_ID) {
      throw new IllegalArgumentException("Cannot remember topic id '" + topicId + "': too long");
    }
    bytes.putInt(PARTITION, partition);
    bytes.put(LENGTH, (byte) id.length);
    bytes.put(ID, id);
    bytes.putInt(CHECK, check());
  }

  private int check() {
    byte[] identity = new byte[CHECK];
    bytes.get(0, identity);
    CRC32C check = new CRC32C();
    check.update(identity);
    return (int) check.getValue() | 1;
  }

  boolean isTaken() {
    return bytes.getInt(CHECK) != 0;
  }

  /** Both cells may be unwritten, or one torn by the end of a process, but not both torn. */
  boolean isWhole() {
    boolean unwritten = bytes.getLong(CELLS[1]) == 0 && bytes.getLong(CELLS[1] + 8) == 0;
    return bytes.getInt(CHECK) == check() && (current >= 0 || unwritten);
  }

  private boolean isWhole(int cell) {
    return bytes.getLong(CELLS[cell] + 8) == mixed(value(cell));
  }

  private long value(int cell) {
    return bytes.getLong(CELLS[cell]);
  }

  private static long mixed(long end) {
    return Long.rotateLeft((end ^ SALT) * 0x9e3779b97f4a7c15L, 29);
  }

  String topicId() {
    byte[] id = new byte[bytes.get(LENGTH)];
    bytes.get(ID, id);
    return new String(id, StandardCharsets.UTF_8);
  }

  int partition() {
    return bytes.getInt(PARTITION);
  }

  synchronized long end() {
    return current < 0 ? 0 : value(current);
  }

  synchronized void raise(long end) {
    if (end > end()) {
      write(end);
    }
  }

  /** The other cell is lowered too, since the higher of the two counts. */
  synchronized void lower(long end) {
    if (end < end()) {
      write(end);
      write(end);
    }
  }

  private void write(long end) {
    int next = current == 0 ? 1 : 0;
    bytes.putLong(CELLS[next], end);
    bytes.putLong(CELLS[next] + 8, mixed(end));
    current = next;
  }
}
