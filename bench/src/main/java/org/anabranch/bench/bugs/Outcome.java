// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench.bugs;

/** What became of a seeded bug. */
enum Outcome {
  /** A test failed. */
  FOUND,
  /** All tests passed. */
  SURVIVED,
  /** The changed source does not compile, or no test ran: nothing is shown. */
  UNUSABLE;

  /**
   * Judges a build of the copy.
   *
   * @param status the exit status of the build
   * @param output what it printed
   */
  static Outcome of(int status, String output) {
    if (output.contains("COMPILATION ERROR")) {
      return UNUSABLE;
    }
    if (!output.contains("Tests run:") && !output.contains("There was a timeout")) {
      return UNUSABLE;
    }
    return status == 0 ? SURVIVED : FOUND;
  }
}
