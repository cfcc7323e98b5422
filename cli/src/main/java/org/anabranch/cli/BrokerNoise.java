// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps back errors that the embedded broker logs of itself and gets over by itself, each of which
 * was seen on a busy machine or while it started or stopped. Its faults are no such line.
 */
final class BrokerNoise implements Filter {
  /** A logger, and what its line says. */
  private record Line(String logger, String text) {}

  private static final List<Line> MEANINGLESS =
      List.of(
          // Broker and controller are one process here: it was held up, and the next one counts.
          new Line(
              "org.apache.kafka.controller.ReplicationControlManager",
              "controller event queue overloaded. Timed out heartbeat"),
          // The registration is sent again once the controller is there, or not needed at the end.
          new Line("kafka.server.ControllerApis", "apiKey=CONTROLLER_REGISTRATION"));

  @Override
  public boolean isLoggable(LogRecord record) {
    String logger = String.valueOf(record.getLoggerName());
    String text = String.valueOf(record.getMessage());
    return MEANINGLESS.stream()
        .noneMatch(line -> logger.equals(line.logger()) && text.contains(line.text()));
  }
}
