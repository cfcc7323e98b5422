// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

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

  @Override
  void close();
}
