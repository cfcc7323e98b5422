// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** Where answers come from: the tilings of one stream's folds, all at one frontier. */
public interface TilingSource {
  /**
   * Pins what answers now, at a chunk boundary of every lane. All folds stand at one frontier, and
   * the segments stay readable until the pin is closed.
   */
  Pinned pin();

  /**
   * Waits until the frontier contains a coverage.
   *
   * @return false if it did not within the time
   */
  boolean await(Coverage coverage, long timeoutMillis) throws InterruptedException;

  /** Tilings that do not move. */
  interface Pinned extends AutoCloseable {
    /**
     * The tiling of a fold over exactly {@link Standing#frontier}.
     *
     * @throws IllegalArgumentException if the fold is not answered for (yet)
     */
    Tiling tiling(Fold fold);

    Standing standing();

    @Override
    void close();
  }
}
