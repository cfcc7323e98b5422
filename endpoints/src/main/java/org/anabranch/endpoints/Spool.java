// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A body or an answer, whole: in memory while it is small and there is room, in a nameless file
 * otherwise. First it is written, then it is read, by one thread at a time.
 */
final class Spool extends OutputStream {
  /** At most so much of one spool is in memory. */
  static final int MEMORY_EACH = 1 << 20;

  private static final int FIRST_BLOCK = 2 << 10;
  private static final int LARGEST_BLOCK = 64 << 10;

  private final SpoolSpace space;
  private final long limit;
  private final List<ByteBuffer> blocks = new ArrayList<>();
  private long memory;
  private long disk;
  private FileChannel file;
  private long size;
  private boolean closed;

  /**
   * @param limit the most bytes it takes
   */
  Spool(SpoolSpace space, long limit) {
    this.space = space;
    this.limit = limit;
  }

  /** It would be larger than allowed. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limit) {
      super("more than " + limit + " bytes");
    }
  }

  long size() {
    return size;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    write(ByteBuffer.wrap(bytes, from, length));
  }

  /** Takes all that a buffer has. */
  void write(ByteBuffer bytes) throws IOException {
    if (closed) {
      throw new IOException("Cannot write on: it is closed");
    }
    if (size + bytes.remaining() > limit) {
      throw new TooLargeException(limit);
    }
    size += bytes.remaining();
    while (file == null && bytes.hasRemaining()) {
      if (hasBlock()) {
        fill(blocks.get(blocks.size() - 1), bytes);
      } else {
        moveToFile();
      }
    }
    if (file != null) {
      toFile(bytes);
    }
  }

  /** Whether there is a block with room, after making one where that is possible. */
  private boolean hasBlock() {
    if (!blocks.isEmpty() && blocks.get(blocks.size() - 1).hasRemaining()) {
      return true;
    }
    int next = (int) Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, memory));
    if (memory + next > MEMORY_EACH || !space.takeMemory(next)) {
      return false;
    }
    memory += next;
    blocks.add(ByteBuffer.allocate(next));
    return true;
  }

  private static void fill(ByteBuffer block, ByteBuffer bytes) {
    int end = bytes.limit();
    bytes.limit(bytes.position() + Math.min(block.remaining(), bytes.remaining()));
    block.put(bytes);
    bytes.limit(end);
  }

  private void moveToFile() throws IOException {
    file = space.file();
    for (ByteBuffer block : blocks) {
      toFile(block.flip());
    }
    freeBlocks();
  }

  private void toFile(ByteBuffer bytes) throws IOException {
    space.takeDisk(bytes.remaining());
    disk += bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new SpoolSpace.NoRoomException(
          "the scratch file cannot be written: " + PathText.without(e), e);
    }
  }

  private void freeBlocks() {
    blocks.clear();
    space.giveMemory(memory);
    memory = 0;
  }

  /**
   * Reads some bytes.
   *
   * @return how many, -1 at the end
   */
  int read(long position, ByteBuffer into) throws IOException {
    if (position >= size) {
      return -1;
    }
    if (file != null) {
      return file.read(into, position);
    }
    long start = 0;
    for (ByteBuffer block : blocks) {
      if (position < start + block.position()) {
        int from = (int) (position - start);
        int count = Math.min(block.position() - from, into.remaining());
        into.put(block.slice(from, count));
        return count;
      }
      start += block.position();
    }
    throw new IllegalStateException("Cannot find byte " + position + " of " + size);
  }

  /** What was written, from its start. */
  InputStream input() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        int count = Spool.this.read(position, ByteBuffer.wrap(bytes, from, length));
        position += Math.max(0, count);
        return count;
      }

      @Override
      public int available() {
        return (int) Math.min(Integer.MAX_VALUE, size - position);
      }
    };
  }

  /** Gives its room back. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    freeBlocks();
    space.giveDisk(disk);
    disk = 0;
    if (file != null) {
      file.close();
    }
  }
}
