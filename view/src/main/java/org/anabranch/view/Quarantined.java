// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Objects;

/**
 * A rejected event with its bytes, as it goes to quarantine.
 *
 * @param lane where it was appended
 * @param position where it was appended
 * @param appendedAt when, in epoch milliseconds
 * @param bytes the event as it stands in the log
 * @param contentType what the bytes are, where that is not the stream's own format
 * @param rejection why
 */
public record Quarantined(
    Lane lane,
    long position,
    long appendedAt,
    byte[] bytes,
    String contentType,
    Rejection rejection) {
  public Quarantined {
    Objects.requireNonNull(lane, "lane is null");
    Objects.requireNonNull(bytes, "bytes is null");
    Objects.requireNonNull(contentType, "contentType is null");
    Objects.requireNonNull(rejection, "rejection is null");
  }
}
