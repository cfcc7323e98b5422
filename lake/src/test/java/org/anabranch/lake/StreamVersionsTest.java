// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StaleException;
import org.anabranch.view.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamVersionsTest {
  private static final Schema OLD =
      Schema.of(
          Column.required("a", Type.INTEGER),
          Column.nullable("b", Type.decimal(5, 2)),
          Column.nullable("c", Type.decimal(12, 2)),
          Column.nullable("d", Type.VARCHAR));
  private static final Schema NEW =
      Schema.of(
          Column.nullable("a", Type.BIGINT),
          Column.nullable("B", Type.decimal(18, 2)),
          Column.nullable("c", Type.decimal(30, 2)),
          Column.nullable("d", Type.VARCHAR),
          Column.nullable("e", Type.INSTANT));

  @TempDir Path directory;
  private final Random random = new Random(5);
  private Lake lake;
  private LakeStream stream;
  private Lane lane;

  @BeforeEach
  void open() throws IOException {
    lake = Lake.open(directory, new ManualClock(1), LakeLimits.DEFAULT);
    stream = lake.stream(Fixtures.stream("s", OLD));
    lane = stream.lanes().register("t", 0, 0, false);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private Rows append(String id, Schema schema, long from, long to, int version)
      throws IOException {
    Rows rows = Fixtures.rows(schema, lane, from, to, random);
    stream
        .master()
        .append(new ArchiveBatch(id, rows.coverage(), List.of(rows), Map.of(), Map.of(), version));
    return rows;
  }

  @Test
  void olderRowsReadWidenedAndNullInNewColumns() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      Fixtures.texts(append("a" + i, OLD, 20L * i, 20L * i + 20, 1), NEW.names(), expected);
    }
    StreamVersion second = stream.versions().add(1, Fixtures.stream("s", NEW), Map.of(lane, 200L));
    assertEquals(2, second.number());
    Fixtures.texts(append("b", NEW, 200, 240, 2), NEW.names(), expected);
    close();
    open();
    assertEquals(
        List.of(1, 2), stream.versions().all().stream().map(StreamVersion::number).toList());
    assertEquals(Fixtures.stream("s", NEW).sql(), stream.versions().latest().sql());
    assertEquals(Map.of(lane, 200L), stream.versions().latest().starts());
    Coverage all = Coverage.of(lane, 0, 240);
    assertEquals(expected, Fixtures.read(stream.master(), all, NEW.names()));
    assertTrue(stream.maintenance(List::of).step() >= 8);
    assertEquals(expected, Fixtures.read(stream.master(), all, NEW.names()));
  }

  @Test
  void millisecondsBecomeMicrosecondsWithoutAFileBeingTouchedAndNotBack() throws Exception {
    Schema millis = Schema.of(Column.nullable("t", Type.TIMESTAMP));
    Schema micros =
        Schema.of(
            Column.nullable("t", Type.MICRO_TIMESTAMP), Column.nullable("z", Type.MICRO_INSTANT));
    LakeStream times = lake.stream(Fixtures.stream("times", millis));
    Lane of = times.lanes().register("times", 0, 0, false);
    Rows old = Fixtures.rows(millis, of, 0, 20, random);
    times
        .master()
        .append(new ArchiveBatch("a", old.coverage(), List.of(old), Map.of(), Map.of(), 1));
    assertEquals(millis, times.master().schema());
    times.versions().add(1, Fixtures.stream("times", micros), Map.of(of, 20L));
    Rows fresh = Fixtures.rows(micros, of, 20, 40, random);
    times
        .master()
        .append(new ArchiveBatch("b", fresh.coverage(), List.of(fresh), Map.of(), Map.of(), 2));
    Map<String, String> expected = new TreeMap<>();
    Fixtures.texts(old.conform(micros), micros.names(), expected);
    Fixtures.texts(fresh, micros.names(), expected);
    close();
    open();
    times = lake.stream(Fixtures.stream("times", micros));
    assertEquals(micros, times.master().schema());
    Coverage all = Coverage.of(of, 0, 40);
    assertEquals(expected, Fixtures.read(times.master(), all, micros.names()));
    LakeStream last = times;
    assertThrows(
        LakeException.class,
        () -> last.versions().add(2, Fixtures.stream("times", millis), Map.of(of, 40L)));
  }

  @Test
  void aVersionIsCommittedBeforeItIsUsed() throws IOException {
    append("a", OLD, 0, 20, 1);
    assertThrows(
        StaleException.class,
        () -> stream.versions().add(1, Fixtures.stream("s", NEW), Map.of(lane, 19L)));
    assertThrows(
        StaleException.class, () -> stream.versions().add(1, Fixtures.stream("s", NEW), Map.of()));
    stream.versions().add(1, Fixtures.stream("s", NEW), Map.of(lane, 30L));
    assertThrows(
        StaleException.class,
        () -> stream.versions().add(1, Fixtures.stream("s", NEW), Map.of(lane, 30L)));
    append("b", OLD, 20, 30, 1);
    assertThrows(StaleException.class, () -> append("c", OLD, 30, 31, 1));
    append("d", NEW, 30, 31, 2);
    assertEquals(Coverage.of(lane, 0, 31), stream.master().coverage());
  }

  @Test
  void whatEarlierRowsCannotFitIsRefusedAllAtOnce() {
    Schema wrong =
        Schema.of(
            Column.required("a", Type.VARCHAR),
            Column.required("b", Type.decimal(5, 2)),
            Column.nullable("c", Type.decimal(12, 3)),
            Column.required("z", Type.DATE));
    assertEquals(
        "Cannot change the columns of a stream this way: column 'a' of type INTEGER cannot become"
            + " VARCHAR; column 'b' becomes NOT NULL, and earlier rows may be null; column 'c' of"
            + " type DECIMAL(12, 2) cannot become DECIMAL(12, 3); column 'd' is gone, and earlier"
            + " rows have it; new column 'z' is NOT NULL, and earlier rows have none",
        assertThrows(
                LakeException.class,
                () -> stream.versions().add(1, Fixtures.stream("s", wrong), Map.of(lane, 0L)))
            .getMessage());
    assertEquals(1, stream.versions().latest().number());
  }
}
