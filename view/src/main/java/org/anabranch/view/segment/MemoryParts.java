// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects bytes on the heap in parts of one size. */
final class MemoryParts extends OutputStream {
  private final int partSize;
  private final List<ByteBuffer> full = new ArrayList<>();
  private ByteArrayOutputStream last = new ByteArrayOutputStream();

  MemoryParts(int partSize) {
    this.partSize = partSize;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) {
    int taken = 0;
    while (taken < length) {
      int run = Math.min(length - taken, partSize - last.size());
      last.write(source, from + taken, run);
      taken += run;
      if (last.size() == partSize) {
        full.add(ByteBuffer.wrap(last.toByteArray()));
        last = new ByteArrayOutputStream();
      }
    }
  }

  /** All parts, the last of which may be smaller than the others. */
  List<ByteBuffer> parts() {
    List<ByteBuffer> parts = new ArrayList<>(full);
    if (last.size() > 0) {
      parts.add(ByteBuffer.wrap(last.toByteArray()));
    }
    return parts;
  }
}
