// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.anabranch.view.Coverage;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;

final class CompactionPlanTest {
  private static final long TARGET = 64_000;

  private static DataFile file(long from, long to, long bytes) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(from + "-" + to + ".parquet")
        .withFileSizeInBytes(bytes)
        .withRecordCount(to - from)
        .build();
  }

  private static Coverage coverage(DataFile file) {
    String[] bounds = file.location().replace(".parquet", "").split("-", -1);
    return Coverage.of(Fixtures.lane(0), Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
  }

  private static List<DataFile> choose(List<DataFile> files, Coverage... boundaries) {
    return new CompactionPlan(TARGET, 4, file -> false)
        .choose(files, List.of(boundaries), CompactionPlanTest::coverage);
  }

  private static List<DataFile> equal(int count, long bytes) {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(file(i * 10L, i * 10L + 10, bytes));
    }
    return files;
  }

  @Test
  void fewFilesOrLargeFilesAreLeftAlone() {
    assertEquals(List.of(), choose(equal(3, 10)));
    assertEquals(List.of(), choose(equal(50, TARGET)));
    assertEquals(List.of(), choose(equal(50, TARGET / 2)));
  }

  @Test
  void neighboursAreJoinedAndNeverFilesOnBothSidesOfABoundary() {
    List<DataFile> files = equal(12, 10);
    assertEquals(files, choose(files));
    Coverage cut = Coverage.of(Fixtures.lane(0), 0, 50);
    assertEquals(files.subList(0, 5), choose(files, cut));
    Coverage inside = Coverage.of(Fixtures.lane(0), 0, 55);
    assertEquals(files.subList(0, 5), choose(files, inside));
    Coverage early = Coverage.of(Fixtures.lane(0), 0, 35);
    assertEquals(files.subList(4, 12), choose(files, early));
    assertEquals(List.of(), choose(files.subList(0, 7), early));
  }

  @Test
  void manyAppendsLeaveFewFilesAndRewriteEachRowAFewTimes() {
    Random random = new Random(4);
    List<DataFile> files = new ArrayList<>();
    long appended = 0;
    long rewritten = 0;
    Function<DataFile, Long> size = DataFile::fileSizeInBytes;
    for (int i = 0; i < 5_000; i++) {
      long bytes = 10L + random.nextInt(200);
      appended += bytes;
      files.add(file(i * 10L, i * 10L + 10, bytes));
      for (List<DataFile> chosen = choose(files); !chosen.isEmpty(); chosen = choose(files)) {
        long total = chosen.stream().mapToLong(size::apply).sum();
        assertTrue(total <= TARGET);
        rewritten += total;
        int first = files.indexOf(chosen.get(0));
        Coverage joined = coverage(chosen.get(0)).plus(Coverage.EMPTY);
        long end = coverage(chosen.get(chosen.size() - 1)).end(Fixtures.lane(0));
        long start = joined.ranges(Fixtures.lane(0)).get(0).from();
        files.subList(first, first + chosen.size()).clear();
        files.add(first, file(start, end, total));
      }
    }
    assertTrue(files.size() <= 12 + appended / (TARGET / 4), files.size() + " files");
    assertTrue(rewritten <= 8 * appended, rewritten + " bytes for " + appended);
  }
}
