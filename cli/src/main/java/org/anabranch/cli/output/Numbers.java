// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.output;

import java.util.Locale;

/** Numbers for eyes. */
public final class Numbers {
  private Numbers() {}

  /** With a comma every three digits. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  public static String fixed(double number, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }

  /** {@code 850 ms}, {@code 2.4 s}, {@code 3 min}, {@code 5 h}. */
  public static String duration(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 120_000) {
      return fixed(millis / 1_000.0, 1) + " s";
    }
    return millis < 7_200_000 ? millis / 60_000 + " min" : millis / 3_600_000 + " h";
  }
}
