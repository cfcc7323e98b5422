// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/**
 * The rules of a stream version beyond types: which well-formed rows are accepted. It is the same
 * for every reader of a position.
 */
public interface Verdict {
  /**
   * Judges every row of a chunk with the full schema.
   *
   * @return one entry a row, null for an accepted one; null if all are accepted
   */
  Rejection[] judge(Rows rows);
}
