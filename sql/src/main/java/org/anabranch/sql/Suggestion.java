// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Collection;
import java.util.Locale;

/** "Did you mean": the nearest of the names that would have been right. */
final class Suggestion {
  private Suggestion() {}

  /** A hint that names the nearest candidate, or an empty text if none is near. */
  static String didYouMean(String written, Collection<String> candidates) {
    String nearest = nearest(written, candidates);
    return nearest.isEmpty() ? "" : "did you mean '" + nearest + "'?";
  }

  /** The nearest candidate within a third of the word's length, or an empty text. */
  static String nearest(String written, Collection<String> candidates) {
    String word = written.toLowerCase(Locale.ROOT);
    int best = Math.max(1, word.length() / 3) + 1;
    String nearest = "";
    for (String candidate : candidates) {
      int distance = distance(word, candidate.toLowerCase(Locale.ROOT));
      if (distance < best && distance < Math.min(word.length(), candidate.length())) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest;
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
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[right.length()];
  }
}
