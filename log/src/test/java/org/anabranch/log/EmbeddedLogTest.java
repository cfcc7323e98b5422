// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.file.Path;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The log on the embedded broker. */
final class EmbeddedLogTest extends LogContract {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(directory, Durability.PROCESS);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  Log open() {
    return new KafkaLog(broker, Clock.SYSTEM);
  }
}
