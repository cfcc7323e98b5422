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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.anabranch.log.recovery.LogInspection;
import org.anabranch.log.recovery.PartitionPlace;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this process, on a durable directory. It listens on the
 * loopback interface only, at ports that are picked anew at every start.
 */
public final class EmbeddedBroker implements Broker {
  private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** A broker that has not stopped by then does not stop. */
  private static final Duration STOPPING = Duration.ofSeconds(30);

  /**
   * A broker that cannot write ends for good. So appends stop while there is room for what it and
   * the other writers of the disk have begun.
   */
  private static final long RESERVE_BYTES = 64L << 20;

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final Path directory;
  private final LongSupplier freeBytes;
  private final String bootstrapServers;
  private final Durability durability;
  private final BrokerSecret secret;
  private final List<String> notes;
  private final AtomicReference<String> fault = new AtomicReference<>();

  private EmbeddedBroker(
      KafkaRaftServer server,
      DirectoryLock lock,
      Path directory,
      LongSupplier freeBytes,
      int port,
      Durability durability,
      BrokerSecret secret,
      List<String> notes) {
    this.server = server;
    this.lock = lock;
    this.directory = directory;
    this.freeBytes = freeBytes;
    this.bootstrapServers = "127.0.0.1:" + port;
    this.durability = durability;
    this.secret = secret;
    this.notes = notes;
  }

  /**
   * Starts a broker on a directory, which it makes if it is not there.
   *
   * @param durability {@link Durability#PROCESS} or {@link Durability#POWER}
   * @throws LogUnavailableException if it does not start; nothing of it runs then
   */
  public static EmbeddedBroker start(Path directory, Durability durability) {
    return start(directory, durability, directory.toFile()::getUsableSpace, settings -> settings);
  }

  /**
   * @param freeBytes how much room the directory's disk has
   * @param changes what is to be unlike the settings of every embedded broker
   */
  static EmbeddedBroker start(
      Path directory,
      Durability durability,
      LongSupplier freeBytes,
      UnaryOperator<Properties> changes) {
    if (durability == Durability.CLUSTER) {
      throw new IllegalArgumentException(
          "Cannot start an embedded broker with durability CLUSTER: it is one broker");
    }
    Path absolute = directory.toAbsolutePath();
    try {
      Files.createDirectories(absolute);
      return start(absolute, DirectoryLock.of(absolute), durability, freeBytes, changes);
    } catch (IOException e) {
      throw failure(absolute, e);
    }
  }

  private static EmbeddedBroker start(
      Path directory,
      DirectoryLock lock,
      Durability durability,
      LongSupplier freeBytes,
      UnaryOperator<Properties> changes) {
    EmbeddedBroker broker;
    try {
      List<String> notes = LogInspection.of(directory);
      notes.forEach(note -> LOGGER.warn("the log: {}", note));
      format(directory);
      BrokerSecret secret = BrokerSecret.make();
      int[] ports = freePorts();
      Properties settings =
          changes.apply(BrokerSettings.of(directory, ports[0], ports[1], durability, secret));
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
      broker =
          new EmbeddedBroker(
              server, lock, directory, freeBytes, ports[0], durability, secret, notes);
    } catch (Exception e) {
      lock.close();
      throw failure(directory, e);
    }
    FatalFaults.watch(broker);
    try {
      broker.server.startup();
      return broker;
    } catch (RuntimeException e) {
      // What did not start may not stop either; it keeps its lock then.
      broker.stop(Duration.ofSeconds(2));
      throw failure(directory, e);
    }
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
    LogInspection.remember(directory);
  }

  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    }
  }

  private static LogException failure(Path directory, Exception cause) {
    if (cause instanceof LogException known) {
      return known;
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new LogUnavailableException(
        "Cannot start the embedded log in " + directory + ": " + root.getMessage(), cause);
  }

  void failed(String reason) {
    fault.compareAndSet(null, reason + OpenFiles.shortage());
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public Map<String, String> clientProperties() {
    return secret.clientProperties();
  }

  @Override
  public Durability durability() {
    return durability;
  }

  @Override
  public Optional<String> obstacle() {
    long free = freeBytes.getAsLong();
    return free >= RESERVE_BYTES
        ? Optional.empty()
        : Optional.of(
            (free >> 20)
                + " MiB are free on the disk of "
                + directory
                + ", where "
                + (RESERVE_BYTES >> 20)
                + " MiB are kept in reserve; make room there");
  }

  @Override
  public Optional<String> fault() {
    return Optional.ofNullable(fault.get());
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public boolean isGapless() {
    return true;
  }

  @Override
  public String place(String topic, int partition, long position) {
    return PartitionPlace.of(directory, topic, partition, position);
  }

  @Override
  public void close() {
    // One that failed has nothing to write any more, and may wait for ever.
    Duration most = fault().isPresent() ? Duration.ofSeconds(2) : STOPPING;
    if (!stop(most)) {
      LOGGER.warn("the embedded broker did not stop within {}", most);
    }
  }

  /** Stops on a thread of its own: after a fault, Kafka may wait for ever for its own threads. */
  private boolean stop(Duration most) {
    Thread stopping =
        new Thread(
            () -> {
              server.shutdown();
              server.awaitShutdown();
            },
            "stop-embedded-broker");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    FatalFaults.forget(this);
    if (stopping.isAlive()) {
      return false;
    }
    lock.close();
    return true;
  }
}
