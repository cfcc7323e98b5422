// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Comparator;

/** The place of a row in its stream: what decides between rows of equal order. */
public record RowId(int incarnation, int partition, long position) implements Comparable<RowId> {
  private static final Comparator<RowId> ORDER =
      Comparator.comparingInt(RowId::incarnation)
          .thenComparingInt(RowId::partition)
          .thenComparingLong(RowId::position);

  @Override
  public int compareTo(RowId other) {
    return ORDER.compare(this, other);
  }
}
