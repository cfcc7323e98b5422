// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** The record headers that have a meaning here; others pass by unread. */
public final class EventHeaders {
  /** What an event's bytes are, where that is not the stream's declared format. */
  public static final String CONTENT_TYPE = "content-type";

  /** The request an event came with. */
  public static final String IDEMPOTENCY_KEY = "idempotency-key";

  /** Which event of that request it is, from 0. */
  public static final String IDEMPOTENCY_INDEX = "idempotency-index";

  /** {@code lane/position} of the quarantined event that this one repairs. */
  public static final String REDRIVE_OF = "redrive-of";

  /** A record that is no event: what follows it belongs to the lane with this mark. */
  public static final String LANE_MARK = "lane-mark";

  private EventHeaders() {}
}
