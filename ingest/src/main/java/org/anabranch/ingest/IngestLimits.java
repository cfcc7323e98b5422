// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/**
 * The numbers of one stream's ingest.
 *
 * @param requests what of requests may be under way
 * @param keys how long idempotency keys are known, and how
 * @param patience how long is waited
 */
public record IngestLimits(Requests requests, Keys keys, Patience patience) {
  public static final IngestLimits DEFAULT =
      new IngestLimits(
          new Requests(64, 64L << 20, 20L << 20, 100),
          new Keys(86_400_000, 64L << 20, 10_000, 2_000),
          new Patience(30_000, 60_000));

  /**
   * Requests.
   *
   * @param atOnce how many may be under way at once
   * @param bytesAtOnce how many bytes of bodies, inflated, may be under way at once
   * @param bodyBytes the largest body, inflated
   * @param listedRejects how many rejected rows an acknowledgement lists
   */
  public record Requests(int atOnce, long bytesAtOnce, long bodyBytes, int listedRejects) {
    public Requests {
      if (atOnce < 1 || bodyBytes < 1 || bytesAtOnce < bodyBytes || listedRejects < 0) {
        throw new IllegalArgumentException(
            "Cannot take "
                + atOnce
                + " requests of at most "
                + bodyBytes
                + " bytes with "
                + bytesAtOnce
                + " bytes in flight and list "
                + listedRejects
                + " rejects");
      }
    }
  }

  /**
   * Idempotency keys.
   *
   * @param ageMillis how long after its last event was appended a key is known
   * @param bytes about how much memory known keys may take; beyond it the oldest are forgotten
   * @param checkpointMillis how often what is known of keys is written to disk
   * @param settleMillis how long after an append of unknown outcome the log is looked at
   */
  public record Keys(long ageMillis, long bytes, long checkpointMillis, long settleMillis) {}

  /**
   * Waiting.
   *
   * @param repeatMillis how long a request waits for another one with the same key
   * @param appendMillis how long the log's acknowledgement is waited for
   */
  public record Patience(long repeatMillis, long appendMillis) {}

  public IngestLimits with(Requests other) {
    return new IngestLimits(other, keys, patience);
  }

  public IngestLimits with(Keys other) {
    return new IngestLimits(requests, other, patience);
  }

  public IngestLimits with(Patience other) {
    return new IngestLimits(requests, keys, other);
  }
}
