// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Arrays;
import org.anabranch.format.Frame;

/**
 * Framed events that are judged and appended together, copied out of the body that they came in.
 * They lie in few arrays, so that tiny ones cost little. Filled by one thread, then only read.
 */
final class Piece {
  private static final int FIRST_EVENTS = 64;
  private static final int FIRST_BYTES = 4 << 10;

  /** What an event takes here beside its bytes. */
  private static final int EVENT_BYTES = 24;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int used;
  private int[] ends = new int[FIRST_EVENTS];
  private long[] lines = new long[FIRST_EVENTS];
  private String[] types = new String[FIRST_EVENTS];
  private int size;

  /** How much memory it takes. */
  long memory() {
    return bytes.length + (long) ends.length * EVENT_BYTES;
  }

  int size() {
    return size;
  }

  /** How many bytes its events have. */
  int bytes() {
    return used;
  }

  void add(Frame frame) {
    if (used + frame.length() > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + frame.length(), bytes.length * 2));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      lines = Arrays.copyOf(lines, size * 2);
      types = Arrays.copyOf(types, size * 2);
    }
    System.arraycopy(frame.bytes(), frame.offset(), bytes, used, frame.length());
    used += frame.length();
    ends[size] = used;
    lines[size] = frame.line();
    types[size] = frame.contentType();
    size++;
  }

  Frame frame(int event) {
    int from = event == 0 ? 0 : ends[event - 1];
    return new Frame(lines[event], bytes, from, ends[event] - from, types[event]);
  }

  /** The line of the body on which an event starts. */
  long line(int event) {
    return lines[event];
  }

  void clear() {
    used = 0;
    size = 0;
  }
}
