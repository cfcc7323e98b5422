// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Objects;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Verdict;

/**
 * The stream version that owns a lane's positions from one on: it alone decides their verdicts.
 *
 * @param from the first position it owns; the next version's is where it ends
 * @param stream what events must look like
 * @param verdict what is checked of rows beyond that
 */
public record LaneVersion(long from, StreamDefinition stream, Verdict verdict) {
  public LaneVersion {
    Objects.requireNonNull(stream, "stream is null");
    Objects.requireNonNull(verdict, "verdict is null");
    if (from < 0) {
      throw new IllegalArgumentException("Cannot own positions from " + from);
    }
  }
}
