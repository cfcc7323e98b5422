// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a cluster that wants to know who asks, and what is told about the password. */
final class SecuredLogTest extends LogContract {
  private static final String PASSWORD = "hunter2-" + System.nanoTime();
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  @TempDir private static Path directory;
  private static EmbeddedBroker elsewhere;

  @BeforeAll
  static void start() {
    elsewhere =
        EmbeddedBroker.start(
            directory, Durability.PROCESS, () -> Long.MAX_VALUE, SecuredLogTest::secured);
  }

  private static Properties secured(Properties settings) {
    String login = "listener.name.clients.plain.sasl.jaas.config";
    settings.setProperty(
        login, settings.getProperty(login).replace(";", " user_anna=\"%s\";".formatted(PASSWORD)));
    return settings;
  }

  @AfterAll
  static void stop() {
    elsewhere.close();
  }

  private static ExternalCluster cluster(String password) {
    Map<String, String> properties = new HashMap<>();
    properties.put("security.protocol", "SASL_PLAINTEXT");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put(
        "sasl.jaas.config", MODULE + "username=\"anna\" password=\"%s\";".formatted(password));
    return new ExternalCluster(elsewhere.bootstrapServers(), properties);
  }

  @Override
  Log open() {
    return new KafkaLog(cluster(PASSWORD), Clock.SYSTEM);
  }

  @Test
  void aWrongPasswordIsSaidAndNotTold() {
    String wrong = "wrong-" + PASSWORD;
    try (Log log = new KafkaLog(cluster(wrong), Clock.SYSTEM)) {
      LogException refused =
          assertThrows(LogException.class, () -> log.open(Streams.stream("refused", 1)));
      assertTrue(refused.getMessage().contains("Authentication failed"), refused.getMessage());
      for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
        assertFalse(cause.toString().contains(PASSWORD), "the password is in a message");
      }
    }
  }

  @Test
  void whatIsLoggedAtAnyLevelHasNoPasswordInIt() {
    try (LoggedLines lines = new LoggedLines(Logger.getLogger("org.apache.kafka"))) {
      try (Log log = open()) {
        StreamLog stream = log.open(Streams.stream("told", 1));
        stream.append(List.of(Streams.event(1, 0))).join();
        stream.reader(Streams.lane(stream, 0), 0, -1, ReadLimits.DEFAULT).close();
      }
      assertTrue(lines.contains("sasl.jaas.config = [hidden]"), "the settings were not logged");
      assertFalse(lines.contains(PASSWORD), "the password was logged");
      assertFalse(cluster(PASSWORD).toString().contains(PASSWORD), "the cluster shows it");
    }
  }

  @Test
  void anAddressWithoutALoginIsRefusedByTheBroker() {
    ExternalCluster nobody =
        new ExternalCluster(elsewhere.bootstrapServers(), Map.of("request.timeout.ms", "1000"));
    try (Log log = new KafkaLog(nobody, Clock.SYSTEM)) {
      long started = System.nanoTime();
      assertThrows(LogUnavailableException.class, () -> log.open(Streams.stream("nobody", 1)));
      long seconds = (System.nanoTime() - started) / 1_000_000_000L;
      assertTrue(seconds < 8, "request.timeout.ms was not heeded: " + seconds + " s");
    }
    assertEquals(Durability.CLUSTER, nobody.durability());
  }
}
