// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/**
 * The numbers of one stream's ingest.
 *
 * @param requests what of requests may be under way
 * @param pieces how a large body is taken apart. Repeats of a request depend on it, so that it is
 *     the same for every try
 * @param keys how long idempotency keys are known, and how
 * @param patience how long is waited
 */
public record IngestLimits(Requests requests, Pieces pieces, Keys keys, Patience patience) {
  public static final IngestLimits DEFAULT =
      new IngestLimits(
          new Requests(64, 20L << 20, 1_000_000, 100),
          new Pieces(2 << 20, 1 << 16, 4_096),
          new Keys(86_400_000, 64L << 20, 10_000, 2_000),
          new Patience(30_000, 60_000));

  /**
   * Requests.
   *
   * @param atOnce how many may be under way at once
   * @param bodyBytes the largest body, inflated
   * @param events the most events of one
   * @param listedRejects how many rejected rows an acknowledgement lists
   */
  public record Requests(int atOnce, long bodyBytes, int events, int listedRejects) {
    public Requests {
      if (atOnce < 1 || bodyBytes < 1 || events < 1 || listedRejects < 0) {
        throw new IllegalArgumentException(
            "Cannot take "
                + atOnce
                + " requests of at most "
                + bodyBytes
                + " bytes and "
                + events
                + " events and list "
                + listedRejects
                + " rejects");
      }
    }
  }

  /**
   * Pieces of a body: each is in the log before the next is read.
   *
   * @param bytes a piece ends with the event that makes it so large
   * @param events a piece has at most so many
   * @param appendEvents so many are handed to the log at once
   */
  public record Pieces(int bytes, int events, int appendEvents) {
    public Pieces {
      if (bytes < 1 || events < 1 || appendEvents < 1) {
        throw new IllegalArgumentException(
            "Cannot cut pieces of "
                + bytes
                + " bytes and "
                + events
                + " events and append "
                + appendEvents
                + " at once");
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
  public record Keys(long ageMillis, long bytes, long checkpointMillis, long settleMillis) {
    /** The same within so much memory. */
    public Keys within(long otherBytes) {
      return new Keys(ageMillis, otherBytes, checkpointMillis, settleMillis);
    }
  }

  /**
   * Waiting.
   *
   * @param repeatMillis how long a request waits for another one with the same key
   * @param appendMillis how long the log's acknowledgement is waited for
   */
  public record Patience(long repeatMillis, long appendMillis) {}

  public IngestLimits with(Requests other) {
    return new IngestLimits(other, pieces, keys, patience);
  }

  public IngestLimits with(Pieces other) {
    return new IngestLimits(requests, other, keys, patience);
  }

  public IngestLimits with(Keys other) {
    return new IngestLimits(requests, pieces, other, patience);
  }

  public IngestLimits with(Patience other) {
    return new IngestLimits(requests, pieces, keys, other);
  }
}
