// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The piece of a body that holds the event being framed: the event's bytes so far, then bytes not
 * looked at yet. Of an event beyond the limit only the beginning is kept, so that memory stays
 * bounded.
 */
final class FrameWindow {
  private static final int FIRST_BYTES = 64 << 10;

  private final InputStream in;
  private byte[] bytes;
  private int start;
  private int end;

  /** Bytes of the event that have been looked at and are here. */
  private int scanned;

  /** Bytes of the event that have been looked at and let go. */
  private long dropped;

  private byte[] kept;
  private long line = 1;

  /** Line breaks in the bytes let go. */
  private long droppedLines;

  /** Takes every byte once it has been looked at for good, or null. */
  private FrameReader.Body body;

  /** Bytes of the event that were passed on. */
  private int passed;

  FrameWindow(byte[] body) {
    this.in = null;
    this.bytes = body;
    this.end = body.length;
  }

  FrameWindow(InputStream in) {
    this.in = in;
    this.bytes = new byte[FIRST_BYTES];
  }

  /** Passes every byte on, from the first. */
  FrameWindow passing(FrameReader.Body into) {
    body = into;
    return this;
  }

  /** Passes on all bytes that have been looked at. */
  void passScanned() {
    if (body != null && scanned > passed) {
      body.take(bytes, start + passed, scanned - passed);
      passed = scanned;
    }
  }

  /** The line on which the event starts. */
  long line() {
    return line;
  }

  /** Looks at the next byte; -1 at the end of the body. */
  int take() throws IOException {
    if (start + scanned == end && !fill()) {
      return -1;
    }
    return bytes[start + scanned++] & 0xff;
  }

  /** Gives the byte back that was just taken. */
  void giveBack() {
    scanned--;
  }

  /** Looks at bytes up to and including the wanted one; false if the body ends before. */
  boolean takeThrough(byte wanted) throws IOException {
    do {
      byte[] source = bytes;
      for (int i = start + scanned; i < end; i++) {
        if (source[i] == wanted) {
          scanned = i + 1 - start;
          return true;
        }
      }
      scanned = end - start;
    } while (fill());
    return false;
  }

  /** How many bytes have been looked at of the event. */
  long length() {
    return dropped + scanned;
  }

  /** A byte of the event, counted back from the last one looked at, which is 1. */
  byte last(int back) {
    return back <= scanned ? bytes[start + scanned - back] : 0;
  }

  /** Whether all but the last few bytes looked at are white space. */
  boolean isBlank(int without) {
    if (dropped > 0) {
      return false;
    }
    for (int i = start; i < start + scanned - without; i++) {
      if (!isSpace(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean isSpace(int value) {
    return value == ' ' || value == '\t' || value == '\r' || value == '\n';
  }

  /** What has been looked at, without the last few bytes, as an event. */
  Frame frame(int without, String contentType) {
    long length = length() - without;
    if (length <= Limits.EVENT_BYTES) {
      return new Frame(line, bytes, start, (int) length, contentType);
    }
    byte[] first = kept != null ? kept : beginning();
    return new Frame(line, first, 0, first.length, ContentTypes.OVERSIZE + length);
  }

  private byte[] beginning() {
    return Arrays.copyOfRange(bytes, start, start + Math.min(scanned, Limits.OVERSIZE_KEPT_BYTES));
  }

  /** Goes on behind what has been looked at: the next event starts there. */
  void advance() {
    passScanned();
    passed = 0;
    line += droppedLines + linesHere();
    start += scanned;
    scanned = 0;
    dropped = 0;
    droppedLines = 0;
    kept = null;
  }

  private long linesHere() {
    long lines = 0;
    for (int i = start; i < start + scanned; i++) {
      if (bytes[i] == '\n') {
        lines++;
      }
    }
    return lines;
  }

  /** Skips white space between events; the next byte, not yet taken, or -1 at the end. */
  int peekBehindSpace() throws IOException {
    int next = take();
    while (isSpace(next)) {
      next = take();
    }
    if (next >= 0) {
      giveBack();
    }
    advance();
    return next;
  }

  /**
   * Skips the mark that some programs put in front of UTF-8.
   *
   * @throws FramingException if it is the one of UTF-16, of which nothing can be read
   */
  void skipByteOrderMark() throws IOException {
    int first = take();
    int second = take();
    if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
      throw new FramingException(
          1, "Cannot read the body: it begins as UTF-16 or UTF-32 does; send UTF-8");
    }
    if (first == 0xef && second == 0xbb && take() == 0xbf) {
      advance();
    } else {
      scanned = 0;
    }
  }

  private boolean fill() throws IOException {
    if (in == null) {
      return false;
    }
    if (scanned > Limits.EVENT_BYTES) {
      drop();
    }
    if (end == bytes.length) {
      makeRoom();
    }
    int read = in.read(bytes, end, bytes.length - end);
    end += Math.max(read, 0);
    return read > 0;
  }

  private void drop() {
    if (kept == null) {
      kept = beginning();
    }
    passScanned();
    passed = 0;
    droppedLines += linesHere();
    dropped += scanned;
    start += scanned;
    scanned = 0;
  }

  private void makeRoom() {
    int length = end - start;
    byte[] room = length > bytes.length / 2 ? new byte[bytes.length * 2] : new byte[bytes.length];
    System.arraycopy(bytes, start, room, 0, length);
    bytes = room;
    start = 0;
    end = length;
  }
}
