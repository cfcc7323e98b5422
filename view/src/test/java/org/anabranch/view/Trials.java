// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Random;

/**
 * Repeats a check with random input that can be had again: every trial has a seed, printed where it
 * fails. {@code -Danabranch.seed=...} sets the first one, {@code -Danabranch.trials=...} multiplies
 * their number.
 */
public final class Trials {
  private static final long FIRST = Long.getLong("anabranch.seed", 20_011_231L);
  private static final int MORE = Integer.getInteger("anabranch.trials", 1);

  private Trials() {}

  /** A check that may fail in any way. */
  @FunctionalInterface
  public interface Check {
    void run(Random random) throws Exception;
  }

  public static void run(int times, Check check) {
    System.out.println("First seed: " + FIRST + ", trials: " + times * MORE);
    for (long seed = FIRST; seed < FIRST + (long) times * MORE; seed++) {
      try {
        check.run(new Random(seed));
      } catch (Throwable failure) {
        throw new AssertionError(
            "With -Danabranch.seed=" + seed + ": " + failure.getMessage(), failure);
      }
    }
  }
}
