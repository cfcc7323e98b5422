// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How far appends to each partition were acknowledged, remembered outside the log: a log that ends
 * below has lost events that somebody was promised.
 */
public interface Acknowledged {
  /** Remembers nothing. */
  Acknowledged NOTHING =
      new Acknowledged() {
        @Override
        public long end(String topicId, int partition) {
          return 0;
        }

        @Override
        public CompletableFuture<Void> keep(String topicId, Map<Integer, Long> ends) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void accept(String topicId, int partition, long end) {}
      };

  /** One past the last acknowledged position of a partition; 0 where none is known. */
  long end(String topicId, int partition);

  /**
   * Remembers more, before it is acknowledged; an end below the one that is known changes nothing.
   *
   * @param ends one past the last position, by partition
   * @return done when what is remembered outlives what the log's durability promises
   */
  CompletableFuture<Void> keep(String topicId, Map<Integer, Long> ends);

  /** Takes a lower end for true: the loss of what was acknowledged above it has been accepted. */
  void accept(String topicId, int partition, long end);
}
