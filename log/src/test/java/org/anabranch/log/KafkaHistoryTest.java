// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.file.Path;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The log is a history on a broker too. */
final class KafkaHistoryTest extends LogHistoryTest {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Log log;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(directory, Durability.PROCESS);
    log = new KafkaLog(broker, Clock.SYSTEM);
  }

  @AfterAll
  static void stop() {
    log.close();
    broker.close();
  }

  @Override
  Log log() {
    return log;
  }

  @Override
  protected int trials() {
    return 3;
  }
}
