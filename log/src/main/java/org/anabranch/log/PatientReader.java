// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.function.Consumer;
import org.anabranch.view.Clock;
import org.anabranch.view.Range;

/** Reads positions that are known to be in the log, waiting while they are on their way. */
final class PatientReader {
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final LaneReader reader;
  private final Clock clock;

  PatientReader(LaneReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Passes at least one position.
   *
   * @throws LogUnavailableException if none comes for long
   */
  Range read(long limit, Consumer<? super LogRecord> sink) {
    long started = clock.nanos();
    while (true) {
      Range passed = reader.read(limit, sink);
      if (!passed.isEmpty()) {
        return passed;
      }
      if (clock.nanos() - started > PATIENCE_NANOS) {
        throw new LogUnavailableException(
            "Cannot read position "
                + reader.position()
                + ": the log has it and has not delivered it for "
                + PATIENCE_NANOS / 1_000_000_000L
                + " s");
      }
    }
  }
}
