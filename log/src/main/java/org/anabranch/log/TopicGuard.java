// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.anabranch.view.Clock;

/**
 * Makes sure that a topic's name still means the topic it meant. A topic id never comes back, so
 * whatever was fetched under the name before a check that finds the same id is of that topic.
 */
final class TopicGuard {
  /** Brokers learn of topics one after the other: for so long a missing one is not yet gone. */
  private static final long GRACE_NANOS = 5_000_000_000L;

  private final Topics topics;
  private final Broker broker;
  private final Clock clock;
  private final String stream;
  private final Topic topic;

  /** Measured, not read off the wall, which may be set; null while the topic is there. */
  private final AtomicReference<Long> missingSince = new AtomicReference<>();

  TopicGuard(Topics topics, Broker broker, Clock clock, String stream, Topic topic) {
    this.topics = topics;
    this.broker = broker;
    this.clock = clock;
    this.stream = stream;
    this.topic = topic;
  }

  /** Asks the cluster now. */
  void check() {
    String what = "check topic '" + topic.name() + "'";
    try {
      checkLater().get(ClientSettings.answerMillis(broker), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw KafkaFailures.unavailable(what, broker, e);
    } catch (InterruptedException | TimeoutException e) {
      throw KafkaFailures.unavailable(what, broker, e);
    }
  }

  CompletableFuture<Void> checkLater() {
    return topics.findLater(topic.name()).thenAccept(this::judge);
  }

  private void judge(Optional<Topic> found) {
    if (found.isEmpty()) {
      throw missing();
    }
    missingSince.set(null);
    if (!found.get().id().equals(topic.id())) {
      throw new TopicRecreatedException(
          stream, topic.name(), topic.id().toString(), found.get().id().toString());
    }
  }

  private LogException missing() {
    long now = clock.nanos();
    missingSince.compareAndSet(null, now);
    Long since = missingSince.get();
    if (since != null && now - since >= GRACE_NANOS) {
      return new TopicDeletedException(stream, topic.name(), topic.id().toString());
    }
    return new LogUnavailableException(
        "Cannot find topic '" + topic.name() + "' of stream '" + stream + "' just now");
  }
}
