// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.HistoryContract;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Vector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The master dataset is a history, however its rows were split into appends and joined again. */
final class LakeHistoryTest extends HistoryContract {
  private static final LakeLimits TINY =
      new LakeLimits(1 << 20, 3, 2_000, 7, 300_000, 3_600_000, 5, 3);

  @TempDir Path directory;
  private final Random random = new Random(11);
  private int joined;
  private final List<Lake> lakes = new ArrayList<>();

  @AfterEach
  void close() {
    System.out.println("Files joined: " + joined);
    lakes.forEach(Lake::close);
  }

  @Override
  protected int trials() {
    return 6;
  }

  @Override
  protected History history(Schema schema, List<List<Object[]>> partitions) throws Exception {
    Lake lake = Lake.open(directory.resolve("lake" + lakes.size()), new ManualClock(0), TINY);
    lakes.add(lake);
    LakeStream stream = lake.stream(Fixtures.stream("every type", schema));
    List<Lane> lanes = new ArrayList<>();
    for (int partition = 0; partition < partitions.size(); partition++) {
      lanes.add(stream.lanes().register("t", partition, 0, false));
    }
    long[] next = new long[lanes.size()];
    for (int commit = 0; appendSome(commit, stream, lanes, schema, partitions, next); commit++) {
      if (random.nextInt(4) == 0) {
        joined += stream.maintenance(List::of).step();
      }
    }
    return stream.master();
  }

  private boolean appendSome(
      int commit,
      LakeStream stream,
      List<Lane> lanes,
      Schema schema,
      List<List<Object[]>> partitions,
      long[] next)
      throws IOException {
    List<Rows> chunks = new ArrayList<>();
    Coverage coverage = Coverage.EMPTY;
    boolean all = commit > 8;
    boolean left = false;
    for (int i = 0; i < next.length; i++) {
      int rest = partitions.get(i).size() - (int) next[i];
      int count = all ? rest : random.nextInt(rest + 1);
      left |= count < rest;
      if (count > 0) {
        chunks.add(rows(schema, lanes.get(i), next[i], next[i] + count, partitions.get(i)));
        coverage = coverage.plus(Coverage.of(lanes.get(i), next[i], next[i] + count));
        next[i] += count;
      }
    }
    stream.master().append(new ArchiveBatch("c" + commit, coverage, chunks, Map.of(), Map.of(), 1));
    return left;
  }

  private static Rows rows(Schema schema, Lane lane, long from, long to, List<Object[]> events) {
    List<Vector> vectors =
        schema.columns().stream().map(column -> Vector.of(column.type(), 4)).toList();
    long[] positions = new long[(int) (to - from)];
    int size = 0;
    for (long position = from; position < to; position++) {
      Object[] row = events.get((int) position);
      if (row != null) {
        positions[size++] = position;
        for (int column = 0; column < row.length; column++) {
          vectors.get(column).append(row[column]);
        }
      }
    }
    return new Rows(schema, lane, new Range(from, to), positions, positions, vectors, size);
  }
}
