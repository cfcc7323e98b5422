// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the nearest of the names that would have been right. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate that differs from a word in the fewest letters, whatever their case: within a
   * third of the word's length, or one letter of a short word, and in fewer than either has.
   */
  public static Optional<String> of(String written, Collection<String> candidates) {
    String word = written.toLowerCase(Locale.ROOT);
    int best = Math.max(1, word.length() / 3) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      int bound = Math.min(best, Math.min(word.length(), candidate.length()));
      if (Math.abs(word.length() - candidate.length()) < bound) {
        int distance = distance(word, candidate.toLowerCase(Locale.ROOT));
        if (distance < bound) {
          best = distance;
          nearest = Optional.of(candidate);
        }
      }
    }
    return nearest;
  }

  /** {@code did you mean 'x'?}, behind what leads up to it, or an empty text if none is near. */
  public static String question(String before, String written, Collection<String> candidates) {
    return of(written, candidates)
        .map(nearest -> before + "did you mean '" + nearest + "'?")
        .orElse("");
  }

  /** How many letters to insert, drop, replace or swap with their neighbour. */
  static int distance(String left, String right) {
    int[] beforeLast = new int[right.length() + 1];
    int[] last = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean equal = left.charAt(i - 1) == right.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (equal ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
        if (isSwap(left, i, right, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[right.length()];
  }

  private static boolean isSwap(String left, int i, String right, int j) {
    return i > 1
        && j > 1
        && left.charAt(i - 1) == right.charAt(j - 2)
        && left.charAt(i - 2) == right.charAt(j - 1);
  }
}
