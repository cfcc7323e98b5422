// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Map;
import java.util.Objects;

/**
 * An event to append.
 *
 * @param value its bytes
 * @param key bytes that choose the partition, as every Kafka client by default has them do; or null
 * @param partition the partition, or {@link #ANY_PARTITION}
 * @param headers see {@link EventHeaders}
 */
public record Event(byte[] value, byte[] key, int partition, Map<String, String> headers) {
  /** Leaves the choice of the partition to the key or, without one, to the log. */
  public static final int ANY_PARTITION = -1;

  public Event {
    Objects.requireNonNull(value, "value is null");
    headers = Map.copyOf(headers);
    if (partition < ANY_PARTITION) {
      throw new IllegalArgumentException("Cannot append to partition " + partition);
    }
  }

  public static Event of(byte[] value) {
    return new Event(value, null, ANY_PARTITION, Map.of());
  }
}
