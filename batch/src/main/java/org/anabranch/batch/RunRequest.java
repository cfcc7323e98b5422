// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.util.Set;
import org.anabranch.view.Fold;
import org.anabranch.view.SegmentStore.Origin;

/**
 * What a run is asked to do.
 *
 * @param trigger who asked: {@code schedule}, {@code request} or {@code replay}
 * @param full fold all history again, not only what no batch segment covers
 * @param folds identities of the folds to run; empty for all
 * @param origin what the segments are published as
 * @param lakeTimeoutMillis how long to wait for the lake to pass the cut
 */
public record RunRequest(
    String trigger, boolean full, Set<String> folds, Origin origin, long lakeTimeoutMillis) {
  public RunRequest {
    folds = Set.copyOf(folds);
  }

  boolean includes(Fold fold) {
    return folds.isEmpty() || folds.contains(fold.identity());
  }
}
