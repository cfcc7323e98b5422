// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/**
 * The rows of one lane in a data file: they stand together, in order of position.
 *
 * @param lane the lane
 * @param firstRow index of the first row in the file
 * @param rows how many there are, which may be none
 * @param ranges the positions that the file accounts for
 */
record Run(Lane lane, long firstRow, long rows, List<Range> ranges) {
  Run {
    ranges = List.copyOf(ranges);
  }

  static List<Run> parse(String text) {
    List<Run> runs = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      List<Range> ranges =
          Arrays.stream(parts[3].split(",", -1)).map(Run::range).collect(Collectors.toList());
      runs.add(
          new Run(
              Lane.parse(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), ranges));
    }
    return runs;
  }

  private static Range range(String text) {
    int dash = text.indexOf('-');
    return new Range(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  static String format(List<Run> runs) {
    return runs.stream().map(Run::toString).collect(Collectors.joining("\n"));
  }

  static Coverage coverage(List<Run> runs) {
    Coverage.Builder builder = new Coverage.Builder();
    runs.forEach(run -> run.ranges.forEach(range -> builder.add(run.lane, range)));
    return builder.build();
  }

  @Override
  public String toString() {
    return lane
        + " "
        + firstRow
        + " "
        + rows
        + " "
        + ranges.stream()
            .map(range -> range.from() + "-" + range.to())
            .collect(Collectors.joining(","));
  }
}
