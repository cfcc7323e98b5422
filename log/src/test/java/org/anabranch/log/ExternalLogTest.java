// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.file.Path;
import java.util.Map;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The log on a cluster of which only the address is known; its broker flushes every append. */
final class ExternalLogTest extends LogContract {
  @TempDir private static Path directory;
  private static EmbeddedBroker elsewhere;

  @BeforeAll
  static void start() {
    elsewhere = OpenBroker.start(directory, Durability.POWER);
  }

  @AfterAll
  static void stop() {
    elsewhere.close();
  }

  @Override
  Log open() {
    ExternalCluster cluster =
        new ExternalCluster(elsewhere.bootstrapServers(), Map.of("security.protocol", "PLAINTEXT"));
    return new KafkaLog(cluster, Clock.SYSTEM);
  }
}
