// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random small coverages. */
public final class RandomCoverages {
  public static final List<Lane> LANES =
      List.of(new Lane("a", 0, 0), new Lane("a", 0, 1), new Lane("b-_9", 1, 0));

  private RandomCoverages() {}

  /** Some ranges below the given position on some lanes. */
  public static Coverage any(Random random, int below) {
    Coverage.Builder builder = new Coverage.Builder();
    for (Lane lane : LANES) {
      for (int i = random.nextInt(4); i > 0; i--) {
        int from = random.nextInt(below);
        builder.add(lane, new Range(from, from + random.nextInt(below - from)));
      }
    }
    return builder.build();
  }

  /** Disjoint coverages that add up to the given one, some of them possibly empty. */
  public static List<Coverage> pieces(Random random, Coverage whole, int count) {
    List<Coverage.Builder> builders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      builders.add(new Coverage.Builder());
    }
    whole
        .ranges()
        .forEach(
            (lane, ranges) -> {
              for (Range range : ranges) {
                long longest = Math.max(1, 2 * range.length() / count);
                long from = range.from();
                while (from < range.to()) {
                  long to =
                      Math.min(range.to(), from + 1 + Math.floorMod(random.nextLong(), longest));
                  builders.get(random.nextInt(count)).add(lane, new Range(from, to));
                  from = to;
                }
              }
            });
    return builders.stream().map(Coverage.Builder::build).toList();
  }
}
