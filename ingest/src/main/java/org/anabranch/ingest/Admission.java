// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/** Bounds how many requests, and how many bytes of them, are under way at once. */
final class Admission {
  private static final long RETRY_MILLIS = 500;

  private final IngestLimits limits;
  private int requests;
  private long bytes;

  Admission(IngestLimits limits) {
    this.limits = limits;
  }

  /** Lets a request in. It takes bytes as it learns how many it has, and leaves with them. */
  synchronized Pass enter() throws IngestException {
    if (requests == limits.requests().atOnce()) {
      throw busy(requests + " requests are under way");
    }
    requests++;
    return new Pass();
  }

  private static IngestException busy(String why) {
    return IngestException.retry(
        IngestException.Kind.BUSY,
        "Cannot take the request now: " + why + "; nothing was appended, try again",
        RETRY_MILLIS,
        null);
  }

  synchronized int requests() {
    return requests;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** One request's share. */
  final class Pass implements AutoCloseable {
    private long taken;

    /** Makes the share so large. */
    void take(long total) throws IngestException {
      synchronized (Admission.this) {
        if (bytes - taken + total > limits.requests().bytesAtOnce()) {
          throw busy(bytes - taken + " bytes of other requests are under way");
        }
        bytes += total - taken;
        taken = total;
      }
    }

    @Override
    public void close() {
      synchronized (Admission.this) {
        requests--;
        bytes -= taken;
      }
    }
  }
}
