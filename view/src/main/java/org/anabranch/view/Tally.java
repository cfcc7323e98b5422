// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the accepted rows of a coverage fared in one fold: {@code accepted = folded + filtered +
 * rejected}, in rows (a row in several windows counts once).
 *
 * <p>Merging two tallies of disjoint coverage adds the counts and keeps the earliest samples.
 *
 * @param folded rows that are in at least one group
 * @param filtered rows that WHERE or a null window time left out
 * @param rejected rows with an expression that could not be computed
 * @param samples the first {@link #MAX_SAMPLES} rejected rows by lane and position
 */
public record Tally(long folded, long filtered, long rejected, List<Sample> samples) {
  /** How many rejected rows are listed. */
  public static final int MAX_SAMPLES = 20;

  public static final Tally ZERO = new Tally(0, 0, 0, List.of());

  public Tally {
    samples = List.copyOf(samples);
  }

  /** A rejected row and why. */
  public record Sample(Lane lane, long position, String reason) {}

  public long accepted() {
    return folded + filtered + rejected;
  }

  public Tally merge(Tally other) {
    List<Sample> earliest =
        Stream.concat(samples.stream(), other.samples.stream())
            .sorted(
                java.util.Comparator.comparing(Sample::lane).thenComparingLong(Sample::position))
            .limit(MAX_SAMPLES)
            .toList();
    return new Tally(
        folded + other.folded, filtered + other.filtered, rejected + other.rejected, earliest);
  }
}
