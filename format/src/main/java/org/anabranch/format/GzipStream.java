// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the members of a gzip file (RFC 1952) with their checksums. Unlike the JDK's own stream
 * it refuses whatever stands behind the last member instead of leaving it out.
 */
final class GzipStream extends InputStream {
  private static final int MAGIC_FIRST = 0x1f;
  private static final int MAGIC_SECOND = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final long limit;
  private final String what;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[16 << 10];
  private int position;
  private int end;
  private long compressed;
  private long inflated;
  private boolean inMember;
  private long members;
  private boolean ended;

  /**
   * @param what is inflated, as messages call it
   */
  GzipStream(InputStream in, long limit, String what) {
    this.in = in;
    this.limit = limit;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        beginMember();
        continue;
      }
      int count = inflate(out, offset, length);
      if (count > 0) {
        checksum.update(out, offset, count);
        inflated += count;
        checkLimits();
        return count;
      }
    }
    return -1;
  }

  private int inflate(byte[] out, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(out, offset, length);
      if (count == 0 && inflater.finished()) {
        position = end - inflater.getRemaining();
        endMember();
      } else if (count == 0 && inflater.needsInput()) {
        position = end;
        if (!fill()) {
          throw damaged("it is cut short");
        }
        inflater.setInput(buffer, 0, end);
      } else if (count == 0) {
        throw damaged("it needs a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw damaged("its data is damaged");
    }
  }

  private void beginMember() throws IOException {
    long begin = compressed - (end - position);
    int first = next();
    if (first < 0 && members > 0) {
      ended = true;
      return;
    }
    int second = first == MAGIC_FIRST ? next() : -1;
    if (second != MAGIC_SECOND) {
      throw damaged(members == 0 ? "it does not begin as gzip does" : behind(begin, first));
    }
    int method = required();
    if (method != DEFLATE) {
      throw damaged("its compression method is " + method + ", and only 8 (deflate) is known");
    }
    int flags = required();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    skip((flags & HEADER_CHECKSUM) != 0 ? 2 : 0);
    inflater.reset();
    checksum.reset();
    inflater.setInput(buffer, position, end - position);
    inMember = true;
  }

  /** What stands behind the last member. */
  private String behind(long begin, int first) {
    return "its gzip ends at byte "
        + begin
        + ", and "
        + (first == 0 ? "zeros stand" : "something else stands")
        + " behind it; cut that off, such as with head -c "
        + begin;
  }

  private void endMember() throws IOException {
    long sum = littleEndian();
    long size = littleEndian();
    if (sum != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw damaged("its checksum is wrong");
    }
    inMember = false;
    members++;
  }

  private long littleEndian() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) required() << shift;
    }
    return value;
  }

  private void skipText(int flag) throws IOException {
    int next = flag;
    while (next != 0) {
      next = required();
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      required();
    }
  }

  private int required() throws IOException {
    int next = next();
    if (next < 0) {
      throw damaged("it is cut short");
    }
    return next;
  }

  private int next() throws IOException {
    return position < end || fill() ? buffer[position++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    end = Math.max(count, 0);
    compressed += end;
    return count > 0;
  }

  private void checkLimits() throws LimitException {
    if (inflated > limit) {
      throw new LimitException(
          "Cannot take a body of more than " + limit + " bytes after inflating");
    }
    boolean bomb = inflated > Limits.RATIO_FREE_BYTES && inflated > compressed * Limits.RATIO;
    if (bomb && limit != Long.MAX_VALUE) {
      throw new LimitException(
          "Cannot take a body that inflates to more than " + Limits.RATIO + " times its size");
    }
  }

  private FramingException damaged(String why) {
    return new FramingException(1, "Cannot inflate " + what + ": " + why);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
