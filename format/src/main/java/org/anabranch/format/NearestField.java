// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anabranch.view.StreamDefinition;

/** The field of a stream that was probably meant by a name that is none. */
public final class NearestField {
  private NearestField() {}

  /** {@code ; did you mean "name"?}, or an empty text. */
  static String didYouMean(String name, StreamDefinition stream) {
    return of(name, stream).map(nearest -> "; did you mean \"" + nearest + "\"?").orElse("");
  }

  /** The field of a stream that is nearest, if one is near. */
  public static Optional<String> of(String name, StreamDefinition stream) {
    return of(name, stream.schema().columns().stream().map(StreamReaders::field).toList());
  }

  static Optional<String> of(String name, List<String> known) {
    String nearest = null;
    int least = Math.max(1, Math.min(3, name.length() / 3)) + 1;
    for (String field : known) {
      int distance = distance(folded(name), folded(field), least);
      if (distance < least) {
        least = distance;
        nearest = field;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** How many letters are changed, put in, left out, or exchanged with the next one. */
  private static int distance(String a, String b, int enough) {
    if (Math.abs(a.length() - b.length()) >= enough) {
      return enough;
    }
    int[][] costs = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        costs[i][j] = i == 0 || j == 0 ? i + j : cost(a, b, i, j, costs);
      }
    }
    return costs[a.length()][b.length()];
  }

  private static int cost(String a, String b, int i, int j, int[][] costs) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int cost = Math.min(costs[i - 1][j], costs[i][j - 1]) + 1;
    cost = Math.min(cost, costs[i - 1][j - 1] + (same ? 0 : 1));
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
  }
}
