// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client's use of a topic: the topic is checked again only after the client got new metadata,
 * since only then may it have gone over to another topic of that name.
 */
final class WatchedTopic {
  private final TopicGuard guard;
  private final MetadataWatch watch;
  private final AtomicLong verified = new AtomicLong(-1);

  WatchedTopic(TopicGuard guard, MetadataWatch watch) {
    this.guard = guard;
    this.watch = watch;
  }

  /** Returns only if all that the client fetched so far is of the topic. */
  void verify() {
    long seen = watch.updates();
    if (seen != verified.get()) {
      guard.check();
      verified.accumulateAndGet(seen, Math::max);
    }
  }

  /** Completes only if all that the client has had acknowledged so far went to the topic. */
  CompletableFuture<Void> verifyLater() {
    long seen = watch.updates();
    if (seen == verified.get()) {
      return CompletableFuture.completedFuture(null);
    }
    return guard.checkLater().thenRun(() -> verified.accumulateAndGet(seen, Math::max));
  }
}
