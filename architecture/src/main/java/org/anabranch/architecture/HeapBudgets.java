// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.lake.LakeLimits;
import org.anabranch.view.segment.SegmentMerge;

/**
 * Shares the heap out among what grows with the data. At most half of it may be states of views, an
 * eighth row groups of files that are written.
 *
 * @param heap the most bytes that the heap can have
 */
record HeapBudgets(long heap) {
  private static final long LARGEST_STATE = 512L << 20;
  private static final long LEAST_STATE = 4L << 20;

  /** Live state may take all of a budget while a batch fold takes half of one beside it. */
  private static final int STATES_OF_A_VIEW = 2;

  static HeapBudgets ofProcess() {
    return new HeapBudgets(Runtime.getRuntime().maxMemory());
  }

  /** The budget of each view where nobody says one. */
  long state(int views) {
    long share = heap / 2 / STATES_OF_A_VIEW / Math.max(1, views);
    return Math.max(LEAST_STATE, Math.min(LARGEST_STATE, share));
  }

  /**
   * Settings whose state budget is a number that the heap has room for.
   *
   * @throws RefusedException if the budget that was asked for cannot be had
   */
  PipelineSettings settled(PipelineSettings settings, int views) throws RefusedException {
    if (settings.stateBudget() == PipelineSettings.DERIVED) {
      return settings.budget(state(views));
    }
    long most = heap / 2 / Math.max(1, views);
    if (settings.stateBudget() > most) {
      throw new RefusedException(
          "Cannot start with a state budget of %d bytes: the heap has at most %d, half of it is for states, and there are %d views, so each may take %d; lower --state-budget or leave it out, or give the process more heap with -Xmx"
              .formatted(settings.stateBudget(), heap, views, most));
    }
    return settings;
  }

  /** What a file of the lake may take while it is written: a row group and its compressed pages. */
  LakeLimits lake() {
    LakeLimits most = LakeLimits.DEFAULT;
    return new LakeLimits(
        most.targetFileBytes(),
        most.filesToMerge(),
        Math.min(most.rowGroupBytes(), heap / 16),
        most.chunkRows(),
        most.snapshotAgeMillis(),
        most.orphanAgeMillis(),
        most.previousMetadata(),
        most.manifestsToMerge());
  }

  /** A group is decoded to be merged, and then takes several times its encoded bytes. */
  static long largestGroup(PipelineSettings settings) {
    return Math.min(SegmentMerge.LARGEST_GROUP, settings.stateBudget() / 4);
  }
}
