// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import org.anabranch.cli.config.DurationText;

/** Durations on the command line. */
final class Durations {
  private Durations() {}

  static long millis(String option, String text) {
    try {
      return DurationText.millis(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("Cannot use " + option + " '" + text + "': " + e.getMessage());
    }
  }
}
