// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** The inflated bytes of a file, one after the other, and where in it they stand. */
final class FileContent {
  /** An event beyond this cannot be sent; what is above the limit of events is rejected there. */
  static final int MOST_EVENT_BYTES = 16 << 20;

  private static final int WINDOW_BYTES = 64 << 10;

  private final String name;
  private final InputStream in;
  private final byte[] window = new byte[WINDOW_BYTES];
  private final MessageDigest digest;
  private int next;
  private int end;
  private int digested;
  private long offset;
  private long line = 1;

  /**
   * @param digest takes the bytes that were taken, or null
   */
  FileContent(String name, InputStream in, MessageDigest digest) {
    this.name = name;
    this.in = in;
    this.digest = digest;
  }

  String name() {
    return name;
  }

  /** How many bytes were taken. */
  long offset() {
    return offset;
  }

  /** The line of the next byte. */
  long line() {
    return line;
  }

  /** The first bytes, none of them taken. */
  byte[] beginning() throws IOException {
    while (end < window.length) {
      int read = in.read(window, end, window.length - end);
      if (read < 0) {
        break;
      }
      end += read;
    }
    return Arrays.copyOfRange(window, next, end);
  }

  /** Passes the mark that some programs put in front of UTF-8; it belongs to no event. */
  void skipByteOrderMark() throws IOException {
    byte[] first = beginning();
    if (first.length >= 3
        && first[0] == (byte) 0xef
        && first[1] == (byte) 0xbb
        && first[2] == (byte) 0xbf) {
      skip();
      skip();
      skip();
    }
  }

  /** The next byte, not taken, or -1. */
  int peek() throws IOException {
    return next < end || fill() ? window[next] & 0xff : -1;
  }

  /** Takes the next byte to the end of what is collected; -1 at the end. */
  int take(ByteArrayOutputStream into) throws IOException {
    int taken = skip();
    if (taken >= 0) {
      into.write(taken);
    }
    return taken;
  }

  /** Passes the next byte. */
  int skip() throws IOException {
    int taken = peek();
    if (taken >= 0) {
      next++;
      offset++;
      line += taken == '\n' ? 1 : 0;
    }
    return taken;
  }

  /** Takes the rest of the line with its end. */
  void takeLine(ByteArrayOutputStream into, int mostBytes) throws IOException {
    long first = line;
    int most = into.size() + mostBytes;
    while (line == first && peek() >= 0) {
      int to = next;
      while (to < end && window[to] != '\n') {
        to++;
      }
      int stop = to < end ? to + 1 : to;
      into.write(window, next, stop - next);
      offset += stop - next;
      line += to < end ? 1 : 0;
      next = stop;
      requireSize(into.size() <= most, first);
    }
  }

  void requireSize(boolean holds, long firstLine) throws FileException {
    if (!holds) {
      throw failure(
          firstLine,
          "the event there has more than "
              + MOST_EVENT_BYTES
              + " bytes; take it out, or mind a quote or bracket that is not closed");
    }
  }

  FileException failure(long at, String why) {
    return new FileException("Cannot read " + name + " at line " + at + ": " + why, at);
  }

  private boolean fill() throws IOException {
    digestTaken();
    next = 0;
    digested = 0;
    end = Math.max(in.read(window, 0, window.length), 0);
    return end > 0;
  }

  private void digestTaken() {
    if (digest != null) {
      digest.update(window, digested, next - digested);
      digested = next;
    }
  }

  /** The digest of all bytes that were taken, in hexadecimal digits. */
  String digestSoFar() {
    digestTaken();
    try {
      return FileDigest.text((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be cloned", e);
    }
  }
}
