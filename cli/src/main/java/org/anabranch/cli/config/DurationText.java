// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as {@code 250ms}, {@code 5s}, {@code 10m}, {@code 1h}, {@code 1d}. */
public final class DurationText {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * The milliseconds of a text.
   *
   * @throws IllegalArgumentException saying how durations are written
   */
  public static long millis(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a duration is a whole number with a unit, such as 250ms, 5s, 10m, 1h or 1d");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> number;
      case "s" -> number * 1_000;
      case "m" -> number * 60_000;
      case "h" -> number * 3_600_000;
      default -> number * 86_400_000;
    };
  }
}
