// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.io.InputStream;
import org.anabranch.format.LimitException;

/**
 * The bytes of a body as they come, up to a limit, with room in memory taken for those of an event
 * that is not complete yet. Who reads it keeps at most twice of what it got.
 */
final class BodyStream extends InputStream {
  private final InputStream in;
  private final long limit;
  private final Admission.Pass pass;
  private long count;
  private long settled;
  private long kept;

  BodyStream(InputStream in, long limit, Admission.Pass pass) {
    this.in = in;
    this.limit = limit;
    this.pass = pass;
  }

  /** There was no room for more of the body. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IngestException why;

    private RefusedException(IngestException why) {
      super(why.getMessage(), why);
      this.why = why;
    }

    IngestException why() {
      return why;
    }
  }

  /** Everything read so far belongs to events that were taken out, into so much memory. */
  void settle(long memory) {
    settled = count;
    kept = memory;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    if (read > 0) {
      count += read;
      if (count > limit) {
        throw new LimitException(
            "Cannot take a body of more than " + limit + " bytes; send it in several requests");
      }
      try {
        pass.take(kept + 2 * (count - settled));
      } catch (IngestException e) {
        throw new RefusedException(e);
      }
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
