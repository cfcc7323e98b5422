// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the log lives: a broker in this process, or a cluster elsewhere. */
public interface Broker extends AutoCloseable {
  /** {@code host:port} pairs, comma-separated. */
  String bootstrapServers();

  /** What clients need besides the address. */
  Map<String, String> clientProperties();

  Durability durability();

  /** What keeps events from being appended now, in words, though the broker runs. */
  Optional<String> obstacle();

  /** What ended the broker for good, if something did. The process should end too, then. */
  Optional<String> fault();

  /** What was found and done when it was started, in words. */
  default List<String> notes() {
    return List.of();
  }

  /** Where the bytes of a position are, for those who mend it, in words. */
  default String place(String topic, int partition, long position) {
    return "topic '" + topic + "' of the cluster";
  }

  /** Whether every position has a record, as there are no transactions and no compaction. */
  default boolean isGapless() {
    return false;
  }

  @Override
  void close();
}
