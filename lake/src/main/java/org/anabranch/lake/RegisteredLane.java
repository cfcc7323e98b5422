// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Optional;
import java.util.OptionalLong;
import org.anabranch.view.Lane;

/**
 * A lane that the lake knows.
 *
 * @param lane the lane
 * @param opened the first position that history accounts for
 * @param mark what the log's record before that position says, where one was written there
 * @param openedAt when it was registered, in epoch milliseconds
 * @param closed where it ends, if nothing will follow
 * @param reason why it was closed
 */
public record RegisteredLane(
    Lane lane,
    long opened,
    Optional<String> mark,
    long openedAt,
    OptionalLong closed,
    Optional<String> reason) {
  static RegisteredLane parse(String lane, String text) {
    PropertyLines lines = PropertyLines.parse(text);
    Optional<String> closed = lines.find("closed");
    return new RegisteredLane(
        Lane.parse(lane),
        lines.number("opened"),
        lines.find("mark"),
        lines.number("opened-at"),
        closed.isPresent() ? OptionalLong.of(Long.parseLong(closed.get())) : OptionalLong.empty(),
        lines.find("reason"));
  }

  PropertyLines lines() {
    PropertyLines lines = new PropertyLines().add("opened", opened).add("opened-at", openedAt);
    mark.ifPresent(text -> lines.add("mark", text));
    closed.ifPresent(position -> lines.add("closed", position));
    reason.ifPresent(text -> lines.add("reason", text));
    return lines;
  }
}
