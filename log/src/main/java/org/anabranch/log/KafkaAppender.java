// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Sends the events of a stream. */
final class KafkaAppender {
  /** More than Kafka adds to an event that is alone in its batch. */
  private static final int OVERHEAD = 128;

  private final Producer<byte[], byte[]> producer;
  private final Broker broker;
  private final WatchedTopic watched;
  private final String stream;
  private final String topic;
  private final int maxBytes;
  private final PendingAppend.Remembering remembering;

  KafkaAppender(
      Producer<byte[], byte[]> producer,
      Broker broker,
      WatchedTopic watched,
      String stream,
      String topic,
      int maxBytes,
      PendingAppend.Remembering remembering) {
    this.producer = producer;
    this.broker = broker;
    this.watched = watched;
    this.stream = stream;
    this.topic = topic;
    this.maxBytes = maxBytes;
    this.remembering = remembering;
  }

  /**
   * @param partition where events go that have neither a key nor a partition of their own
   */
  CompletableFuture<Appended> append(List<Event> events, int partition) {
    try {
      checkSizes(events);
      checkObstacle();
      reach();
    } catch (LogException e) {
      return CompletableFuture.failedFuture(e);
    }
    PendingAppend pending = new PendingAppend(events.size(), stream, broker, watched, remembering);
    for (int index = 0; index < events.size(); index++) {
      try {
        // The acknowledgement hears what the future would say.
        Future<RecordMetadata> unused =
            producer.send(record(events.get(index), partition), pending.acknowledgement(index));
      } catch (KafkaException | IllegalStateException e) {
        for (int unsent = index; unsent < events.size(); unsent++) {
          pending.failed(e);
        }
        break;
      }
    }
    return pending.result();
  }

  private void checkObstacle() {
    broker
        .obstacle()
        .ifPresent(
            obstacle -> {
              throw new LogUnavailableException(
                  "Cannot append to stream '" + stream + "': " + obstacle);
            });
  }

  /** Makes sure that a broker answers before anything is sent: what fails here changed nothing. */
  private void reach() {
    try {
      producer.partitionsFor(topic);
    } catch (KafkaException | IllegalStateException e) {
      throw KafkaFailures.unavailable("append to stream '" + stream + "'", broker, e);
    }
  }

  private void checkSizes(List<Event> events) {
    for (int index = 0; index < events.size(); index++) {
      long bytes = size(events.get(index));
      if (bytes > maxBytes) {
        throw new EventTooLargeException(stream, index, bytes, maxBytes);
      }
    }
  }

  private static long size(Event event) {
    long bytes = OVERHEAD + (long) event.value().length;
    bytes += event.key() == null ? 0 : event.key().length;
    for (Map.Entry<String, String> header : event.headers().entrySet()) {
      bytes += 3L * (header.getKey().length() + header.getValue().length()) + 10;
    }
    return bytes;
  }

  private ProducerRecord<byte[], byte[]> record(Event event, int partition) {
    Integer chosen = event.key() == null ? Integer.valueOf(partition) : null;
    if (event.partition() != Event.ANY_PARTITION) {
      chosen = event.partition();
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, chosen, event.key(), event.value());
    event
        .headers()
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
