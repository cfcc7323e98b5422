// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.IOException;

/**
 * The one way to change what answers durably for a stream: a commit to the {@link SegmentStore},
 * and at once the same change to the tilings that are pinned from then on.
 */
public interface Publisher {
  /** The property that holds the {@link StreamLedger} of a commit. */
  String LEDGER = "ledger";

  /** What the last commit left. */
  SegmentStore.Manifest manifest();

  /**
   * Publishes a change and lets it answer.
   *
   * @throws StaleException if the change lost; nothing is changed
   * @throws UnansweredException if it is not known whether it was made; the next publish finds out
   */
  SegmentStore.Manifest publish(SegmentStore.Change change) throws IOException;
}
