// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.TimeFunctions;
import org.anabranch.view.reference.ReferenceEngine;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.ShownGroup;
import org.junit.jupiter.api.Test;

/** Rows at 0001-01-01 and 9999-12-31, the usual sentinels, are in their windows in both engines. */
class CalendarEndsTest {
  private static final long MINUTE = 60_000;
  private static final long FIRST = TimeFunctions.MIN_MILLIS;
  private static final long LAST = TimeFunctions.MAX_MILLIS;
  private static final Schema SCHEMA = Schema.of(Column.nullable("t", Type.TIMESTAMP));
  private static final Expression TIME = new ColumnReference(0, "t", Type.TIMESTAMP);
  private static final Expression START = new ColumnReference(1, "window_start", Type.TIMESTAMP);
  private static final Expression END = new ColumnReference(2, "window_end", Type.TIMESTAMP);

  private static Fold fold(Window window, List<Expression> keys) {
    Aggregate count =
        new Aggregate(AggregateFunction.COUNT_ROWS, List.of(), 0, Optional.empty(), Type.BIGINT);
    Aggregate last =
        new Aggregate(AggregateFunction.MAX, List.of(END), 0, Optional.empty(), Type.TIMESTAMP);
    return new Fold("s", SCHEMA, Optional.of(window), Optional.empty(), keys, List.of(count, last));
  }

  private static List<ShownGroup> shown(Fold fold) throws Exception {
    MemoryHistory history = new MemoryHistory(SCHEMA, new Random(1), 2);
    for (long time : new long[] {FIRST, FIRST + 14 * MINUTE, LAST, 0}) {
      history.append(new Lane("t", 0, 0), new Object[] {time});
    }
    List<View.Output> outputs = new ArrayList<>();
    for (int i = 0; i < fold.keys().size(); i++) {
      outputs.add(new View.Output("key" + i, new ColumnReference(i, "key", Type.TIMESTAMP)));
    }
    int keys = fold.keys().size();
    outputs.add(new View.Output("n", new ColumnReference(keys, "n", Type.BIGINT)));
    outputs.add(new View.Output("last", new ColumnReference(keys + 1, "last", Type.TIMESTAMP)));
    View view = new View("v", fold, outputs, Optional.empty(), "");
    List<String> digests = new ArrayList<>();
    List<ShownGroup> shown = List.of();
    for (Engine engine : List.of(new ReferenceEngine(), new ColumnarEngine())) {
      Segment segment = engine.fold(fold, history, history.coverage());
      assertEquals(0, segment.tally().rejected());
      digests.add(segment.digest());
      shown = new Presenter(view).all(segment.scan(null, null));
    }
    assertEquals(digests.get(0), digests.get(1), "both engines");
    return shown;
  }

  @Test
  void aWeekThatEndsBehindTheCalendarIsAGroupLikeAnyOther() throws Exception {
    long week = 7 * TimeFunctions.MILLIS_PER_DAY;
    Window weeks = new Window(TIME, week, week, 0);
    List<ShownGroup> shown = shown(fold(weeks, List.of(START)));
    assertEquals(List.of(2L, 1L, 1L), counts(shown, 1));
    assertEquals(weeks.lastStart(LAST), shown.get(2).values()[0]);
    assertEquals(List.of(), shown.get(1).problems());
    assertEquals(
        List.of("last"), shown.get(2).problems().stream().map(one -> one.column()).toList());
  }

  @Test
  void windowsThatStartBeforeTheCalendarCountAndSayWhatTheyCannotShow() throws Exception {
    Window hops = new Window(TIME, 15 * MINUTE, 5 * MINUTE, 0);
    List<ShownGroup> shown = shown(fold(hops, List.of(START, END)));
    assertEquals(List.of(1L, 1L, 2L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L), counts(shown, 2));
    ShownGroup before = shown.get(0);
    assertEquals(null, before.values()[0]);
    assertEquals(FIRST - 10 * MINUTE, before.problem(0).orElseThrow().known());
    assertEquals(FIRST + 5 * MINUTE, before.values()[1], "its end can be shown");
    assertEquals(FIRST, shown.get(2).values()[0]);
    ShownGroup behind = shown.get(shown.size() - 1);
    assertEquals(LAST + 1 - 5 * MINUTE, behind.values()[0]);
    assertEquals(LAST + 1 + 10 * MINUTE, behind.problem(1).orElseThrow().known());
  }

  private static List<Object> counts(List<ShownGroup> shown, int column) {
    return shown.stream().map(group -> group.values()[column]).toList();
  }
}
