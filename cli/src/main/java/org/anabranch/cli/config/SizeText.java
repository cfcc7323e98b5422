// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as {@code 65536}, {@code 64KiB}, {@code 512MiB}, {@code 2GiB}. */
public final class SizeText {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB)?");

  private SizeText() {}

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException saying how sizes are written
   */
  public static long bytes(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a size is a whole number with a unit, such as 64KiB, 512MiB or 2GiB");
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    long factor =
        switch (unit) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1;
        };
    try {
      return Math.multiplyExact(number, factor);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("it is larger than a size can be", e);
    }
  }
}
