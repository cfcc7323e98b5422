// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.time.Duration;
import java.util.Objects;

/**
 * How much one read takes.
 *
 * @param records at most this many records
 * @param bytes about this many bytes, at least one record
 * @param patience how long to wait at most where there is nothing to read
 */
public record ReadLimits(int records, int bytes, Duration patience) {
  /** Chunks that fit a processor's cache, and hardly any waiting. */
  public static final ReadLimits DEFAULT = new ReadLimits(4_096, 4 << 20, Duration.ofMillis(1));

  public ReadLimits {
    Objects.requireNonNull(patience, "patience is null");
    if (records < 1 || bytes < 1 || patience.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot read " + records + " records of " + bytes + " bytes, waiting " + patience);
    }
  }
}
