// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.time.Duration;
import java.util.Objects;

/**
 * How much one read takes.
 *
 * @param records at most this many records
 * @param bytes about this many bytes, at least one record
 * @param wait at most this long where there is nothing to read
 */
public record Limits(int records, int bytes, Duration wait) {
  /** Chunks that fit a processor's cache, and hardly any waiting. */
  public static final Limits DEFAULT = new Limits(4_096, 4 << 20, Duration.ofMillis(1));

  public Limits {
    Objects.requireNonNull(wait, "wait is null");
    if (records < 1 || bytes < 1 || wait.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot read " + records + " records of " + bytes + " bytes, waiting " + wait);
    }
  }
}
