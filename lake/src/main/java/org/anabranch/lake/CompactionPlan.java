// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.anabranch.view.Coverage;
import org.apache.iceberg.DataFile;

/**
 * Chooses which files to join: neighbours, at least {@code factor} of them, none larger than the
 * others together, in all not above the target. So a row is in a file at least twice as large after
 * every rewrite, which bounds the rewrites by the logarithm of the target, and the files that stay
 * unjoined shrink by half from one to the next or so, which bounds their number.
 */
final class CompactionPlan {
  private final long target;
  private final int factor;
  private final Predicate<DataFile> apart;

  /**
   * @param apart files that are not joined with others, such as damaged ones
   */
  CompactionPlan(long target, int factor, Predicate<DataFile> apart) {
    this.target = target;
    this.factor = factor;
    this.apart = apart;
  }

  /** Neighbours to join, those with the smallest largest file, or none. */
  List<DataFile> choose(
      List<DataFile> files, List<Coverage> boundaries, Function<DataFile, Coverage> coverage) {
    Choice best = null;
    for (List<DataFile> group : groups(files, boundaries, coverage)) {
      for (int first = 0; first + factor <= group.size(); first++) {
        Choice choice = from(group, first);
        if (choice != null && (best == null || choice.largest < best.largest)) {
          best = choice;
        }
      }
    }
    return best == null ? List.of() : List.copyOf(best.files);
  }

  private record Choice(List<DataFile> files, long largest) {}

  /** The shortest choice that starts at a file, and the files of about its size after it. */
  private Choice from(List<DataFile> group, int first) {
    Choice choice = null;
    long total = 0;
    long largest = 0;
    for (int i = first; i < group.size(); i++) {
      long size = group.get(i).fileSizeInBytes();
      total += size;
      largest = Math.max(largest, size);
      if (total > target || (choice != null && size > 2 * choice.largest)) {
        break;
      }
      if (i - first + 1 >= factor && largest <= total - largest) {
        long measure = choice == null ? largest : choice.largest;
        choice = new Choice(group.subList(first, i + 1), measure);
      }
    }
    return choice;
  }

  /** Runs of neighbours that are small enough and on the same side of every boundary. */
  private List<List<DataFile>> groups(
      List<DataFile> files, List<Coverage> boundaries, Function<DataFile, Coverage> coverage) {
    List<List<DataFile>> groups = new ArrayList<>();
    List<Side> before = null;
    for (DataFile file : files) {
      if (file.fileSizeInBytes() >= target || apart.test(file)) {
        before = null;
        continue;
      }
      List<Side> sides = boundaries.isEmpty() ? List.of() : sides(coverage.apply(file), boundaries);
      if (!sides.equals(before) || sides.contains(Side.ACROSS)) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(file);
      before = sides;
    }
    return groups;
  }

  private enum Side {
    INSIDE,
    OUTSIDE,
    ACROSS
  }

  private static List<Side> sides(Coverage file, List<Coverage> boundaries) {
    return boundaries.stream().map(boundary -> side(file, boundary)).toList();
  }

  private static Side side(Coverage file, Coverage boundary) {
    if (boundary.containsAll(file)) {
      return Side.INSIDE;
    }
    return boundary.overlaps(file) ? Side.ACROSS : Side.OUTSIDE;
  }
}
