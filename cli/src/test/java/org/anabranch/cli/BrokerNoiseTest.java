// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Only lines that are known to mean nothing are kept back. */
final class BrokerNoiseTest {
  private static boolean isShown(String logger, String text) {
    LogRecord record = new LogRecord(Level.SEVERE, text);
    record.setLoggerName(logger);
    return new BrokerNoise().isLoggable(record);
  }

  @Test
  void aHeartbeatThatALoadedMachineHeldUpIsNoError() {
    String text =
        "[QuorumController id=1] processExpiredBrokerHeartbeat: controller event queue overloaded."
            + " Timed out heartbeat from broker 1.";
    assertFalse(isShown("org.apache.kafka.controller.ReplicationControlManager", text));
    assertTrue(isShown("org.anabranch.log.EmbeddedBroker", text));
  }

  @Test
  void aRealFaultIsShown() {
    assertTrue(
        isShown(
            "org.apache.kafka.controller.ReplicationControlManager",
            "[QuorumController id=1] Error replaying a record"));
    assertTrue(
        isShown(
            "org.apache.kafka.storage.internals.log.LogManager", "Shutdown broker because all"));
    assertTrue(isShown(null, null));
  }
}
