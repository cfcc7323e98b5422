// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LongVector;
import org.anabranch.view.Rows;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three million real rows: the facts of their README hold in the file and through the lake. */
final class FlightsTest {
  private static final int ROWS_PER_APPEND = 1_000_000;

  @TempDir Path directory;
  private long rows;
  private long delays;
  private long distances;
  private long late;

  @Test
  void theFactsHoldInTheFileAndThroughTheLake() throws IOException {
    Path file = SharedData.file("flights_3m/flights-3m.parquet");
    Coverage all = Coverage.EMPTY;
    try (Lake lake = Lake.open(directory, Clock.SYSTEM, LakeLimits.DEFAULT)) {
      MasterDataset master = importAll(file, lake);
      check();
      all = master.coverage();
      assertEquals(3_000_000, all.positions());
      long started = System.nanoTime();
      try (History.RowsReader reader = master.read(all, master.schema().names())) {
        for (Rows chunk = reader.next(); chunk != null; chunk = reader.next()) {
          count(chunk);
        }
      }
      System.out.println("Read rows/s: " + perSecond(started));
      check();
    }
  }

  private MasterDataset importAll(Path file, Lake lake) throws IOException {
    long started = System.nanoTime();
    long appending = 0;
    try (ParquetRows source = ParquetRows.open(file)) {
      assertEquals(3_000_000, source.rows());
      assertEquals(
          List.of(Type.MICRO_TIMESTAMP, Type.BIGINT, Type.BIGINT, Type.VARCHAR, Type.VARCHAR),
          List.of("date", "delay", "distance", "origin", "destination").stream()
              .map(name -> source.schema().column(source.schema().indexOf(name).getAsInt()).type())
              .toList());
      LakeStream stream = lake.stream(Fixtures.stream("flights", source.schema()));
      Lane lane = stream.lanes().register("flights", 0, 0, false);
      List<Rows> batch = new ArrayList<>();
      long size = 0;
      for (Rows chunk = source.next(); chunk != null; chunk = source.next()) {
        count(chunk);
        batch.add(moved(chunk, lane));
        size += chunk.size();
        if (size >= ROWS_PER_APPEND || rows == source.rows()) {
          long before = System.nanoTime();
          append(stream.master(), batch);
          appending += System.nanoTime() - before;
          batch.clear();
          size = 0;
        }
      }
      System.out.println("Append rows/s: " + rows * 1e9 / appending);
      System.out.println(
          "Import rows/s: " + rows * 1e9 / (System.nanoTime() - started - appending));
      try (Pin pin = stream.master().pin()) {
        long bytes = 0;
        for (Path path : pin.files()) {
          bytes += java.nio.file.Files.size(path);
        }
        System.out.println("Bytes in the lake: " + bytes);
      }
      return stream.master();
    }
  }

  private void append(MasterDataset master, List<Rows> rows) throws IOException {
    Coverage coverage = Coverage.EMPTY;
    for (Rows chunk : rows) {
      coverage = coverage.plus(chunk.coverage());
    }
    String id = "c" + rows.get(0).position(0);
    master.append(new ArchiveBatch(id, coverage, rows, Map.of(), Map.of(), 1));
  }

  private static Rows moved(Rows rows, Lane lane) {
    long[] positions = new long[rows.size()];
    for (int row = 0; row < positions.length; row++) {
      positions[row] = rows.position(row);
    }
    return new Rows(
        rows.schema(), lane, rows.range(), positions, positions, rows.columns(), rows.size());
  }

  private void count(Rows chunk) {
    long[] delay = ((LongVector) chunk.column(chunk.schema().indexOf("delay").getAsInt())).values();
    long[] distance =
        ((LongVector) chunk.column(chunk.schema().indexOf("distance").getAsInt())).values();
    rows += chunk.size();
    for (int row = 0; row < chunk.size(); row++) {
      delays += delay[row];
      distances += distance[row];
      late += delay[row] >= 15 ? 1 : 0;
    }
  }

  private void check() {
    assertEquals(
        List.of(3_000_000L, 20_003_603L, 2_194_861_208L, 626_590L),
        List.of(rows, delays, distances, late));
    rows = 0;
    delays = 0;
    distances = 0;
    late = 0;
  }

  private double perSecond(long started) {
    return rows * 1e9 / (System.nanoTime() - started);
  }
}
