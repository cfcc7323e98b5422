// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.view.Receipt;

/**
 * What a recomputation of one view found.
 *
 * @param view the view
 * @param receipt what was compared
 * @param positionsFromLog positions recomputed from the raw log
 * @param positionsFromLake positions recomputed from the lake, because the log no longer has them
 * @param rows rows folded again
 * @param groups groups that are equal
 * @param difference how the rest differs: left the recomputation, right the answer
 * @param durationMillis how long it took
 */
public record VerifyReport(
    String view,
    Receipt receipt,
    long positionsFromLog,
    long positionsFromLake,
    long rows,
    long groups,
    GroupDifference difference,
    long durationMillis) {
  public boolean identical() {
    return difference.isEmpty();
  }
}
