// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.StreamLedger;

/**
 * Where the speed layer goes on after a start. A checkpoint is a better place than the lake if it
 * is further and every view that answers has its segments up to there; otherwise the lake's end is,
 * and what views lack below is folded from the lake.
 */
final class Resume {
  private Resume() {}

  /**
   * The account from which a lane goes on.
   *
   * @param archived the lake's account of the lane
   * @param checkpoint the last checkpoint's account of all lanes
   * @param answering the folds of views that answered before
   */
  static LaneLedger of(
      Lane lane,
      LaneLedger archived,
      StreamLedger checkpoint,
      Collection<Fold> answering,
      StreamTilings tilings) {
    LaneLedger reached = checkpoint.lanes().get(lane);
    if (reached == null || reached.position() <= archived.position() || answering.isEmpty()) {
      return archived;
    }
    boolean complete =
        answering.stream()
            .allMatch(
                fold -> tilings.durableCoverage(fold.identity()).end(lane) >= reached.position());
    return complete ? reached : archived;
  }

  /** From where a fold is folded live: no earlier than the account, nor than its own segments. */
  static Map<Lane, Long> positions(
      Fold fold, Map<Lane, LaneLedger> resumed, StreamTilings tilings) {
    Map<Lane, Long> positions = new HashMap<>();
    resumed.forEach(
        (lane, ledger) ->
            positions.put(
                lane,
                Math.max(ledger.position(), tilings.durableCoverage(fold.identity()).end(lane))));
    return positions;
  }
}
