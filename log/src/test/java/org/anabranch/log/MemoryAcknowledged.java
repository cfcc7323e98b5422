// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Acknowledged ends in memory, as long as the log that they are of. */
public final class MemoryAcknowledged implements Acknowledged {
  private final Map<String, Long> ends = new ConcurrentHashMap<>();

  private static String key(String topicId, int partition) {
    return topicId + "/" + partition;
  }

  @Override
  public long end(String topicId, int partition) {
    return ends.getOrDefault(key(topicId, partition), 0L);
  }

  @Override
  public CompletableFuture<Void> keep(String topicId, Map<Integer, Long> reached) {
    reached.forEach((partition, end) -> ends.merge(key(topicId, partition), end, Math::max));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void accept(String topicId, int partition, long end) {
    ends.computeIfPresent(key(topicId, partition), (key, known) -> Math.min(known, end));
  }
}
