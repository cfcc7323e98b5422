// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/**
 * How many different values filled the registers of a HyperLogLog: Ertl's improved raw estimator
 * ("New cardinality estimation algorithms for HyperLogLog sketches", 2017). It depends on the
 * registers only and needs no correction for small or large sets. Only +, -, *, / and sqrt, which
 * every JDK rounds alike.
 */
final class RegisterEstimate {
  /** 1 / (2 ln 2). */
  private static final double ALPHA = 0.7213475204444817;

  private static final int MAX_RANK = 53;

  private RegisterEstimate() {}

  static long of(byte[] registers) {
    int[] counts = new int[MAX_RANK + 1];
    for (byte rank : registers) {
      counts[rank]++;
    }
    double size = registers.length;
    double indicator = size * tau(1 - counts[MAX_RANK] / size);
    for (int rank = MAX_RANK - 1; rank >= 1; rank--) {
      indicator = 0.5 * (indicator + counts[rank]);
    }
    indicator += size * sigma(counts[0] / size);
    return Math.round(ALPHA * size * size / indicator);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = share;
    double weight = 1;
    double sum = share;
    double before;
    do {
      power *= power;
      before = sum;
      sum += power * weight;
      weight += weight;
    } while (sum != before);
    return sum;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double root = share;
    double weight = 1;
    double sum = 1 - share;
    double before;
    do {
      root = Math.sqrt(root);
      before = sum;
      weight *= 0.5;
      sum -= (1 - root) * (1 - root) * weight;
    } while (sum != before);
    return sum / 3;
  }
}
