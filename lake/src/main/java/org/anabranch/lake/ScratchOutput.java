// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Bytes that are on the heap while they are few, and in a file without a name beyond. */
final class ScratchOutput extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final int small;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private FileChannel channel;
  private ByteBuffer buffer;

  /**
   * @param file a name that nothing has
   * @param small at most so many bytes stay on the heap
   */
  ScratchOutput(Path file, int small) {
    this.file = file;
    this.small = small;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (channel == null && head.size() + length <= small) {
      head.write(bytes, offset, length);
      return;
    }
    if (channel == null) {
      open();
    }
    append(bytes, offset, length);
  }

  private void open() throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    buffer = ByteBuffer.allocate(BUFFER_BYTES);
    byte[] first = head.toByteArray();
    append(first, 0, first.length);
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        drain();
      }
      int count = Math.min(left, buffer.remaining());
      buffer.put(bytes, from, count);
      from += count;
      left -= count;
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** All that was written, mapped if it is in a file; it stays readable after closing. */
  List<ByteBuffer> parts() throws IOException {
    if (channel == null) {
      return List.of(ByteBuffer.wrap(head.toByteArray()));
    }
    drain();
    return MappedParts.of(channel);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
