// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.HashMap;
import java.util.Map;

/** The configuration of the Kafka clients. */
final class ClientSettings {
  private static final String REQUEST_TIMEOUT = "request.timeout.ms";

  /** How long one request to the log may take, unless the cluster's owner says otherwise. */
  private static final int REQUEST_MILLIS = 10_000;

  private ClientSettings() {}

  /** How long an answer about topics is waited for: a second try is part of it. */
  static int answerMillis(Broker broker) {
    String request = broker.clientProperties().get(REQUEST_TIMEOUT);
    return request == null ? REQUEST_MILLIS : 2 * Integer.parseInt(request);
  }

  static Map<String, Object> admin(Broker broker) {
    Map<String, Object> settings = common(broker);
    settings.put("default.api.timeout.ms", answerMillis(broker));
    settings.put(REQUEST_TIMEOUT, answerMillis(broker) / 2);
    return settings;
  }

  /**
   * The producer's.
   *
   * @param bufferBytes about how much may wait to be sent
   */
  static Map<String, Object> producer(Broker broker, long bufferBytes) {
    Map<String, Object> settings = common(broker);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    // With more, a first batch that is refused for a moment (a new topic, a new leader) may be
    // overtaken by the second, which the broker then takes as the first of its producer.
    settings.put("max.in.flight.requests.per.connection", 1);
    settings.put("linger.ms", 1);
    settings.put("batch.size", 256 << 10);
    settings.put("buffer.memory", bufferBytes);
    // The limit that counts is the topic's, which is checked before a request is sent.
    settings.put("max.request.size", 64 << 20);
    settings.put("max.block.ms", answerMillis(broker));
    int request =
        Integer.parseInt(
            broker
                .clientProperties()
                .getOrDefault(REQUEST_TIMEOUT, Integer.toString(REQUEST_MILLIS)));
    settings.put(REQUEST_TIMEOUT, request);
    settings.put("delivery.timeout.ms", 3 * request);
    return settings;
  }

  static Map<String, Object> consumer(Broker broker, ReadLimits limits) {
    Map<String, Object> settings = common(broker);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none");
    settings.put("enable.auto.commit", false);
    settings.put("allow.auto.create.topics", false);
    settings.put("check.crcs", true);
    settings.put("max.poll.records", limits.records());
    settings.put("max.partition.fetch.bytes", limits.bytes());
    settings.put("fetch.min.bytes", 1);
    // A fetch that waits for events holds up one from another position for as long.
    settings.put("fetch.max.wait.ms", 100);
    settings.putIfAbsent("receive.buffer.bytes", -1);
    settings.put("default.api.timeout.ms", answerMillis(broker));
    return settings;
  }

  private static Map<String, Object> common(Broker broker) {
    Map<String, Object> settings = new HashMap<>(broker.clientProperties());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    // Also how often a topic is looked at again when nothing else gives cause to.
    settings.put("metadata.max.age.ms", 30_000);
    settings.putIfAbsent("reconnect.backoff.ms", 20);
    settings.putIfAbsent("reconnect.backoff.max.ms", 500);
    settings.putIfAbsent("retry.backoff.ms", 20);
    settings.put("metric.reporters", "");
    settings.put("enable.metrics.push", false);
    return settings;
  }
}
