// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and its controller in this process, on a durable directory. It listens on the
 * loopback interface only, at ports that are picked anew at every start.
 */
public final class EmbeddedBroker implements Broker {
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Durability durability;
  private final AtomicReference<String> fault = new AtomicReference<>();

  private EmbeddedBroker(KafkaRaftServer server, int port, Durability durability) {
    this.server = server;
    this.bootstrapServers = "127.0.0.1:" + port;
    this.durability = durability;
  }

  /**
   * Starts a broker on a directory, which it makes if it is not there.
   *
   * @param durability {@link Durability#PROCESS} or {@link Durability#POWER}
   * @throws LogUnavailableException if it does not start; nothing of it runs then
   */
  public static EmbeddedBroker start(Path directory, Durability durability) {
    if (durability == Durability.CLUSTER) {
      throw new IllegalArgumentException(
          "Cannot start an embedded broker with durability CLUSTER: it is one broker");
    }
    Path absolute = directory.toAbsolutePath();
    try {
      Files.createDirectories(absolute);
      format(absolute);
      return startOn(absolute, durability);
    } catch (LogUnavailableException e) {
      throw e;
    } catch (Exception e) {
      throw failure(absolute, e);
    }
  }

  private static EmbeddedBroker startOn(Path directory, Durability durability) throws IOException {
    int[] ports = freePorts();
    Properties settings = BrokerSettings.of(directory, ports[0], ports[1], durability);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    EmbeddedBroker broker = new EmbeddedBroker(server, ports[0], durability);
    FatalFaults.watch(broker);
    try {
      server.startup();
    } catch (RuntimeException e) {
      broker.abandon(e);
      throw failure(directory, e);
    }
    return broker;
  }

  /** Gives a new directory its cluster id. */
  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    String path = directory.toString();
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(BrokerSettings.NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(path)
        .setMetadataLogDirectory(path)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .setHasDynamicQuorum(false)
        .run();
  }

  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    }
  }

  private static LogUnavailableException failure(Path directory, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new LogUnavailableException(
        "Cannot start the embedded log in " + directory + ": " + root.getMessage(), cause);
  }

  private void abandon(RuntimeException reason) {
    try {
      close();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  void failed(String reason) {
    fault.compareAndSet(null, reason);
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public Map<String, String> clientProperties() {
    return Map.of();
  }

  @Override
  public Durability durability() {
    return durability;
  }

  @Override
  public Optional<String> fault() {
    return Optional.ofNullable(fault.get());
  }

  @Override
  public void close() {
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      FatalFaults.forget(this);
    }
  }
}
