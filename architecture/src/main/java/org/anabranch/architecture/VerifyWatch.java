// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

/** Watches a recomputation, which takes as long as history is, and can end it. */
public interface VerifyWatch {
  /** Watches nothing. */
  VerifyWatch NONE =
      new VerifyWatch() {
        @Override
        public void begins(String view, long positions) {}

        @Override
        public void advanced(long rows) {}

        @Override
        public boolean isStopped() {
          return false;
        }
      };

  /** A view's turn has come, and so many positions are read for it. */
  void begins(String view, long positions);

  /** So many rows more were folded. */
  void advanced(long rows);

  /** Whether nobody wants to know any more. */
  boolean isStopped();
}
