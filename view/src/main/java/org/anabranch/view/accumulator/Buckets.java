// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/**
 * Ranges of doubles that are about as wide as they are large: a bucket is a range of {@link
 * Double#doubleToLongBits} of the magnitude. Indexes are in the order of the values.
 *
 * <p>At level 0 a power of two is divided in 128 buckets, each centred on a number of 8 significant
 * bits, whence the half bucket that is added to the bits. A bucket of the next level is a union of
 * buckets: two neighbours, but zero and the infinities stay alone.
 */
final class Buckets {
  /** The bits of a double that level 0 does not tell apart. */
  private static final int WIDTH = 45;

  private static final long HALF = 1L << (WIDTH - 1);

  /** The bits of the largest finite double; those above are infinite or no numbers. */
  private static final long LARGEST = 0x7FEFFFFFFFFFFFFFL;

  private Buckets() {}

  /** The bucket of a number, which may be infinite but not NaN. */
  static int index(double value, int level) {
    if (value == 0) {
      return 0;
    }
    int magnitude = Double.isInfinite(value) ? infinity(level) : finite(Math.abs(value), level);
    return value < 0 ? -magnitude : magnitude;
  }

  /** The bucket at the next level that contains a bucket of this level. */
  static int raised(int index, int level) {
    if (index == 0) {
      return 0;
    }
    int magnitude = Math.abs(index);
    int raised = magnitude == infinity(level) ? infinity(level + 1) : (magnitude - 1) / 2 + 1;
    return index < 0 ? -raised : raised;
  }

  /** The number that stands for all of a bucket: its middle by bits. */
  static double middle(int index, int level) {
    if (index == 0) {
      return 0;
    }
    int magnitude = Math.abs(index);
    double middle = magnitude == infinity(level) ? Double.POSITIVE_INFINITY : of(magnitude, level);
    return index < 0 ? -middle : middle;
  }

  private static double of(int magnitude, int level) {
    long start = ((long) (magnitude - 1) << (WIDTH + level)) - HALF;
    return Double.longBitsToDouble(Math.min(start + (HALF << level), LARGEST));
  }

  private static int finite(double magnitude, int level) {
    return (int) ((Double.doubleToRawLongBits(magnitude) + HALF) >>> (WIDTH + level)) + 1;
  }

  private static int infinity(int level) {
    return finite(Double.MAX_VALUE, level) + 1;
  }
}
