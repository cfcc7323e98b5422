// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** A request of which some events are not acknowledged yet. */
final class PendingAppend {
  private final int[] partitions;
  private final long[] positions;
  private final long[] times;
  private final String stream;
  private final Broker broker;
  private final WatchedTopic watched;
  private final Remembering remembering;
  private final AtomicInteger open;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CompletableFuture<Appended> result = new CompletableFuture<>();
  private volatile boolean allRefused = true;

  /** Remembers how far a topic was acknowledged before anybody is told. */
  interface Remembering {
    CompletableFuture<Void> keep(Map<Integer, Long> ends);
  }

  PendingAppend(
      int events, String stream, Broker broker, WatchedTopic watched, Remembering remembering) {
    this.partitions = new int[events];
    this.positions = new long[events];
    this.times = new long[events];
    this.stream = stream;
    this.broker = broker;
    this.watched = watched;
    this.remembering = remembering;
    this.open = new AtomicInteger(events);
    if (events == 0) {
      result.complete(new Appended(partitions, positions, times));
    }
  }

  CompletableFuture<Appended> result() {
    return result;
  }

  Callback acknowledgement(int index) {
    return (metadata, problem) -> {
      if (problem == null) {
        acknowledged(index, metadata);
      } else {
        failed(problem);
      }
    };
  }

  private void acknowledged(int index, RecordMetadata metadata) {
    partitions[index] = metadata.partition();
    positions[index] = metadata.offset();
    times[index] = metadata.timestamp();
    acknowledged.incrementAndGet();
    answered();
  }

  /** One event more that was not acknowledged. */
  void failed(Throwable problem) {
    if (!neverSent(problem)) {
      allRefused = false;
    }
    failure.compareAndSet(null, problem);
    answered();
  }

  /** Whether the event certainly is not in the log. */
  private static boolean neverSent(Throwable problem) {
    return problem instanceof BufferExhaustedException
        || problem instanceof RecordTooLargeException
        || problem instanceof AuthorizationException
        || problem instanceof IllegalStateException;
  }

  private void answered() {
    if (open.decrementAndGet() == 0) {
      // Finishing completes the result, whichever way.
      CompletableFuture<Void> unused =
          watched.verifyLater().whenComplete((nothing, problem) -> finish(problem));
    }
  }

  private void finish(Throwable topicProblem) {
    if (failure.get() != null) {
      result.completeExceptionally(failed());
    } else if (topicProblem != null) {
      result.completeExceptionally(unverified(KafkaFailures.cause(topicProblem)));
    } else {
      remember(new Appended(partitions, positions, times));
    }
  }

  private void remember(Appended appended) {
    CompletableFuture<Void> unused =
        remembering
            .keep(appended.ends())
            .whenComplete(
                (nothing, problem) -> {
                  if (problem == null) {
                    result.complete(appended);
                  } else {
                    result.completeExceptionally(unverified(KafkaFailures.cause(problem)));
                  }
                });
  }

  private LogException failed() {
    Throwable cause = failure.get();
    String reason = KafkaFailures.reason(broker, cause);
    if (allRefused && acknowledged.get() == 0) {
      return new LogUnavailableException(
          "Cannot append to stream '" + stream + "': " + reason + "; nothing was appended", cause);
    }
    return unknown(reason, cause);
  }

  /** The log took the events, but whether in the right topic cannot be said. */
  private LogException unverified(Throwable problem) {
    if (problem instanceof TopicRecreatedException recreated) {
      return recreated;
    }
    return unknown(KafkaFailures.reason(broker, problem), problem);
  }

  private UnknownOutcomeException unknown(String reason, Throwable cause) {
    return new UnknownOutcomeException(
        "Cannot tell what was appended to stream '"
            + stream
            + "': "
            + acknowledged.get()
            + " of "
            + positions.length
            + " events were acknowledged, then: "
            + reason
            + "; the others may be in the log or not",
        acknowledged.get(),
        cause);
  }
}
