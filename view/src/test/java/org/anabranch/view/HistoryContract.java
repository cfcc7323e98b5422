// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.anabranch.view.expression.RandomExpressions;
import org.anabranch.view.expression.RandomValues;
import org.junit.jupiter.api.Test;

/**
 * What every history does. An implementation's test extends this class and stores what it is given.
 */
public abstract class HistoryContract {
  /**
   * A history that holds exactly the given events.
   *
   * @param schema the columns
   * @param partitions of every partition its events in order, the first at position 0; null stands
   *     for a position without an accepted row. The lane's topic id and incarnation are the
   *     implementation's own choice
   */
  protected abstract History history(Schema schema, List<List<Object[]>> partitions)
      throws Exception;

  /** Another value in place of one that the implementation's format cannot carry. */
  protected Object carried(Type type, Object value) {
    return value;
  }

  /** How many random histories are tried; fewer where storing is slow. */
  protected int trials() {
    return 20;
  }

  /** How many events a partition has at most. */
  protected int longest() {
    return 60;
  }

  private static final Schema SCHEMA = RandomExpressions.everyType();

  private List<List<Object[]>> partitions(Random random, int longest) {
    RandomValues values = new RandomValues(random);
    List<List<Object[]>> partitions = new ArrayList<>();
    for (int partition = 1 + random.nextInt(3); partition > 0; partition--) {
      List<Object[]> events = new ArrayList<>();
      for (int i = 1 + random.nextInt(longest); i > 0; i--) {
        events.add(random.nextInt(5) == 0 ? null : row(values));
      }
      // The last is accepted, so that the end of the history is seen by any implementation.
      events.add(row(values));
      partitions.add(events);
    }
    return partitions;
  }

  private Object[] row(RandomValues values) {
    Object[] row = values.row(SCHEMA);
    for (int column = 0; column < row.length; column++) {
      row[column] = carried(SCHEMA.column(column).type(), row[column]);
    }
    return row;
  }

  private static Coverage some(Random random, Coverage whole) {
    return RandomCoverages.pieces(random, whole, 3).get(0);
  }

  private static List<String> someColumns(Random random) {
    List<String> names = new ArrayList<>(SCHEMA.names());
    Collections.shuffle(names, random);
    return names.subList(0, random.nextInt(names.size() + 1));
  }

  private static List<Object> values(Object[] row, List<String> columns) {
    return columns.stream().map(name -> stored(row[SCHEMA.indexOf(name).orElseThrow()])).toList();
  }

  private static Object stored(Object value) {
    return value instanceof Double number
        ? String.valueOf(DoubleVector.canonical(number))
        : String.valueOf(value);
  }

  /** Reads everything, checking the shape of every chunk. */
  private static Map<Lane, Map<Long, List<Object>>> read(
      History history, Coverage wanted, List<String> columns) throws Exception {
    Map<Lane, Map<Long, List<Object>>> read = new TreeMap<>();
    Coverage covered = Coverage.EMPTY;
    try (History.RowsReader reader = history.read(wanted, columns)) {
      for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
        covered = covered.plus(rows.coverage());
        assertEquals(columns, rows.schema().names());
        for (int row = 0; row < rows.size(); row++) {
          Object[] values = new Object[columns.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = stored(rows.column(i).get(row));
          }
          Object before =
              read.computeIfAbsent(rows.lane(), ignored -> new TreeMap<>())
                  .put(rows.position(row), Arrays.asList(values));
          assertNull(before, "two rows at " + rows.lane() + " " + rows.position(row));
        }
      }
      assertNull(reader.next());
    }
    assertEquals(wanted, covered);
    return read;
  }

  private static Map<Lane, Map<Long, List<Object>>> expected(
      History history, List<List<Object[]>> partitions, Coverage wanted, List<String> columns) {
    Map<Lane, Map<Long, List<Object>>> expected = new TreeMap<>();
    for (Lane lane : history.coverage().ranges().keySet()) {
      List<Object[]> events = partitions.get(lane.partition());
      for (int position = 0; position < events.size(); position++) {
        if (events.get(position) != null && wanted.contains(lane, position)) {
          expected
              .computeIfAbsent(lane, ignored -> new TreeMap<>())
              .put((long) position, values(events.get(position), columns));
        }
      }
    }
    return expected;
  }

  @Test
  void itGivesExactlyTheRowsOfTheWantedCoverageWithTheNamedColumns() {
    Trials.run(
        trials(),
        random -> {
          List<List<Object[]>> partitions = partitions(random, longest());
          History history = history(SCHEMA, partitions);
          Coverage whole = history.coverage();
          assertEquals(partitions.size(), whole.ranges().size());
          for (Lane lane : whole.ranges().keySet()) {
            assertEquals(
                List.of(new Range(0, partitions.get(lane.partition()).size())), whole.ranges(lane));
          }
          assertEquals(
              expected(history, partitions, whole, SCHEMA.names()),
              read(history, whole, SCHEMA.names()));
          for (int i = 0; i < 5; i++) {
            Coverage wanted = some(random, whole);
            List<String> columns = someColumns(random);
            assertEquals(
                expected(history, partitions, wanted, columns), read(history, wanted, columns));
          }
        });
  }

  @Test
  void nothingWantedIsNothingRead() {
    Trials.run(
        1,
        random -> {
          History history = history(SCHEMA, partitions(random, 3));
          try (History.RowsReader reader = history.read(Coverage.EMPTY, SCHEMA.names())) {
            assertNull(reader.next());
          }
        });
  }

  @Test
  void whatIsNotThereIsAGapAndNeverLessRows() {
    Trials.run(
        2,
        random -> {
          History history = history(SCHEMA, partitions(random, 10));
          Coverage whole = history.coverage();
          Lane lane = whole.ranges().firstKey();
          Coverage beyond = Coverage.of(lane, whole.end(lane), whole.end(lane) + 3);
          Lane absent = new Lane("absent", lane.incarnation(), 99);
          Coverage missing = beyond.plus(Coverage.of(absent, 5, 6));
          GapException gap =
              assertThrows(
                  GapException.class,
                  () -> history.read(whole.plus(missing), SCHEMA.names()).close());
          assertEquals(missing, gap.missing());
          assertTrue(gap.getMessage().contains("absent"), gap.getMessage());
        });
  }

  @Test
  void twoReadersDoNotDisturbEachOtherAndOneMayStopEarly() {
    Trials.run(
        2,
        random -> {
          List<List<Object[]>> partitions = partitions(random, longest());
          History history = history(SCHEMA, partitions);
          try (History.RowsReader first = history.read(history.coverage(), SCHEMA.names())) {
            assertTrue(first.next() != null);
            assertEquals(
                expected(history, partitions, history.coverage(), SCHEMA.names()),
                read(history, history.coverage(), SCHEMA.names()));
          }
        });
  }
}
