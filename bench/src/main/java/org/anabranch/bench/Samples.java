// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured numbers. */
final class Samples {
  private double[] values = new double[16];
  private int size;

  synchronized void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Adds the nanoseconds since a reading of the nano clock. */
  void addSince(long startedNanos) {
    add((double) (System.nanoTime() - startedNanos));
  }

  /** The value below which this share of all values lies, by nearest rank. */
  synchronized double quantile(double share) {
    if (size == 0) {
      throw new IllegalStateException("Cannot take a quantile: nothing was measured");
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
  }

  double median() {
    return quantile(0.5);
  }

  /** Median, smallest and greatest, as whole numbers. */
  String spread() {
    return String.format(Locale.ROOT, "%,.0f (%,.0f - %,.0f)", median(), quantile(0), quantile(1));
  }

  /** Latencies that were added in nanoseconds, in milliseconds. */
  String latencies() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, max %.2f ms",
        quantile(0.5) / 1e6,
        quantile(0.99) / 1e6,
        quantile(1) / 1e6);
  }

  /** How many of something were done in a second, since a reading of the nano clock. */
  static double perSecond(long count, long startedNanos) {
    return count * 1e9 / Math.max(1, System.nanoTime() - startedNanos);
  }
}
