// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.anabranch.view.StreamDefinition;

/** The immutable, append-only log of all streams: one topic a stream. */
public interface Log extends AutoCloseable {
  /**
   * Opens a stream's topic, which is created if it is not there.
   *
   * @throws TopicRefusedException if a topic is there that cannot be used
   */
  StreamLog open(StreamDefinition stream);

  /** How far appends were acknowledged, as it is remembered outside the log. */
  Acknowledged acknowledged();

  @Override
  void close();
}
