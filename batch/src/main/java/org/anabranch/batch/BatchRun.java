// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.util.Objects;

/**
 * What is known of one run of the batch layer over one stream.
 *
 * @param id ordinal of the run
 * @param trigger who asked: {@code schedule}, {@code request} or {@code replay}
 * @param stream the stream
 * @param full whether all history was folded again
 * @param startedAt epoch milliseconds
 * @param durationMillis so far, or in all
 * @param cut the coverage up to the cut, as text; empty before the cut was made
 * @param rows rows read from the lake
 * @param positions positions accounted for
 * @param wantedPositions positions to account for
 * @param bytes bytes of keys and states published
 * @param outcome what became of it
 * @param message the stage it is in, or why it was rejected or failed
 */
public record BatchRun(
    long id,
    String trigger,
    String stream,
    boolean full,
    long startedAt,
    long durationMillis,
    String cut,
    long rows,
    long positions,
    long wantedPositions,
    long bytes,
    Outcome outcome,
    String message) {
  /** What became of a run. */
  public enum Outcome {
    RUNNING,
    PUBLISHED,
    /** There was nothing above the last cut. */
    UNCHANGED,
    /** An audit refused; what answered before still answers. */
    REJECTED,
    FAILED
  }

  public BatchRun {
    Objects.requireNonNull(outcome, "outcome is null");
  }

  public boolean isRunning() {
    return outcome == Outcome.RUNNING;
  }
}
