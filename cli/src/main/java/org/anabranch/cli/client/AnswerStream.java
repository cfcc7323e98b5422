// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer: when the connection ends before it does, that is said in those words. */
final class AnswerStream extends FilterInputStream {
  private long read;

  AnswerStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      int count = super.read(bytes, from, length);
      read += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw new CutAnswerException("the connection ended after " + read + " bytes of it", e);
    }
  }
}
