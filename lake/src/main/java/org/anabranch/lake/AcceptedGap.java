// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/**
 * Positions that are lost and that somebody decided to go on without. No coverage contains them.
 *
 * @param lane where
 * @param range which positions
 * @param acceptedAt when, in epoch milliseconds
 * @param reason why, in words of whoever accepted it
 */
public record AcceptedGap(Lane lane, Range range, long acceptedAt, String reason) {
  static AcceptedGap parse(String text) {
    PropertyLines lines = PropertyLines.parse(text);
    return new AcceptedGap(
        Lane.parse(lines.get("lane")),
        new Range(lines.number("from"), lines.number("to")),
        lines.number("accepted-at"),
        lines.get("reason"));
  }

  PropertyLines lines() {
    return new PropertyLines()
        .add("lane", lane)
        .add("from", range.from())
        .add("to", range.to())
        .add("accepted-at", acceptedAt)
        .add("reason", reason);
  }
}
