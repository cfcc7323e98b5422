// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names in messages: what was probably meant. */
final class Names {
  private static final int FARTHEST = 3;

  private Names() {}

  /** {@code ; did you mean 'x'?}, or a list of what there is. */
  static String suggestion(String name, List<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int farthest = Math.min(FARTHEST, (wanted.length() + 1) / 2 - 1);
    return known.stream()
        .filter(other -> distance(wanted, other.toLowerCase(Locale.ROOT)) <= farthest)
        .min(Comparator.comparingInt(other -> distance(wanted, other.toLowerCase(Locale.ROOT))))
        .map(closest -> "; did you mean '" + closest + "'?")
        .orElse(known.isEmpty() ? "; there is none" : "; there are " + listed(known));
  }

  private static String listed(List<String> known) {
    int shown = Math.min(known.size(), 20);
    return String.join(", ", known.subList(0, shown)) + (shown < known.size() ? ", ..." : "");
  }

  /** How many characters must be added, removed or changed. */
  private static int distance(String left, String right) {
    int[] costs = new int[right.length() + 1];
    for (int j = 0; j < costs.length; j++) {
      costs[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(changed, Math.min(costs[j], costs[j - 1]) + 1);
      }
    }
    return costs[right.length()];
  }
}
