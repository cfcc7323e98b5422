// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;

/**
 * What a stream has to make good after a start before its answers are those of now: the log up to
 * where it ended then, and what views lack below.
 *
 * @param stream its name
 * @param endsAtStart where the log of each lane ended at the start
 */
record CatchUp(
    String stream,
    Map<Lane, Long> endsAtStart,
    SpeedLayer speed,
    StreamViews views,
    Backfills backfills) {
  /** In words; empty when nothing is left. */
  List<String> waitingFor() {
    List<String> waiting = new ArrayList<>();
    Map<Lane, LaneLedger> now = speed.ledger().lanes();
    endsAtStart.forEach(
        (lane, end) -> {
          long position = now.containsKey(lane) ? now.get(lane).position() : 0;
          if (position < end) {
            waiting.add("stream " + stream + " lane " + lane + " is at " + position + " of " + end);
          }
        });
    for (Fold fold : views.answeringFolds()) {
      backfills
          .progress(fold)
          .ifPresent(
              progress -> waiting.add("view " + views.namesOf(fold) + " is filled: " + progress));
    }
    return waiting;
  }
}
