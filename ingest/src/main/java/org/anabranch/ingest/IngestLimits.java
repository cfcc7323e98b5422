// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

/**
 * The numbers of one stream's ingest.
 *
 * @param requests how many requests may be under way at once
 * @param bytesInFlight how many bytes of bodies, inflated, may be under way at once
 * @param bodyBytes the largest body, inflated
 * @param listedRejects how many rejected rows an acknowledgement lists
 * @param keyAgeMillis how long after its last event was appended an idempotency key is known
 * @param keyBytes about how much memory known keys may take; beyond it the oldest are forgotten
 * @param checkpointMillis how often what is known of keys is written to disk
 * @param settleMillis how long after an append of unknown outcome the log is looked at
 * @param waitMillis how long a request waits for another one with the same key
 * @param appendMillis how long the log's acknowledgement is waited for
 */
public record IngestLimits(
    int requests,
    long bytesInFlight,
    long bodyBytes,
    int listedRejects,
    long keyAgeMillis,
    long keyBytes,
    long checkpointMillis,
    long settleMillis,
    long waitMillis,
    long appendMillis) {
  public static final IngestLimits DEFAULT =
      new IngestLimits(
          64, 64L << 20, 20L << 20, 100, 86_400_000, 64L << 20, 10_000, 2_000, 30_000, 60_000);

  public IngestLimits {
    if (requests < 1 || bodyBytes < 1 || bytesInFlight < bodyBytes || listedRejects < 0) {
      throw new IllegalArgumentException(
          "Cannot take "
              + requests
              + " requests of at most "
              + bodyBytes
              + " bytes with "
              + bytesInFlight
              + " bytes in flight and list "
              + listedRejects
              + " rejects");
    }
  }

  public IngestLimits requests(int most, long bytes) {
    return new IngestLimits(
        most,
        bytes,
        Math.min(bodyBytes, bytes),
        listedRejects,
        keyAgeMillis,
        keyBytes,
        checkpointMillis,
        settleMillis,
        waitMillis,
        appendMillis);
  }

  public IngestLimits keys(long ageMillis, long bytes) {
    return new IngestLimits(
        requests,
        bytesInFlight,
        bodyBytes,
        listedRejects,
        ageMillis,
        bytes,
        checkpointMillis,
        settleMillis,
        waitMillis,
        appendMillis);
  }

  public IngestLimits checkpointEvery(long millis) {
    return new IngestLimits(
        requests,
        bytesInFlight,
        bodyBytes,
        listedRejects,
        keyAgeMillis,
        keyBytes,
        millis,
        settleMillis,
        waitMillis,
        appendMillis);
  }

  public IngestLimits settle(long millis) {
    return new IngestLimits(
        requests,
        bytesInFlight,
        bodyBytes,
        listedRejects,
        keyAgeMillis,
        keyBytes,
        checkpointMillis,
        millis,
        waitMillis,
        appendMillis);
  }

  public IngestLimits waiting(long forAnother, long forTheLog) {
    return new IngestLimits(
        requests,
        bytesInFlight,
        bodyBytes,
        listedRejects,
        keyAgeMillis,
        keyBytes,
        checkpointMillis,
        settleMillis,
        forAnother,
        forTheLog);
  }
}
