// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/** The configuration of the embedded broker. */
final class BrokerSettings {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENTS = "CLIENTS";

  /** The largest batch of events, and so the largest event. */
  private static final int MAX_MESSAGE_BYTES = 8 << 20;

  private BrokerSettings() {}

  static Properties of(
      Path directory, int port, int controllerPort, Durability durability, BrokerSecret secret) {
    Properties properties = new Properties();
    network(properties, port, controllerPort);
    closed(properties, secret);
    alone(properties);
    properties.setProperty("log.dirs", directory.toString());
    properties.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    properties.setProperty("log.retention.ms", "-1");
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    properties.setProperty("metric.reporters", "");
    if (durability == Durability.POWER) {
      properties.setProperty("log.flush.interval.messages", "1");
    }
    return properties;
  }

  private static void network(Properties properties, int port, int controllerPort) {
    String address = CLIENTS + "://127.0.0.1:" + port;
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", Integer.toString(NODE));
    properties.setProperty("listeners", address + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.setProperty("advertised.listeners", address);
    properties.setProperty("controller.listener.names", CONTROLLER);
    properties.setProperty("inter.broker.listener.name", CLIENTS);
    properties.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    properties.setProperty("num.network.threads", "1");
    properties.setProperty("num.io.threads", "2");
    // A broker that crashed is believed alive for so long and cannot come back before; one that is
    // held up for longer is taken for dead.
    properties.setProperty("broker.session.timeout.ms", "2000");
    properties.setProperty("broker.heartbeat.interval.ms", "200");
  }

  /** Whoever does not know the secret of this start is turned away, on both ports. */
  private static void closed(Properties properties, BrokerSecret secret) {
    properties.setProperty(
        "listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    properties.setProperty("sasl.enabled.mechanisms", BrokerSecret.MECHANISM);
    properties.setProperty("sasl.mechanism.inter.broker.protocol", BrokerSecret.MECHANISM);
    properties.setProperty("sasl.mechanism.controller.protocol", BrokerSecret.MECHANISM);
    for (String listener : new String[] {CLIENTS, CONTROLLER}) {
      properties.setProperty(
          "listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config",
          secret.serverLogin());
    }
  }

  /** One broker replicates nothing. */
  private static void alone(Properties properties) {
    properties.setProperty("default.replication.factor", "1");
    for (String internal :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      properties.setProperty(internal + ".replication.factor", "1");
      properties.setProperty(internal + ".num.partitions", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("min.insync.replicas", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
  }
}
