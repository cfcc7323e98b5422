// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.anabranch.view.Coverage;
import org.apache.iceberg.DataFile;

/**
 * Chooses which files to join, by size tiers: a tier's files are up to {@code factor} times as
 * large as those of the tier below, and {@code factor} neighbours of a tier or below make one of a
 * higher tier. So every row is rewritten O(log n) times and few small files are left.
 */
final class CompactionPlan {
  private static final int TIERS = 4;

  private final long target;
  private final int factor;

  CompactionPlan(long target, int factor) {
    this.target = target;
    this.factor = factor;
  }

  /** Neighbours to join, or none. */
  List<DataFile> choose(
      List<DataFile> files, List<Coverage> boundaries, Function<DataFile, Coverage> coverage) {
    long largest = target;
    for (int tier = 1; tier < TIERS; tier++) {
      largest /= factor;
    }
    for (int tier = 0; tier < TIERS; tier++) {
      for (int first = 0; first + factor <= files.size(); first++) {
        List<DataFile> run = run(files, first, largest);
        List<DataFile> joined =
            run.size() < factor ? List.of() : sameSide(run, boundaries, coverage);
        if (joined.size() >= factor) {
          return joined;
        }
      }
      largest *= factor;
    }
    return List.of();
  }

  /** Neighbours from the first on that are small enough, together and each. */
  private List<DataFile> run(List<DataFile> files, int first, long largest) {
    List<DataFile> run = new ArrayList<>();
    long total = 0;
    for (int i = first; i < files.size(); i++) {
      long size = files.get(i).fileSizeInBytes();
      total += size;
      if (size >= largest || total > target) {
        break;
      }
      run.add(files.get(i));
    }
    return run;
  }

  /** The files of a run that are on the same side of every boundary as its first. */
  private static List<DataFile> sameSide(
      List<DataFile> run, List<Coverage> boundaries, Function<DataFile, Coverage> coverage) {
    if (boundaries.isEmpty()) {
      return run;
    }
    List<DataFile> joined = new ArrayList<>();
    List<Side> side = sides(coverage.apply(run.get(0)), boundaries);
    for (DataFile file : run) {
      if (side.contains(Side.ACROSS) || !sides(coverage.apply(file), boundaries).equals(side)) {
        break;
      }
      joined.add(file);
    }
    return joined;
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
