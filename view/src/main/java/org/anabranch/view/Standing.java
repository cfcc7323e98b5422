// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Objects;

/**
 * How far one stream is accounted for at one moment, and how its events fared until there.
 *
 * @param stream the stream's name
 * @param frontier what every view of the stream covers
 * @param lost positions that are gone and that somebody decided to go on without; the frontier has
 *     none of them
 * @param cut what the batch layer answers for; empty where it never ran
 * @param ledger the verdicts over the frontier
 * @param asOf the clock when the standing was taken, in epoch milliseconds
 */
public record Standing(
    String stream, Coverage frontier, Coverage lost, Coverage cut, StreamLedger ledger, long asOf) {
  public Standing {
    Objects.requireNonNull(stream, "stream is null");
    Objects.requireNonNull(frontier, "frontier is null");
    Objects.requireNonNull(lost, "lost is null");
    Objects.requireNonNull(cut, "cut is null");
    Objects.requireNonNull(ledger, "ledger is null");
  }

  /** A standing of a stream that has lost nothing. */
  public Standing(String stream, Coverage frontier, Coverage cut, StreamLedger ledger, long asOf) {
    this(stream, frontier, Coverage.EMPTY, cut, ledger, asOf);
  }
}
